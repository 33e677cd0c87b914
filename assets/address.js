// Keeps a page's controls in its address: see components/url_state.py. What an address says is checked on the server.
(() => {
  const LONGEST = 2000; // characters of a whole address: past that, some servers and mail programs cut or refuse it
  const element = (type, props) => ({ namespace: "dash_html_components", type, props });

  // A query too long for an address is kept beside it, in this tab's history, which lasts over a reload.
  const query = () => history.state?.query ?? location.search;
  const place = () => location.pathname + query();
  let shown = ""; // the query that says what the controls say
  let written = []; // the controls' values when that was so
  let ignored = []; // what the server could not use of the address
  let here = place();

  function format(declared, values) {
    const query = new URLSearchParams();
    Object.entries(declared).forEach(([key, parameter], index) => {
      const texts = [].concat(values[index] ?? []).map(String);
      if (JSON.stringify(texts) === JSON.stringify(parameter.default)) return;
      for (const text of parameter.many && !texts.length ? [""] : texts) query.append(key, text);
    });
    return query.size ? `?${query}` : "";
  }

  const length = (next) => (location.origin + location.pathname + next).length;

  function push(next) {
    try {
      if (length(next) <= LONGEST) history.pushState({}, "", location.pathname + next);
      else history.pushState({ query: next }, "", location.pathname);
      here = place();
      shown = next;
    } catch {
      // Browsers limit how often that may be done: the next change writes this one, too.
    }
  }

  function notice() {
    if (length(shown) > LONGEST)
      return `What you chose needs an address of ${length(shown).toLocaleString()} characters; a link can hold ${LONGEST.toLocaleString()}. It all stays here, after a reload as well, but no link can say it.`;
    if (!ignored.length) return [];
    const more = ignored.length > 5 ? [`And ${ignored.length - 5} more.`] : [];
    return ["Parts of this address were ignored:", element("Ul", { children: [...ignored.slice(0, 5), ...more].map((line) => element("Li", { children: line })) })];
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.address = {
    // Called when a control changes, whoever changed it: what was read needs no writing.
    write(...controls) {
      const drawn = controls.pop();
      const next = format(drawn.parameters, controls);
      if (!window.dash_clientside.callback_context.triggered.length) {
        shown = next;
        ignored = drawn.problems;
        if (history.state?.query) ask();
      } else if (next !== shown) {
        push(next);
        ignored = [];
      }
      written = controls;
      return [location.pathname + location.search, notice(), length(shown) > LONGEST];
    },
    // Called when the server has read an address. Until then Dash holds back `write`: what the visitor has changed
    // meanwhile is still in the controls alone. It came later, so it stays, and is written next.
    show(read, ...controls) {
      const { parameters } = controls.pop();
      const values = Object.keys(parameters).map((key) => read.values[key]);
      const changed = (index) => JSON.stringify(controls[index] ?? null) !== JSON.stringify(written[index] ?? null);
      shown = format(parameters, values);
      ignored = read.problems;
      return values.map((value, index) => (changed(index) ? controls[index] : value));
    },
    async copy(clicks) {
      const { triggered_id } = window.dash_clientside.callback_context;
      if (!clicks || !triggered_id?.endsWith("-copy")) return "";
      try {
        await navigator.clipboard.writeText(location.origin + location.pathname + location.search);
        return "Copied.";
      } catch {
        return "Your browser does not let this page copy: take it from the address bar.";
      }
    },
  };

  const bar = () => document.querySelector("[data-address]");
  const ask = () => window.dash_clientside.set_props(`${bar().dataset.address}-asked`, { data: query() });

  // Back, forward, and links to this page. Dash would draw the whole page again for them; asking for what the controls
  // are to show is enough. What leads to another page, or to a heading of this one, is left to Dash.
  function onAddress(event) {
    const [before, path] = [here, here.split("?")[0]];
    here = place();
    if (here === before || path !== location.pathname || !bar()) return;
    event.stopImmediatePropagation();
    ask();
  }
  for (const type of ["popstate", "_dashprivate_pushstate"]) window.addEventListener(type, onAddress, true);
})();
