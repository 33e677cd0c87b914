// Measures what each interaction costs. Sizes and times are the browser's own (Resource Timing); only the size
// of what goes up is taken from the request's body. Nothing is sent, and nothing is done while requests run.
(() => {
  const CALLBACK = "_dash-update-component";
  const EMPTY = { up: 0, down: 0, packed: 0, requests: 0 };
  let waiting = []; // requests whose timing has not arrived yet
  let calls = []; // requests of the current interaction
  let total = { ...EMPTY };
  let lastEnd = 0;
  const listeners = new Set(); // other browser code that follows every measured request

  const browserFetch = window.fetch;
  window.fetch = function (resource, options) {
    if (String(resource?.url ?? resource).includes(CALLBACK)) waiting.push({ start: performance.now(), body: options?.body ?? "", calls });
    return browserFetch.apply(this, arguments);
  };

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name.includes(CALLBACK)) arrive(entry);
    publish();
  }).observe({ type: "resource", buffered: true });

  // Timings come in the order of the answers: each belongs to the request that started closest to it.
  function arrive(entry) {
    const distance = (call) => Math.abs(call.start - entry.startTime);
    const call = waiting.reduce((best, other) => (!best || distance(other) < distance(best) ? other : best), null);
    if (!call) return;
    waiting = waiting.filter((other) => other !== call);
    const measured = {
      output: /"output":"([^"]*)"/.exec(call.body.slice(0, 2000))?.[1] ?? "",
      triggers: /"changedPropIds":\[([^\]]*)\]/.exec(call.body)?.[1].match(/[^",]+/g) ?? [],
      start: entry.startTime,
      end: entry.responseEnd,
      up: new TextEncoder().encode(call.body).length,
      down: entry.decodedBodySize,
      packed: entry.encodedBodySize,
    };
    call.calls.push(measured);
    lastEnd = entry.responseEnd;
    total = { ...add(total, measured), requests: total.requests + 1 };
    for (const listener of listeners) listener(measured);
  }

  const add = (sum, call) => ({ ...sum, up: sum.up + call.up, down: sum.down + call.down, packed: sum.packed + call.packed });

  function summary() {
    const start = Math.min(...calls.map((call) => call.start));
    const end = Math.max(...calls.map((call) => call.end));
    return {
      ...calls.reduce(add, EMPTY),
      requests: calls.length,
      time: calls.length ? end - start : 0,
      calls: [...calls].sort((a, b) => a.start - b.start).map((call) => ({ ...call, start: call.start - start, end: call.end - start })),
      total,
    };
  }

  let publishing = false;
  let paused = false;
  function publish() {
    if (publishing || paused) return;
    publishing = true;
    requestAnimationFrame(() => {
      publishing = false;
      // Until Dash has drawn its layout there is no store to write to.
      if (document.getElementById("content")) window.dash_clientside.set_props("wire-store", { data: summary() });
      else setTimeout(publish, 100);
    });
  }

  // Every action begins a new interaction, except those in the page's documentation of itself.
  function onAction(event) {
    if (!event.target.closest?.(".about-the-page, .shell-top, #shell-search, #shell-drawer")) begin();
  }
  function begin() {
    if (calls.length === 0 && waiting.length === 0) return publish();
    calls = [];
    publish();
  }
  for (const type of ["click", "change", "input"]) document.addEventListener(type, onAction, true);

  // For pages that measure. `begin` starts an interaction that no click started; while paused, nothing is drawn.
  window.wire = {
    begin,
    follow: (listener) => listeners.add(listener),
    isWaiting: () => waiting.length > 0,
    pause(on) {
      paused = on;
      publish();
    },
  };

  const size = (bytes) => (bytes < 10000 ? `${bytes.toLocaleString()} B` : `${(bytes / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} kB`);
  const packed = (bytes, plain) => (bytes < plain ? `${size(bytes)} (${size(plain)} unpacked)` : size(plain));
  const div = (props) => ({ namespace: "dash_html_components", type: "Div", props });

  // One bar a callback: where it starts, how long it takes, which output it serves.
  function bar(call, time) {
    const style = { marginLeft: `${(100 * call.start) / time}%`, width: `${Math.max(1, (100 * (call.end - call.start)) / time)}%` };
    const title = `${call.output}: ${Math.round(call.start)} to ${Math.round(call.end)} ms, ${size(call.up)} up, ${packed(call.packed, call.down)} down`;
    return div({ className: "wire-call", title, children: [div({ className: "wire-bar", style }), div({ className: "wire-label", children: call.output })] });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.wire = {
    // For how many milliseconds no callback has been under way.
    quietFor: () => (waiting.length ? 0 : performance.now() - lastEnd),
    show(data) {
      if (!data) return ["–", "–", "–", "–", [], ""];
      // More bars than that nobody reads.
      const timeline = data.calls.length > 1 && data.calls.length <= 20 ? data.calls.map((call) => bar(call, data.time)) : [];
      const all = `In all: ${data.total.requests} requests, ${size(data.total.up)} up, ${packed(data.total.packed, data.total.down)} down.`;
      return [data.requests, size(data.up), packed(data.packed, data.down), Math.round(data.time), timeline, all];
    },
    reset() {
      calls = [];
      total = { ...EMPTY };
      publish();
    },
  };
})();
