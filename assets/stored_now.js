// Fills every `.stored-now` with what storage holds under its prefix: see components/stored_now.py.
(() => {
  const EVERY = 300; // ms; a page hears of what other tabs write to storage, not of what it writes itself
  const PROBE = "x".repeat(65536); // as much as Dash asks for before it trusts a storage
  let probed = {};

  const element = (tag, text, className = "") => Object.assign(document.createElement(tag), { textContent: text, className });

  function entries(storage, prefix) {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
    return keys.filter((key) => key.startsWith(prefix)).sort().map((key) => [key, storage.getItem(key)]);
  }

  function takesMore(name) {
    try {
      window[name].setItem("stored-now-probe", PROBE);
      window[name].removeItem("stored-now-probe");
      return true;
    } catch {
      return false;
    }
  }

  function warning(name) {
    if (document.documentElement.dataset.storage === "blocked")
      return "Your browser blocks storage. All works, but nothing you enter outlasts this page: allow storage for this site to keep it.";
    probed[name] ??= takesMore(name);
    return probed[name] ? "" : "Your browser's storage for this site is full. All works, but what you enter now is lost on a reload.";
  }

  function draw(panel) {
    const { storage: name, prefix } = panel.dataset;
    const stored = entries(window[name], prefix);
    const warn = warning(name);
    const shown = JSON.stringify([stored, warn]);
    if (panel.dataset.shown === shown) return;
    panel.dataset.shown = shown;
    const lines = stored.flatMap(([key, value]) => [element("dt", key), element("dd", value)]);
    const list = element("dl", "");
    list.append(...lines);
    panel.replaceChildren(
      ...(warn ? [element("p", warn, "storage-warning")] : []),
      stored.length ? list : element("p", "Nothing is stored.", "text-body-secondary"),
    );
  }

  for (const type of ["change", "storage"]) window.addEventListener(type, () => (probed = {}), true);
  setInterval(() => document.querySelectorAll(".stored-now[data-storage]").forEach(draw), EVERY);
})();
