// Compares what an interaction costs in the two versions, by the wire meter's own figures.
(() => {
  const measured = {};
  const size = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const element = (type, children) => ({ namespace: "dash_html_components", type, props: { children } });
  const LABELS = { rows: "The rows in the store", selection: "The selection in the store" };

  function row(version) {
    const last = measured[version];
    const cells = last ? [last.requests, size(last.up), size(last.down)] : ["–", "–", "–"];
    return element("Tr", [element("Td", LABELS[version]), ...cells.map((cell) => element("Td", cell))]);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.shared_data = {
    compare(interaction, version) {
      const own = interaction?.calls.filter((call) => call.output.includes("shared-data-")) ?? [];
      // The store, the table and the graph: fewer means that some answers are still on their way.
      if (own.length >= 3) {
        const sum = (key) => own.reduce((total, call) => total + call[key], 0);
        measured[version] = { requests: own.length, up: sum("up"), down: sum("down") };
      }
      return Object.keys(LABELS).map(row);
    },
  };
})();
