// Measures what this browser takes, and fills its storage on request. Whatever is put there for that begins with one of
// two prefixes, and is removed: at once, when the visitor leaves, and, should the tab have died meanwhile, by the next
// page of the app that opens.
(() => {
  const PROBE = "limits-probe-";
  const FILLER = "limits-filler-";
  const LONGEST = 60_000; // ms for which storage may stay full
  const CHUNK = 2 ** 22; // characters
  const MOST = 2 ** 26; // characters: a storage that takes more is as good as without limit
  const STORAGES = ["localStorage", "sessionStorage"];
  let emptying;

  const isBlocked = () => document.documentElement.dataset.storage === "blocked"; // by assets/blocked_storage.js
  const number = (value) => value.toLocaleString("en");

  // Add `unit` again and again until nothing more fits; return how many characters, those of the keys included.
  function fill(storage, prefix, unit) {
    let added = 0;
    let keys = 0;
    for (let size = CHUNK / unit.length; size >= 1; size /= 2) {
      try {
        while (added < MOST) {
          const [key, value] = [prefix + keys, unit.repeat(size)];
          storage.setItem(key, value);
          [added, keys] = [added + key.length + value.length, keys + 1];
        }
      } catch {
        // That was too much: go on with half.
      }
    }
    return added;
  }

  function remove(storage, prefix) {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  }

  function room(storage, unit) {
    try {
      return fill(storage, PROBE, unit);
    } finally {
      remove(storage, PROBE);
    }
  }

  const used = (storage) => Object.entries(storage).reduce((sum, [key, value]) => sum + key.length + value.length, 0);

  function measureStorage(name) {
    if (isBlocked()) return "Your browser blocks it for this site.";
    const storage = window[name];
    const inUse = used(storage);
    const latin = inUse + room(storage, "x");
    const emoji = (inUse + room(storage, "😀")) / 2;
    return `${number(latin)} characters such as “x”, or ${number(Math.round(emoji))} such as “😀”; ${number(inUse)} are in use.`;
  }

  // Bisect between a size that is taken and one that is not.
  function largest(takes, small, large) {
    while (large - small > 1) {
      const middle = (small + large) >> 1;
      [small, large] = takes(middle) ? [middle, large] : [small, middle];
    }
    return small;
  }

  function measureCookie() {
    const name = `${PROBE}0`;
    const takes = (size) => {
      document.cookie = `${name}=${"x".repeat(size - name.length)}; path=/; SameSite=Lax`;
      const taken = document.cookie.split("; ").some((cookie) => cookie.startsWith(`${name}=`) && cookie.length === size + 1);
      removeCookie();
      return taken;
    };
    if (!takes(100)) return "Your browser blocks cookies for this site.";
    return `${number(largest(takes, 100, 100_000))} bytes in one cookie, its name included.`;
  }
  const removeCookie = () => (document.cookie = `${PROBE}0=; max-age=0; path=/`);

  // How long an address may be that a script of the page gives it: nothing is asked of the server.
  function measureAddress() {
    const { href } = location;
    const takes = (size) => {
      const longer = href.split("#")[0] + "#" + "x".repeat(size - href.split("#")[0].length - 1);
      try {
        history.replaceState(history.state, "", longer);
        return location.href.length === size;
      } catch {
        return false;
      } finally {
        history.replaceState(history.state, "", href);
      }
    };
    // Browsers count how often a script does this: try a few sizes only.
    const sizes = [2_000, 8_000, 64_000, 500_000, 2_000_000];
    const taken = sizes.filter(takes);
    return taken.length === sizes.length ? "At least 2,000,000 characters." : `At least ${number(taken.at(-1) ?? 0)} characters.`;
  }

  // How long a link may be that the server, and whatever stands before it, accepts.
  async function measureLink() {
    for (const size of [2_000, 4_000, 8_000, 16_000, 32_000, 64_000]) {
      const path = "/healthz?";
      const { ok, status } = await fetch(path + "x".repeat(size - path.length), { method: "HEAD" });
      if (!ok) return `This server refuses one of ${number(size)} characters with status ${status}, and takes ${number(size / 2)}.`;
    }
    return "This server takes 64,000 characters.";
  }

  async function measureOrigin() {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    return quota ? `About ${number(Math.round(quota / 1e6))} MB, of which ${number(Math.round(usage / 1e3))} kB are in use.` : "Your browser does not tell.";
  }

  function empty() {
    clearTimeout(emptying);
    for (const name of STORAGES) for (const prefix of [PROBE, FILLER]) remove(window[name], prefix);
  }

  // On any page: what a tab left behind that died while it measured.
  empty();
  for (const type of ["pagehide", "popstate", "_dashprivate_pushstate"]) window.addEventListener(type, empty);

  // How many notes a key holds: a plain store's as they are, a guarded one's beside their time.
  function notesIn(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return Number((kept?.data ?? kept)?.notes) || 0;
    } catch {
      return 0;
    }
  }

  // A page is not told of what it writes to storage itself: look.
  setInterval(() => {
    for (const shown of document.querySelectorAll("[data-limits-key]")) shown.textContent = notesIn(shown.dataset.limitsKey);
  }, 300);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.limits = {
    async measure() {
      const measures = [...STORAGES.map((name) => () => measureStorage(name)), measureCookie, measureAddress, measureLink, measureOrigin];
      const measured = [];
      for (const measure of measures) {
        await new Promise((resolve) => setTimeout(resolve, 20)); // let the page answer the visitor in between
        measured.push(await measure());
      }
      return measured;
    },
    fill() {
      empty();
      if (window.dash_clientside.callback_context.triggered_id !== "limits-fill") return "There is room again.";
      if (isBlocked()) return "Your browser blocks storage for this site: there is nothing to fill.";
      const added = fill(localStorage, FILLER, "x");
      emptying = setTimeout(() => {
        empty();
        window.dash_clientside.set_props("limits-filled", { children: "There is room again: a minute is over." });
      }, LONGEST);
      return `Local storage is full: ${number(added)} characters were added. They are removed when you leave, and after a minute.`;
    },
    add: (_clicks, stored) => {
      const notes = (Number(stored?.notes) || 0) + 1;
      return { notes, text: "x".repeat(1000 * notes) };
    },
    notes: (stored) => Number(stored?.notes) || 0,
    clear: (clicks) => Boolean(clicks),
  };
})();
