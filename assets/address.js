// Keeps a page's controls in its address: see components/url_state.py. What an address says is checked on the server.
(() => {
  const LONGEST = 2000; // characters of a whole address: past that, some servers and mail programs cut or refuse it
  const element = (type, props) => ({ namespace: "dash_html_components", type, props });

  // A query too long for an address is kept beside it, in this tab's history, which lasts over a reload.
  const query = () => history.state?.query ?? location.search;
  const place = () => location.pathname + query();
  let shown = ""; // the query that says what the controls say
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

  function notice(problems) {
    if (length(shown) > LONGEST)
      return `What you chose needs an address of ${length(shown).toLocaleString()} characters; a link can hold ${LONGEST.toLocaleString()}. It all stays here, after a reload as well, but no link can say it.`;
    if (!problems.length) return [];
    const more = problems.length > 5 ? [`And ${problems.length - 5} more.`] : [];
    return ["Parts of this address were ignored:", element("Ul", { children: [...problems.slice(0, 5), ...more].map((line) => element("Li", { children: line })) })];
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.address = {
    // Called when a control changes, and when the server has read an address: then there is nothing to write.
    write(read, ...rest) {
      const declared = rest.pop();
      const next = format(declared, rest);
      const { triggered } = window.dash_clientside.callback_context;
      const wasRead = !triggered.length || triggered.some(({ prop_id }) => prop_id.endsWith("-read.data"));
      if (wasRead) shown = next;
      else if (next !== shown) push(next);
      if (!triggered.length && history.state?.query) ask();
      return [location.pathname + location.search, notice(wasRead ? read.problems : []), length(shown) > LONGEST];
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
