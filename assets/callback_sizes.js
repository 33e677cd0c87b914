// Asks the server for texts of growing size, and writes down what the wire meter measured of the three callbacks.
(() => {
  const CELLS = { down: "callback-sizes-store.data", up: "callback-sizes-received.children", told: "callback-sizes-noticed.children" };
  let calls = {};
  let asked = 0;

  const set = (id, props) => window.dash_clientside.set_props(`callback-sizes-${id}`, props);
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const number = (value) => Math.round(value).toLocaleString("en");
  window.wire.follow((call) => (calls[call.output] = call));

  async function weigh(size) {
    calls = {};
    set("ask", { data: { size, asked: (asked += 1) } });
    while (Object.values(CELLS).some((output) => !calls[output]) && document.getElementById("callback-sizes-measure")) await sleep(20);
    return calls;
  }

  function show(size, { [CELLS.down]: down, [CELLS.up]: up, [CELLS.told]: told }) {
    set(`${size}-down`, { children: `${number(down.down)} B, ${number(down.packed)} B packed, ${number(down.end - down.start)} ms` });
    set(`${size}-up`, { children: `${number(up.up)} B, ${number(up.end - up.start)} ms` });
    set(`${size}-told`, { children: `${number(told.up)} B` });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.callback_sizes = {
    async measure(_clicks, most, sizes) {
      set("measure", { disabled: true });
      for (const size of sizes.slice(0, sizes.indexOf(most) + 1)) {
        const measured = await weigh(size);
        if (!document.getElementById("callback-sizes-measure")) return; // the visitor has left
        show(size, measured);
      }
      set("measure", { disabled: false });
    },
  };
})();
