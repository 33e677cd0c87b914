// Where a browser refuses storage, the very mention of it is an error, and Dash's stores and persisted controls break.
// Give them one that lasts as long as the page: everything works, and nothing is kept.
(() => {
  class PageStorage {
    #items = new Map();
    get length() {
      return this.#items.size;
    }
    key(index) {
      return [...this.#items.keys()][index] ?? null;
    }
    getItem(key) {
      return this.#items.get(String(key)) ?? null;
    }
    setItem(key, value) {
      this.#items.set(String(key), String(value));
    }
    removeItem(key) {
      this.#items.delete(String(key));
    }
    clear() {
      this.#items.clear();
    }
  }

  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("");
    } catch {
      Object.defineProperty(window, name, { value: new PageStorage() });
      document.documentElement.dataset.storage = "blocked"; // told by assets/stored_now.js
    }
  }

  // A damaged persisted value stops Dash before it has drawn anything. It cannot be read, so nothing is lost with it.
  for (const storage of [localStorage, sessionStorage])
    for (const key of Object.keys(storage).filter((name) => name.startsWith("_dash_persistence."))) {
      let kept;
      try {
        kept = JSON.parse(storage.getItem(key));
      } catch {
        kept = undefined;
      }
      if (!Array.isArray(kept)) storage.removeItem(key);
    }
})();
