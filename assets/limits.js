// Fills storage on request, and keeps what a measurement adds from staying. Whatever is put there begins with one of two
// prefixes, and is removed: at once, when the visitor leaves, and, should the tab have died meanwhile, by the next page of
// the app that opens (assets/measured_leftovers.js). The measurement itself is in assets/limits_measure.mjs.
(() => {
  const PROBE = "limits-probe-";
  const FILLER = "limits-filler-";
  const LONGEST = 60_000; // ms for which storage may stay full
  let emptying;

  const isBlocked = () => document.documentElement.dataset.storage === "blocked"; // by assets/blocked_storage.js

  function remove(storage, prefix) {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  }

  function empty() {
    clearTimeout(emptying);
    for (const storage of [localStorage, sessionStorage]) for (const prefix of [PROBE, FILLER]) remove(storage, prefix);
  }

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
      const { measureAll } = await import("/assets/limits_measure.mjs");
      return measureAll(PROBE, isBlocked());
    },
    async fill() {
      empty();
      if (window.dash_clientside.callback_context.triggered_id !== "limits-fill") return "There is room again.";
      if (isBlocked()) return "Your browser blocks storage for this site: there is nothing to fill.";
      const { fill } = await import("/assets/limits_measure.mjs");
      const added = fill(localStorage, FILLER, "x");
      emptying = setTimeout(() => {
        empty();
        window.dash_clientside.set_props("limits-filled", { children: "There is room again: a minute is over." });
      }, LONGEST);
      return `Local storage is full: ${added.toLocaleString("en")} characters were added. They are removed when you leave, and after a minute.`;
    },
    add: (_clicks, stored) => {
      const notes = (Number(stored?.notes) || 0) + 1;
      return { notes, text: "x".repeat(1000 * notes) };
    },
    notes: (stored) => Number(stored?.notes) || 0,
    clear: (clicks) => Boolean(clicks),
  };
})();
