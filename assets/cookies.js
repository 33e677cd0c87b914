// What a script can do with cookies: read and change those that are not HttpOnly, and find out how large one may be.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.cookies = {
  show() {
    const readable = document.cookie.split("; ").filter(Boolean);
    return `A script of this page reads: ${readable.join("; ") || "nothing"}`;
  },
  // The session cookie is HttpOnly, so the browser ignores a script that writes one of the same name.
  tamper(forgeries) {
    document.cookie = "cookies-plain=1000; path=/; SameSite=Lax";
    document.cookie = "session=forged; path=/; SameSite=Lax";
    return forgeries;
  },
  fill() {
    const takes = (size) => {
      document.cookie = `f=${"x".repeat(size - 1)}; path=/; SameSite=Lax`;
      const taken = document.cookie.split("; ").some((cookie) => cookie.startsWith("f=") && cookie.length === size + 1);
      document.cookie = "f=; max-age=0; path=/";
      return taken;
    };
    let [small, large] = [1, 100_000];
    while (large - small > 1) {
      const middle = (small + large) >> 1;
      [small, large] = takes(middle) ? [middle, large] : [small, middle];
    }
    return `Your browser takes ${small} bytes in one cookie, name and value together, and drops a larger one without a word.`;
  },
};
