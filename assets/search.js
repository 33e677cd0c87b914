// Search over titles, summaries and headings. The index is fetched when the search is first opened.
(() => {
  let index;
  const load = () => (index ??= fetch("/search.json").then((answer) => answer.json()));
  const dialog = () => document.getElementById("shell-search");
  const input = () => document.getElementById("shell-search-input");

  function open() {
    load();
    dialog().showModal();
    input().focus();
    input().select();
  }

  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !isTyping(event.target);
    const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (slash || ctrlK) {
      event.preventDefault();
      if (!dialog().open) open();
    } else if (dialog()?.open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === input()) {
      dialog().querySelector("a")?.click();
    }
  });

  function move(step) {
    const stops = [input(), ...dialog().querySelectorAll("a")];
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#shell-search-button")) open();
    else if (event.target === dialog() || event.target.closest("#shell-search a")) dialog().close();
  });

  // Every word must occur; a page whose title has the words comes first.
  function find(entries, words) {
    const has = (text) => words.every((word) => text.toLowerCase().includes(word));
    const rank = (entry) => (has(entry.title) ? 0 : has(entry.title + " " + entry.page) ? 1 : 2);
    return entries
      .filter((entry) => has([entry.title, entry.page, entry.text].join(" ")))
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, 8);
  }

  const element = (type, props, namespace = "dash_html_components") => ({ namespace, type, props });

  function result(entry) {
    const lines = [
      element("Strong", { children: entry.title }),
      element("Span", { children: entry.text || entry.page }),
    ];
    return element("Li", { children: element("Link", { href: entry.href, children: lines }, "dash_core_components") });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.search = {
    async find(typed) {
      const words = (typed ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      if (!words.length) return [];
      const found = find(await load(), words);
      return found.length ? found.map(result) : element("Li", { children: `Nothing has “${typed.trim()}” in it.` });
    },
  };
})();
