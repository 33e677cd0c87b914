// The trace: which requests ran when, what the store held after each, and whether an update was lost.
(() => {
  const FIELDS = ["first_name", "last_name", "age", "info"];
  let trace = empty("");
  let activity = 0; // counts everything that happens, so that quiet is when it stands still
  let settling;
  let silent = false; // while runs are counted, drawing each would take longer than the run

  function empty(strategy) {
    return { strategy, start: performance.now(), end: 0, calls: [], stores: [], wanted: {}, user: {} };
  }

  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // Nothing is under way, and nothing has happened for a while.
  async function quiet(patience = 60) {
    for (let still = 0; still < patience; still += 15) {
      const before = activity;
      await sleep(15);
      if (window.wire.isWaiting() || window.dash_clientside.user_data_clientside.isWorking() || activity !== before) still = -15;
    }
  }

  async function settle() {
    await quiet();
    // A loss is only called so when nothing mends it.
    if (lost().length) await quiet(120);
    settling = undefined;
    if (!silent) show();
  }

  const same = (one, other) => (one ?? null) === (other ?? null);
  const lost = () => FIELDS.filter((field) => !same(trace.wanted[field], trace.user[field]));

  function happened() {
    activity += 1;
    trace.end = performance.now();
  }

  function add(call) {
    if (!call.output.includes(`user-data-${trace.strategy}-`)) return;
    trace.calls.push(call);
    happened();
  }
  window.wire.follow(add);

  const sum = (calls, key) => calls.reduce((total, call) => total + call[key], 0);

  function figures() {
    const requests = trace.calls.filter((call) => !call.local);
    const time = Math.max(trace.end, ...trace.calls.map((call) => call.end)) - trace.start;
    return { requests: requests.length, up: sum(requests, "up"), down: sum(requests, "down"), time, lost: lost() };
  }

  // Dash drops an answer when the same callback was called again before it came.
  const isDropped = (call, calls) =>
    calls.some((other) => other.output === call.output && other.start > call.start && other.start < call.end);

  // What each answer left in the store: the last that the store held before the next answer came.
  function withStores() {
    const calls = [...trace.calls].sort((a, b) => a.end - b.end);
    return calls
      .map((call, index) => {
        const next = calls[index + 1]?.end ?? Infinity;
        const user = trace.stores.filter((store) => store.time >= call.end && store.time < next).at(-1)?.user;
        return { ...call, user, dropped: isDropped(call, calls) };
      })
      .sort((a, b) => a.start - b.start);
  }

  const element = (type, props) => ({ namespace: "dash_html_components", type, props });
  const size = (bytes) => `${bytes.toLocaleString()} B`;
  const short = (trigger) => trigger.replace(`user-data-${trace.strategy}-`, "").replace(/\.(value|data)$/, "").replace(".modified_timestamp", " time stamp");

  function answer(call) {
    if (call.dropped) return element("Span", { className: "trace-dropped", children: "dropped: called again meanwhile" });
    if (!call.local && call.down === 0) return "changed nothing";
    return element("Code", { children: call.user ? JSON.stringify(call.user) : "no change of this store" });
  }

  function row(call, time) {
    const left = (100 * (call.start - trace.start)) / time;
    const style = { marginLeft: `${left}%`, width: `${Math.min(100 - left, Math.max(1, (100 * (call.end - call.start)) / time))}%` };
    const bytes = call.local ? "no request" : `${size(call.up)} up, ${size(call.down)} down`;
    const times = `${Math.round(call.start - trace.start)} to ${Math.round(call.end - trace.start)} ms`;
    const bar = element("Div", { className: call.dropped ? "trace-bar dropped" : "trace-bar", style });
    return element("Li", {
      title: `${times}, ${bytes}`,
      children: [
        element("Span", { className: "trace-label", children: call.triggers.map(short).join(" + ") }),
        element("Div", { className: "trace-line", children: bar }),
        element("Span", { className: "trace-bytes", children: `${times}, ${bytes}` }),
        element("Span", { className: "trace-answer", children: answer(call) }),
      ],
    });
  }

  function atOnce(calls) {
    return Math.max(0, ...calls.map((call) => calls.filter((other) => other.start <= call.start && other.end > call.start).length));
  }

  function difference(field) {
    const right = same(trace.wanted[field], trace.user[field]);
    const shown = (value) => (value === undefined ? "–" : JSON.stringify(value));
    return element("Tr", {
      className: right ? "" : "is-lost",
      children: [field, shown(trace.wanted[field]), shown(trace.user[field]), right ? "as it should be" : "lost"].map((text, index) =>
        element(index ? "Td" : "Th", { children: text, ...(index ? {} : { scope: "row" }) }),
      ),
    });
  }

  function verdict() {
    const wrong = lost();
    const text = wrong.length ? `Lost: ${wrong.join(", ")}.` : "The store holds what the form shows.";
    return element("Div", { className: wrong.length ? "verdict is-lost" : "verdict", children: text });
  }

  function show() {
    const { requests, up, down, time } = figures();
    const calls = withStores();
    const total = requests
      ? `${requests} requests, at most ${atOnce(calls)} at once; ${size(up)} up, ${size(down)} down, ${Math.round(time)} ms.`
      : "No request.";
    const { set_props } = window.dash_clientside;
    set_props("user-data-verdict", { children: verdict() });
    set_props("user-data-difference", { children: FIELDS.map(difference) });
    set_props("user-data-trace", { children: calls.map((call) => row(call, time || 1)) });
    set_props("user-data-trace-total", { children: total });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.user_data_trace = {
    // The form has changed: a new trace when all was quiet, else one more event in the same.
    begin(strategy, wanted) {
      if (!settling) {
        trace = { ...empty(strategy), user: trace.user };
        settling = settle();
      }
      trace.wanted = wanted;
      happened();
    },
    // The store has changed.
    note(user) {
      trace.user = user;
      trace.stores.push({ time: performance.now(), user });
      happened();
    },
    // Another strategy starts from the form.
    forget(strategy, wanted) {
      trace = { ...empty(strategy), user: wanted, wanted };
      settling ??= settle();
    },
    add,
    quiet,
    show,
    silence(on) {
      silent = on;
    },
    // Everything until quiet is one trace, which `happen` starts; returns its figures.
    async measure(happen) {
      await settling;
      await happen();
      // Dash calls the form's callbacks a moment later.
      while (!settling) await sleep(5);
      await settling;
      return figures();
    },
  };
})();
