// The home page: the chooser's rules, and the matrix's filter and order.
(() => {
  const SCOPES = { tab: ["this view", "this tab"], browser: ["this browser"], visitor: ["this visitor"], everyone: ["everyone"] };
  const EVENTS = { view: [], reload: ["page change", "reload"], closed: ["page change", "reload", "new tab"] };
  const BYTES = { small: 100e3, medium: 2e6, large: 50e6 };
  const KEYS = ["who", "last", "size", "trust"];

  const element = (type, props, namespace = "dash_html_components") => ({ namespace, type, props });
  const link = (place) => element("Link", { href: place.href, children: place.name }, "dash_core_components");

  // The first place, in reading order, that does all that is asked and least beyond it.
  function recommend(answers, places) {
    const fits = (place) =>
      SCOPES[answers.who].includes(place.scope) &&
      EVENTS[answers.last].every((event) => place.survives.includes(event)) &&
      (place.capacity === null || place.capacity >= BYTES[answers.size]) &&
      (answers.trust === "yes" || place.secret);
    return places.filter(fits).sort((a, b) => a.survives.length - b.survives.length)[0];
  }

  function reasons(place) {
    const survives = place.survives.length ? place.survives.join(", ") : "nothing";
    return [
      `It is kept in ${place.lives_in}, for ${place.scope}.`,
      `It survives: ${survives}.`,
      `Its limit: ${place.limit}.`,
      `It can be read by ${place.readable_by}.`,
    ].map((line) => element("Li", { children: line }));
  }

  // What one other answer would change: only those that lead somewhere else.
  function alternatives(answers, places, options) {
    const here = recommend(answers, places);
    return KEYS.flatMap((key) =>
      Object.entries(options[key]).flatMap(([value, label]) => {
        const there = recommend({ ...answers, [key]: value }, places);
        if (value === answers[key] || !there || there.name === here?.name) return [];
        return element("Li", { children: [`${label}: `, link(there)] });
      }),
    );
  }

  function answer(answers, places, options) {
    const place = recommend(answers, places);
    const others = alternatives(answers, places, options);
    const impossible = answers.who === "tab" && answers.last === "closed";
    const advice = place
      ? [
          element("P", { className: "answer-name", children: ["Use a ", link(place), ` (${place.page})`] }),
          element("Ul", { children: reasons(place) }),
        ]
      : element("P", {
          className: "answer-name",
          children: impossible ? "What belongs to one tab ends with it." : "No page here does all of that at once.",
        });
    const otherwise = [element("H3", { children: "With one other answer" }), element("Ul", { children: others })];
    return [element("Div", { children: advice }), ...(others.length ? [element("Div", { children: otherwise })] : [])];
  }

  // The answers are part of the address, the first of each question left out. Dash is not told: it would draw the
  // page again, and the focus would be lost.
  function remember(answers, options) {
    if (location.pathname !== "/") return;
    const chosen = KEYS.filter((key) => answers[key] !== Object.keys(options[key])[0]).map((key) => [key, answers[key]]);
    const query = chosen.length ? `?${new URLSearchParams(chosen)}` : "";
    history.replaceState(history.state, "", `/${query}${location.hash}`);
  }

  let allRows;
  const read = (row, name) => row.props[`data-${name}`];
  const ORDERS = {
    name: (a, b) => read(a, "name").localeCompare(read(b, "name")),
    survives: (a, b) => read(b, "survives").split(",").length - read(a, "survives").split(",").length,
    bytes: (a, b) => read(a, "bytes") - read(b, "bytes"),
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.home = {
    choose(who, last, size, trust, places, ...optionsInOrder) {
      const answers = { who, last, size, trust };
      const options = Object.fromEntries(KEYS.map((key, index) => [key, optionsInOrder[index]]));
      remember(answers, options);
      return answer(answers, places, options);
    },
    arrange(survives, word, sort, rows) {
      allRows ??= rows;
      const wanted = (row) =>
        (survives ?? []).every((event) => read(row, "survives").split(",").includes(event)) &&
        read(row, "text").includes((word ?? "").trim().toLowerCase());
      const shown = allRows.filter(wanted);
      if (ORDERS[sort]) shown.sort(ORDERS[sort]);
      return [shown, shown.length > 0];
    },
  };
})();
