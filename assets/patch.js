// The Patch bench: puts targets into a store, asks for operations, and notes what really happened.
(() => {
  const TARGETS = {
    present: { name: "Alan", user: { name: "Alan" }, list: [1, 2, 3], n: 5 },
    empty: { name: "", user: {}, list: [], n: 0 },
    missing: {},
  };
  const SIZES = { "1 kB": 1e3, "100 kB": 1e5, "1 MB": 1e6 };
  let stored;
  let calls = []; // what the wire meter measured
  let busy = false;

  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  window.wire.follow((call) => call.output.includes("patch-") && calls.push(call));

  // Until the answer was measured, and Dash has had time to apply it.
  async function answered(count) {
    while (calls.length < count) await sleep(5);
    await sleep(40);
  }

  // Dash tells the console why it could not apply a change: here the page tells the reader instead.
  async function errorsOf(happen) {
    const errors = [];
    const browserError = console.error;
    console.error = (...reasons) => errors.push(reasons.map((reason) => reason?.message ?? reason?.error?.message ?? String(reason)).join(" "));
    try {
      await happen();
    } finally {
      console.error = browserError;
    }
    return errors;
  }

  // Of a target, the part that an operation's line of code is about: p["list"].append(9) is about "list".
  function about(line, target) {
    const [, key] = /p\["(\w+)"\]/.exec(line);
    return key in target ? { [key]: target[key] } : {};
  }

  async function operate(operation, target) {
    set("patch-bench-store", { data: target });
    await sleep(15);
    calls = [];
    const errors = await errorsOf(async () => {
      set("patch-bench-operation", { data: { operation } });
      await answered(1);
    });
    return errors.length ? `error: ${errors[0].split("\n")[0]}` : JSON.stringify(stored);
  }

  // One at a time: both read what the wire meter measures.
  async function alone(happen) {
    if (busy) return;
    busy = true;
    for (const button of ["patch-run", "patch-measure"]) set(button, { disabled: true });
    await happen();
    for (const button of ["patch-run", "patch-measure"]) set(button, { disabled: false });
    busy = false;
  }

  async function weigh(how, number) {
    calls = [];
    set(`patch-size-${how}`, { data: number });
    await answered(1);
    return calls[0];
  }

  const size = (bytes) => `${bytes.toLocaleString()} B`;
  const show = (data) => (data === undefined || data === null ? "nothing stored" : JSON.stringify(data));

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.patch = {
    note: (data) => {
      stored = data;
    },
    runAll: (_clicks, operations) =>
      alone(async () => {
        for (const [operation, line] of Object.entries(operations))
          for (const [name, target] of Object.entries(TARGETS)) {
            const happened = await operate(operation, about(line, target));
            const failed = happened.startsWith("error") || happened.includes("null");
            set(`patch-${operation.replace("_", "-")}-${name}`, { children: happened, className: failed ? "is-wrong" : "" });
          }
      }),
    measure: () =>
      alone(async () => {
        for (const [name, length] of Object.entries(SIZES)) {
          set("patch-size-store", { data: { text: "x".repeat(length), number: 0 } });
          await sleep(50);
          for (const how of ["whole", "patch"]) {
            const call = await weigh(how, length + Math.random());
            const text = `${size(call.up)} up, ${size(call.down)} down, ${Math.round(call.end - call.start)} ms`;
            set(`patch-${name.replace(" ", "-")}-${how}`.toLowerCase(), { children: text });
          }
        }
      }),
    patchEmpty: (clicks) =>
      alone(async () => {
        calls = [];
        const errors = await errorsOf(async () => {
          set("patch-memory-asked", { data: clicks });
          await answered(1);
        });
        set("patch-memory-shown", { children: errors.length ? `error: ${errors[0].split("\n")[0]}` : "no error" });
      }),
    // Not in one step: Dash would make one call of them.
    async callFive() {
      for (let call = 0; call < 5; call += 1) {
        set("patch-count-calls", { data: Math.random() });
        await sleep(30);
      }
    },
    built() {
      const p = new window.dash_clientside.Patch();
      return p.append(["list"], 1).build();
    },
    unbuilt() {
      const p = new window.dash_clientside.Patch();
      return p.append(["list"], 1);
    },
    show: (_timestamp, data) => show(data),
  };
})();
