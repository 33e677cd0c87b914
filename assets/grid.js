// Stands in for AG Grid until a page shows a grid, then loads the real one: see components/grid.py.
(() => {
  const SCRIPT = "/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";
  let loading;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = SCRIPT;
      script.onload = () => {
        const real = window.dash_ag_grid;
        // The stand-in stays in place, so that React keeps the grid it has drawn.
        window.dash_ag_grid = { ...real, AgGrid };
        resolve({ default: real.AgGrid });
      };
      script.onerror = () => reject(new Error("The table could not be loaded. Reload the page to try again."));
      document.head.append(script);
    });
    return loading;
  }

  const Lazy = React.lazy(load);
  const waiting = React.createElement("div", { className: "grid-waiting" }, "Loading the table…");

  function AgGrid(props) {
    return React.createElement(React.Suspense, { fallback: waiting }, React.createElement(Lazy, props));
  }
  // What Dash's renderer reads from the component itself, as AG Grid declares it.
  AgGrid.dashPersistence = { persisted_props: ["selectedRows"], persistence_type: "local" };
  Object.defineProperty(AgGrid, "_dashprivate_isLazyComponentReady", { get: () => load().then(() => true) });

  window.dash_ag_grid = { AgGrid };
})();
