// The two strategies that never ask the server. They wait as long as the visitor chose, as code that fetches would.
(() => {
  let working = 0;

  async function work(delay) {
    const { triggered, outputs_list: output } = window.dash_clientside.callback_context;
    const start = performance.now();
    working += 1;
    await new Promise((resolve) => setTimeout(resolve, delay));
    working -= 1;
    // On the page's time line, beside the requests of the other strategies.
    const triggers = triggered.map((input) => input.prop_id);
    window.dash_clientside.user_data_trace.add({ local: true, output: output.id + triggers, triggers, start, end: performance.now(), up: 0, down: 0 });
  }

  // The field that called: "user-data-clientside-first-name.value" is first_name. A lookup finds its own number.
  function changed(value) {
    const [, field] = /(first-name|last-name|age|info)\.value$/.exec(window.dash_clientside.callback_context.triggered[0].prop_id);
    return [field.replace("-", "_"), field === "info" ? `answer ${value}` : value];
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.user_data_clientside = {
    isWorking: () => working > 0,

    // Loses updates: `user` is as old as the call.
    async saveWhole(value, user, delay) {
      const [field, saved] = changed(value);
      await work(delay);
      return { ...user, [field]: saved };
    },

    // Loses none: the field's store is nobody else's.
    async saveField(value, delay) {
      const [, saved] = changed(value);
      await work(delay);
      return saved;
    },
    merge: (firstName, lastName, age, info) => ({ first_name: firstName, last_name: lastName, age, info }),
  };
})();
