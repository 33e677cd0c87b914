// The laboratory: notes every call of a listener since the page was drawn, and writes to all stores at once.
(() => {
  let visit;
  let calls = {};
  const show = (value) => (value === undefined ? "nothing" : value === null ? "None" : value.from ?? (value > 0 ? "a time" : String(value)));
  const all = (value) => window.dash_clientside.callback_context.outputs_list.map(() => value);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.initial_data = {
    note(value, thisVisit) {
      if (visit !== thisVisit) [visit, calls] = [thisVisit, {}];
      const { id } = window.dash_clientside.callback_context.outputs_list;
      (calls[id] ??= []).push(show(value));
      return `called with ${calls[id].join(", then ")}`;
    },
    write() {
      const written = window.dash_clientside.callback_context.triggered_id === "initial-data-write" ? { from: "the click" } : null;
      return all(written);
    },
    clear: () => all(true),
    reload: () => location.reload(),
  };
})();
