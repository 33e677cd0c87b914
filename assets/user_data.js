// The form: hands what the visitor does to the chosen strategy, and shows what its store holds.
(() => {
  const PEOPLE = [
    ["Ada", "Lovelace"],
    ["Alan", "Turing"],
    ["Grace", "Hopper"],
    ["Emmy", "Noether"],
    ["Kurt", "Gödel"],
    ["Sofia", "Kovalevskaya"],
    ["Blaise", "Pascal"],
  ];
  const FIELDS = ["first-name", "last-name", "age", "info"];
  const nothing = () => window.dash_clientside.no_update;
  let people = 0;

  const key = (field) => field.replace("-", "_");
  const outputs = () => window.dash_clientside.callback_context.outputs_list;

  // The user as the form shows it: what the store should hold when all is quiet.
  function wanted(values) {
    const [firstName, lastName, age, clicks] = values;
    return { first_name: firstName, last_name: lastName, age, info: clicks ? `answer ${clicks}` : undefined };
  }

  // Nobody comes twice: what is left over from an earlier run must not look right by chance.
  function nextPerson() {
    const [firstName, lastName] = PEOPLE[people % PEOPLE.length];
    const round = Math.floor(people / PEOPLE.length);
    people += 1;
    return round ? [`${firstName} ${round + 1}`, `${lastName} ${round + 1}`] : [firstName, lastName];
  }

  // A strategy's hidden fields and stores, with the form's values in them.
  function filled(part, strategy, user, clicks) {
    const name = part.props.id.replace(`user-data-${strategy}-`, "");
    if (name === "store" || name === "begun-store") return { ...part, props: { ...part.props, data: user } };
    if (part.type === "Input") return { ...part, props: { ...part.props, value: name === "info" ? clicks || null : user[key(name)] } };
    if (name.endsWith("-store")) return { ...part, props: { ...part.props, data: user[key(name.replace("-store", ""))] } };
    return part;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.user_data = {
    load: nextPerson,
    nextPerson,
    handOn(firstName, lastName, age, clicks, strategy) {
      const values = [firstName, lastName, age, clicks];
      const changed = window.dash_clientside.callback_context.triggered.map((input) => input.prop_id.split(".")[0]);
      window.dash_clientside.user_data_trace.begin(strategy, wanted(values));
      const isChanged = (id, field) => id === `user-data-${strategy}-${field}` && changed.includes(`user-data-${field}`);
      return outputs().map(({ id }, index) => {
        const at = index % FIELDS.length;
        return isChanged(id, FIELDS[at]) ? values[at] ?? null : nothing();
      });
    },
    start(strategy, firstName, lastName, age, clicks, ...parts) {
      const user = wanted([firstName, lastName, age, clicks]);
      window.dash_clientside.user_data_trace.forget(strategy, user);
      return outputs().map(({ id }, index) =>
        id === `user-data-${strategy}-parts` ? parts[index].map((part) => filled(part, strategy, user, clicks)) : nothing(),
      );
    },
    says: (strategy, options) => options.find(({ value }) => value === strategy).title,
    view(strategy) {
      const user = window.dash_clientside.callback_context.inputs[`user-data-${strategy}-store.data`] ?? {};
      window.dash_clientside.user_data_trace.note(user);
      return JSON.stringify(user, null, 2);
    },
  };
})();
