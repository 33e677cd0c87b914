// What is chosen is put together here; only the rows in sight and the chart's new numbers come from the server.
(() => {
  let shownRows; // of which view the table shows rows

  // The range that a time line is zoomed to, as days and times; null for all of it.
  function zoom(relayout, before) {
    if (relayout?.["xaxis.autorange"]) return null;
    const range = relayout?.["xaxis.range"] ?? [relayout?.["xaxis.range[0]"], relayout?.["xaxis.range[1]"]];
    return range[0] === undefined ? before : range.map((end) => String(end).replace(" ", "T").slice(0, 19));
  }

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
    refreshTable(drawn) {
      if (!drawn) return;
      const rows = JSON.stringify([drawn.view.frame, drawn.view.shape, drawn.view.chosen]);
      const table = window.dash_ag_grid.getApi?.("large-frames-grid");
      // A new table asks by itself, perhaps before it is known for what: then it has no rows.
      const count = table?.getDisplayedRowCount() ?? 0;
      if (rows !== shownRows && count) table.ensureIndexVisible(0);
      if (rows !== shownRows || !count) table?.purgeInfiniteCache();
      shownRows = rows;
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
    downloads(view, filterModel) {
      if (!view) return ["", ""];
      const query = new URLSearchParams({ view: JSON.stringify({ frame: view.frame, chosen: view.chosen, filters: filterModel ?? {} }) });
      return ["csv", "parquet"].map((kind) => `/large-frames.${kind}?${query}`);
    },
  };
})();
