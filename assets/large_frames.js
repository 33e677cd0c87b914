// What is chosen is put together here; only the rows in sight and the chart's new numbers come from the server.
(() => {
  let shownRows; // of which view the table shows rows

  // The range that a time line is zoomed to, as days and times; null for all of it.
  function zoom(relayout, before) {
    if (relayout?.["xaxis.autorange"]) return null;
    const range = relayout?.["xaxis.range"] ?? [relayout?.["xaxis.range[0]"], relayout?.["xaxis.range[1]"]];
    return range[0] === undefined ? before : range.map((end) => String(end).replace(" ", "T").slice(0, 19));
  }

  const WAYS = [
    { key: "store", label: "every row in a store", outputs: ["large-frames-all.", "large-frames-of-store."] },
    { key: "pickle", label: "a pickle in Flask-Caching's file cache", outputs: ["large-frames-of-pickle."] },
    { key: "map", label: "the mapped file", outputs: ["large-frames-of-map."] },
  ];
  const costs = {};
  let comparedRows;
  const size = (bytes) => `${(bytes / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} kB`;
  const element = (type, children) => ({ namespace: "dash_html_components", type, props: { children } });

  const number = (value) => (value === "" || value === undefined ? null : value);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.large_frames = {
    view(frame, site, sensor, lowest, highest, firstDay, lastDay, chart, relayout, before) {
      const { no_update, callback_context } = window.dash_clientside;
      if (!frame) return no_update;
      const zoomed = callback_context.triggered.some(({ prop_id }) => prop_id === "large-frames-graph.relayoutData");
      const same = before?.frame === frame.name && before?.chart === chart;
      const kept = same ? before.zoom : null;
      const view = {
        frame: frame.name,
        shape: frame.shape,
        chosen: {
          group: site ?? [],
          part: sensor ?? [],
          value: [number(lowest), number(highest)],
          time: [firstDay || null, lastDay || null],
        },
        chart,
        zoom: chart === "line" ? (zoomed ? zoom(relayout, kept) : kept) : null,
      };
      // Plotly reports much that is no zoom: its own resizing, for one.
      return zoomed && JSON.stringify(view) === JSON.stringify(before) ? no_update : view;
    },
    async refreshTable(drawn) {
      if (!drawn) return;
      const rows = JSON.stringify([drawn.view.frame, drawn.view.shape, drawn.view.chosen]);
      const others = rows !== shownRows;
      shownRows = rows;
      // Before AG Grid's script is there, no table can have asked for rows.
      const table = await window.dash_ag_grid.getApiAsync?.("large-frames-grid");
      if (!table) return;
      if (others && table.getDisplayedRowCount()) table.ensureIndexVisible(0);
      // A new table asks by itself, perhaps before it is known for what: then it has got no row that counts.
      if (others || table.getDisplayedRowAtIndex(0)?.data?.row === undefined) table.purgeInfiniteCache();
    },
    checkSize(contents) {
      const { no_update } = window.dash_clientside;
      if (!contents) return [no_update, no_update];
      const most = Number(document.getElementById("large-frames-own").dataset.most);
      // Base64 takes four characters for three bytes.
      const size = (0.75 * (contents.length - contents.indexOf(","))) / 1e6;
      if (size <= most) return [contents, "Reading the file…"];
      return [null, `Not taken: the file has ${size.toFixed(1)} MB, and may have ${most}. Take a part of it.`];
    },
    // What the last question of each kind cost, as this browser measured it.
    compare(interaction, rows) {
      if (rows !== comparedRows) for (const way of WAYS) delete costs[way.key];
      comparedRows = rows;
      for (const { key, outputs } of WAYS) {
        const calls = interaction?.calls.filter((call) => outputs.some((output) => call.output.includes(output))) ?? [];
        if (!calls.length) continue;
        const sum = (part) => calls.reduce((total, call) => total + call[part], 0);
        const time = Math.max(...calls.map((call) => call.end)) - Math.min(...calls.map((call) => call.start));
        costs[key] = [calls.length, size(sum("up")), `${size(sum("packed"))} (${size(sum("down"))})`, Math.round(time)];
      }
      return WAYS.map(({ key, label }) => element("Tr", [label, ...(costs[key] ?? ["–", "–", "–", "–"])].map((cell) => element("Td", cell))));
    },
    downloads(view, filterModel) {
      if (!view) return ["", ""];
      const query = new URLSearchParams({ view: JSON.stringify({ frame: view.frame, chosen: view.chosen, filters: filterModel ?? {} }) });
      return ["csv", "parquet"].map((kind) => `/large-frames/rows.${kind}?${query}`);
    },
  };
})();
