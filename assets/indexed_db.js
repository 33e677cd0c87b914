// A frame of typed arrays, made, kept, read and summed in the browser. Nothing of it passes through Dash or the server.
(() => {
  const DATABASE = "dash-storage-atlas"; // an origin's apps share their databases' names, as they do storage keys
  const FRAMES = "frames";
  const SITES = 12;
  const BYTES_PER_ROW = 10; // a site in two bytes, a value in eight

  const element = (type, children) => ({ namespace: "dash_html_components", type, props: { children } });
  const megabytes = (bytes) => `${(bytes / 1e6).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`;

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  // Opens the database for one transaction, and closes it: an open one would keep other tabs from a newer version.
  async function transact(mode, work) {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(FRAMES);
    const database = await done(opening);
    try {
      const transaction = database.transaction(FRAMES, mode);
      const finished = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      finished.catch(() => {}); // told below, once
      const results = Promise.all(work(transaction.objectStore(FRAMES)));
      results.catch(() => {});
      await finished; // what is kept is kept only now: a full disk is told at the end
      return await results;
    } finally {
      database.close();
    }
  }

  function generate(rows) {
    const site = new Uint16Array(rows);
    const value = new Float64Array(rows);
    for (let row = 0, state = 1; row < rows; row++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      site[row] = (state >>> 8) % SITES;
      value[row] = site[row] + state / 2 ** 32;
    }
    return { site, value };
  }

  function sum({ site, value }) {
    const sums = new Float64Array(SITES);
    const counts = new Float64Array(SITES);
    for (let row = 0; row < value.length; row++) {
      sums[site[row]] += value[row];
      counts[site[row]]++;
    }
    return { total: sums.reduce((a, b) => a + b), means: Array.from(sums, (each, index) => each / counts[index]) };
  }

  async function timed(times, label, work) {
    const start = performance.now();
    const result = await work();
    times.push([label, Math.round(performance.now() - start)]);
    return result;
  }

  // All parts in one transaction: where there is no room for one, none is kept, and what was kept before stays.
  async function make(size) {
    const times = [];
    const rows = (size * 1e6) / BYTES_PER_ROW;
    const columns = await timed(times, "generate", () => generate(rows));
    const { total } = sum(columns);
    const about = { rows, total, made: Date.now() };
    await timed(times, "keep", () =>
      transact("readwrite", (store) => [store.put(about, "about"), store.put(columns.site, "site"), store.put(columns.value, "value")].map(done)),
    );
    return { times };
  }

  async function read() {
    const times = [];
    const [about, site, value] = await timed(times, "read back", () =>
      transact("readonly", (store) => ["about", "site", "value"].map((key) => done(store.get(key)))),
    );
    if (!about) return { said: "Nothing is kept: make a frame first." };
    if (!(site instanceof Uint16Array && value instanceof Float64Array) || site.length !== value.length)
      return { said: "What is kept is not a frame of this page. Delete it, and make one again." };
    const { total, means } = await timed(times, "sum", () => sum({ site, value }));
    const same = total === about.total ? "the same as when it was made" : "not what it was when it was made";
    return { times, means, said: `The sum of ${value.length.toLocaleString()} values is ${total.toLocaleString()}, ${same}.` };
  }

  async function remove() {
    // Not deleteDatabase: it waits until every tab has closed the database, and so does all that comes after.
    await transact("readwrite", (store) => [done(store.clear())]);
    return { times: [], means: [], said: "Deleted." };
  }

  async function persist() {
    if (!navigator.storage?.persist) return { said: "This browser takes no such request from this page; it asks for https." };
    const granted = await navigator.storage.persist();
    return {
      said: granted
        ? "Granted: the browser removes it only when you tell it to."
        : "Not granted: the browser may remove it when the disk gets short. Some grant it to sites that are visited often.",
    };
  }

  const actions = { "indexed-db-make": make, "indexed-db-read": read, "indexed-db-delete": remove, "indexed-db-persist": persist };

  function explain(error, size) {
    if (error?.name === "QuotaExceededError")
      return `The browser has no room for ${size} MB more. Nothing was changed: what was kept before is still there. Delete it, or make a smaller frame.`;
    if (["SecurityError", "InvalidStateError", "TypeError", "ReferenceError"].includes(error?.name))
      return "Your browser does not let this page use IndexedDB, as in some private windows or where cookies are blocked. Allow storage for this site to keep the frame.";
    return `The browser could not do that (${error?.name ?? "no reason given"}). Nothing was changed; try again.`;
  }

  async function describeKept() {
    const [about] = await transact("readonly", (store) => [done(store.get("about"))]);
    if (!about?.rows) return "nothing";
    return `${about.rows.toLocaleString()} rows, ${megabytes(about.rows * BYTES_PER_ROW)}, made ${new Date(about.made).toLocaleString()}`;
  }

  async function describeRoom() {
    if (!navigator.storage?.estimate) return "This browser does not say how much room there is; it asks for https.";
    const { usage, quota } = await navigator.storage.estimate();
    const persisted = (await navigator.storage.persisted()) ? "Persistent." : "Not persistent.";
    return `About ${megabytes(usage)} of ${megabytes(quota)} used. ${persisted}`;
  }

  function busy(on) {
    if (document.getElementById("indexed-db-controls")) window.dash_clientside.set_props("indexed-db-controls", { disabled: on });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.indexed_db = {
    // Called when the page is drawn, then for each button.
    async act(_id, _make, _read, _delete, _persist, size, figure) {
      const { no_update, callback_context } = window.dash_clientside;
      const action = actions[callback_context.triggered_id];
      let result = {};
      let kept = "unknown";
      let problem = "";
      busy(true);
      try {
        result = (await action?.(Number(size))) ?? {};
      } catch (error) {
        problem = explain(error, size);
      }
      try {
        kept = await describeKept();
      } catch (error) {
        problem ||= explain(error, size);
      }
      busy(false);
      const times = result.times?.map(([label, ms]) => element("Li", `${label}: ${ms.toLocaleString()} ms`));
      const bars = result.means && { ...figure, data: [{ type: "bar", x: result.means.map((_, index) => `Site ${index + 1}`), y: result.means }] };
      return [kept, await describeRoom(), times ?? no_update, bars || no_update, result.said ?? "", problem];
    },
  };
})();
