// Shows an answer and lets its age grow, and compares what the two versions send, by the wire meter's own figures.
(() => {
  const measured = {};
  const size = (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });
  const element = (type, children) => ({ namespace: "dash_html_components", type, props: { children } });
  const VERSIONS = { data: "The data in the store", signal: "A signal in the store" };
  const SIZES = { 100: "100 kB", 1000: "1 MB", 10000: "10 MB" };
  const COLOURS = { hit: "hit", cached: "hit", miss: "miss", "not cached": "" };
  let shown = null;
  let since = 0;

  function row([name, last]) {
    const cells = [name, last.requests, size(last.up), size(last.down), `${number(last.ms)} ms`];
    return element("Tr", cells.map((cell) => element("Td", cell)));
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.memoize = {
    show(answer) {
      if (answer !== shown) {
        shown = answer;
        since = performance.now();
      }
      if (!answer) return ["–", "count", "–", "–", "–", "–", "–", "–"];
      const passed = (performance.now() - since) / 1000;
      const kept = answer.left !== undefined;
      const expired = kept && passed > answer.left;
      return [
        answer.state,
        `count memoize-state ${COLOURS[answer.state]}`,
        answer.mean === undefined ? "–" : number(answer.mean),
        answer.took === undefined ? "–" : `${number(answer.took)} ms`,
        answer.worker === undefined ? "–" : `${answer.worker} / ${answer.answered}`,
        kept ? `${Math.floor(answer.age + passed)} s` : "–",
        kept ? (expired ? "expired" : `${Math.ceil(answer.left - passed)} s`) : "–",
        kept ? `${answer.size} bytes` : "–",
      ];
    },
    compare(interaction, version, kilobytes) {
      const own = interaction?.calls.filter((call) => /memoize-(shared|average|histogram)/.test(call.output)) ?? [];
      // The store and its two readers: fewer means that some answers are still on their way.
      if (own.length >= 3) {
        const sum = (key) => own.reduce((total, call) => total + call[key], 0);
        measured[`${VERSIONS[version]}, ${SIZES[kilobytes]}`] = {
          requests: own.length,
          up: sum("up"),
          down: sum("down"),
          ms: Math.max(...own.map((call) => call.end)) - Math.min(...own.map((call) => call.start)),
        };
      }
      const rows = Object.entries(measured);
      return rows.length ? rows.map(row) : [element("Tr", [element("Td", "Share them to measure.")])];
    },
  };
})();
