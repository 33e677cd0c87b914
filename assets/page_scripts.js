// Loads a page's own scripts while its layout is on the way, and lets the layout wait for them.
(() => {
  const FAILED = "A script of this page could not be loaded. Reload the page to try again.";
  const loading = {};

  function load(source) {
    loading[source] ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = source;
      script.async = false; // in the order of the list
      script.onload = resolve;
      script.onerror = () => {
        delete loading[source];
        window.dash_clientside.set_props("shell-notice", { children: FAILED, is_open: true });
        resolve();
      };
      document.head.append(script);
    });
    return loading[source];
  }

  // Dash may ask for the first page before it has drawn what surrounds it.
  async function scriptList() {
    let list;
    while (!(list = document.getElementById("shell-page-scripts"))) await new Promise((resolve) => setTimeout(resolve, 5));
    return JSON.parse(list.dataset.scripts);
  }

  async function loadFor(body) {
    const path = JSON.parse(body).inputs.find(({ property }) => property === "pathname")?.value ?? "";
    const scripts = await scriptList();
    // A page with a variable in its path is named by the first part of it.
    const own = scripts[path] ?? scripts[path.split("/", 2).join("/")] ?? [];
    await Promise.all(own.map(load));
  }

  const browserFetch = window.fetch;
  window.fetch = async function (_resource, options) {
    const answer = browserFetch.apply(this, arguments);
    if (typeof options?.body === "string" && options.body.includes('"_pages_content"')) await loadFor(options.body);
    return answer;
  };
})();
