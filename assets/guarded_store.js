// The browser half of components/guarded_store.py: a React component, without a build step.
(() => {
  const { createElement, useEffect, useMemo, useRef } = React;
  const RETRY = 1000; // ms
  const FULL =
    "Your browser's storage for this site is full. Your last change is safe while this page is open, and what was " +
    "stored before is still there. It will be stored as soon as there is room.";
  const BLOCKED =
    "Your browser blocks storage for this site. All works, but nothing outlasts this page: allow storage to keep it.";

  const storageOf = (type) => window[`${type}Storage`]; // an error in itself where storage is blocked
  const isReplaced = () => document.documentElement.dataset.storage === "blocked"; // by assets/blocked_storage.js

  function read(type, key) {
    try {
      const kept = JSON.parse(storageOf(type).getItem(key));
      return Number.isFinite(kept?.at) && "data" in kept ? kept : null; // what we did not write is nothing
    } catch {
      return null;
    }
  }

  // Return what stood in the way, "" for nothing. The write is its own probe: `setItem` does all or nothing, and a
  // probe beside it would need room for the value twice.
  function write(type, key, kept) {
    try {
      storageOf(type).setItem(key, JSON.stringify(kept));
      return isReplaced() ? BLOCKED : "";
    } catch (error) {
      return error.name === "SecurityError" ? BLOCKED : FULL;
    }
  }

  function GuardedStore({ id, app, storage_type: type = "local", data, clear_data: clear, problem = "", setProps }) {
    const key = `${app}:${id}`;
    const json = useMemo(() => JSON.stringify(data), [data]);
    const settled = useRef(undefined); // the data, as JSON, about which nothing is left to do
    const started = useRef(false);
    const waiting = problem === FULL;

    function take(kept) {
      settled.current = JSON.stringify(kept.data);
      setProps({ data: kept.data, modified_timestamp: kept.at, problem: isReplaced() ? BLOCKED : "" });
    }

    function keep(at) {
      settled.current = json;
      setProps({ modified_timestamp: at, problem: write(type, key, { at, data }) });
    }

    // What is stored wins over the layout's data; from then on, whatever differs from what was stored is new.
    useEffect(() => {
      if (started.current) {
        if (json !== settled.current) keep(Date.now());
        return undefined;
      }
      // Not at once: what a component sets while it is drawn for the first time, Dash does not draw.
      const first = setTimeout(() => {
        const kept = read(type, key);
        started.current = true;
        if (kept) take(kept);
        else if (json !== settled.current) keep(Date.now());
        else if (isReplaced()) setProps({ problem: BLOCKED });
      });
      return () => clearTimeout(first);
    }, [json]);

    useEffect(() => {
      if (!clear) return;
      try {
        storageOf(type).removeItem(key);
      } catch {
        // Blocked: nothing is there to remove.
      }
      settled.current = "null";
      setProps({ clear_data: false, data: null, modified_timestamp: -1, problem: isReplaced() ? BLOCKED : "" });
    }, [clear]);

    // While a value waits for room, try again and again; nothing is drawn until it succeeds.
    useEffect(() => {
      if (!waiting) return undefined;
      const timer = setInterval(() => {
        const at = Date.now();
        if (!write(type, key, { at, data })) setProps({ modified_timestamp: at, problem: "" });
      }, RETRY);
      return () => clearInterval(timer);
    }, [waiting, json]);

    // Another tab wrote or removed the key, or (key null) removed all. A value that still waits outlasts a removal.
    useEffect(() => {
      function onStorage(event) {
        const isOther = event.storageArea && event.storageArea !== storageOf(type);
        if (isOther || (event.key !== null && event.key !== key)) return;
        const kept = read(type, key);
        if (kept) take(kept);
        else if (!waiting) take({ data: null, at: -1 });
      }
      window.addEventListener("storage", onStorage);
      return () => window.removeEventListener("storage", onStorage);
    }, [waiting, json]);

    return problem ? createElement("div", { role: "alert", className: "storage-warning mb-2" }, problem) : null;
  }

  window.atlas = { ...window.atlas, GuardedStore };
})();
