// Tells whether the browser takes our cookie. In a frame of another site it may refuse every one.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.visitor_data = {
  cookies() {
    document.cookie = "visitor-data-probe=1; SameSite=Lax; path=/";
    const taken = document.cookie.includes("visitor-data-probe=1");
    document.cookie = "visitor-data-probe=; max-age=0; path=/";
    if (taken) return "";
    return "Your browser refuses our cookie, as it does in a frame of another site: what you save here is lost to you at once. Open this page in a tab of its own.";
  },
};
