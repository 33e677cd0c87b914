// Twenty runs of a scenario: changes the form as a visitor would, waits until all is quiet, and counts what was lost.
(() => {
  const RUNS = 20;
  const COLUMNS = {
    strategy: "strategy",
    scenario: "scenario",
    runs: "runs",
    lost: "runs that lost an update",
    requests: "requests a run",
    up: "bytes up a run",
    down: "bytes down a run",
    time: "ms a run",
    delay: "delay, ms",
    gap: "gap, ms",
  };
  let stopped = false;
  let running = false;
  let loads = 1e6; // more clicks than any visitor makes, so that each is a change

  const trace = () => window.dash_clientside.user_data_trace;
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const element = (type, props) => ({ namespace: "dash_html_components", type, props });
  const set = (id, props) => window.dash_clientside.set_props(`user-data-${id}`, props);

  const SCENARIOS = {
    "one-event": () => set("load", { n_clicks: (loads += 1) }),
    async "two-events"(gap) {
      const [firstName, lastName] = window.dash_clientside.user_data.nextPerson();
      set("first-name", { value: firstName });
      // The gap begins when the first callback does: before that, Dash would make one call of both events.
      while (!window.wire.isWaiting() && !window.dash_clientside.user_data_clientside.isWorking()) await sleep(1);
      await sleep(gap);
      set("last-name", { value: lastName });
    },
  };

  async function runTwenty(strategy, scenario, { delay, gap, progress }) {
    const total = { strategy, scenario, runs: 0, lost: 0, requests: 0, up: 0, down: 0, time: 0, delay, gap };
    for (let run = 0; run < RUNS && !stopped; run += 1) {
      window.wire.begin();
      const figures = await trace().measure(() => SCENARIOS[scenario](gap));
      total.runs += 1;
      total.lost += figures.lost.length ? 1 : 0;
      for (const key of ["requests", "up", "down", "time"]) total[key] += figures[key];
      progress();
    }
    return total;
  }

  async function choose(strategy) {
    set("strategy", { value: strategy });
    await trace().quiet();
  }

  const mean = (row, key) => Math.round((10 * row[key]) / row.runs) / 10;
  function cells(row) {
    const means = Object.fromEntries(["requests", "up", "down", "time"].map((key) => [key, key === "requests" ? mean(row, key) : Math.round(mean(row, key))]));
    return { ...row, ...means };
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.user_data_runs = {
    async run(_clicks, which, scenario, delay, gap, strategy, options) {
      if (running) return;
      [running, stopped] = [true, false];
      set("controls", { disabled: true });
      set("stop", { disabled: false });
      trace().silence(true);
      window.wire.pause(true);
      const strategies = which === "all" ? options.map((option) => option.value) : [strategy];
      const scenarios = scenario === "both" ? Object.keys(SCENARIOS) : [scenario];
      const rows = [];
      let done = 0;
      const progress = () => set("progress", { value: (100 * (done += 1)) / (RUNS * strategies.length * scenarios.length) });
      for (const chosen of strategies) {
        if (stopped) break;
        await choose(chosen);
        for (const name of scenarios) {
          if (stopped) break;
          rows.push(await runTwenty(chosen, name, { delay, gap, progress }));
          set("results", { data: [...rows] });
        }
      }
      trace().silence(false);
      window.wire.pause(false);
      if (strategies.length > 1) await choose(strategy);
      else trace().show();
      set("controls", { disabled: false });
      set("stop", { disabled: true });
      running = false;
    },
    stop: () => {
      stopped = true;
    },
    table: (rows) =>
      (rows ?? []).map(cells).map((row) =>
        element("Tr", {
          className: row.lost ? "is-lost" : "",
          children: Object.keys(COLUMNS)
            .slice(0, 8)
            .map((key) => element("Td", { children: String(row[key]), "data-label": COLUMNS[key] })),
        }),
      ),
    download(_clicks, rows) {
      if (!rows?.length) return window.dash_clientside.no_update;
      const lines = rows.map(cells).map((row) => Object.keys(COLUMNS).map((key) => row[key]).join(","));
      const head = Object.values(COLUMNS).map((title) => JSON.stringify(title)).join(",");
      return { content: [head, ...lines, ""].join("\n"), filename: "user-data-runs.csv", type: "text/csv" };
    },
  };
})();
