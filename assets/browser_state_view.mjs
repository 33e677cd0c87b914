// Draws what is kept in this browser, and keeps the drawing up to date: for the inspector's page, and for the drawer.
import * as state from "./browser_state.mjs";

const EVERY = 500; // ms; a page hears of what other tabs write to storage, not of what it writes itself
const MOST_PARTS = 200; // of a list or an object; the rest can be copied
const MOST_TEXT = 2000; // characters of one text

const number = (value) => value.toLocaleString("en");
function element(tag, props = {}, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
}
const button = (text, onclick, look = "btn-link") => element("button", { type: "button", className: `btn btn-sm ${look}`, textContent: text, onclick });

// A value as a tree, whose branches are drawn when they are opened.
function tree(value) {
  if (value === null || typeof value !== "object") {
    const text = JSON.stringify(value) ?? "undefined";
    return element("code", { textContent: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}… and ${number(text.length - MOST_TEXT)} more` : text });
  }
  const parts = Object.entries(value);
  const list = element("ul", { className: "state-tree" });
  for (const [key, part] of parts.slice(0, MOST_PARTS)) list.append(element("li", {}, element("span", { className: "state-key", textContent: key }), branch(part)));
  if (parts.length > MOST_PARTS) list.append(element("li", { textContent: `… and ${number(parts.length - MOST_PARTS)} more: copy the value to see all` }));
  return list;
}

function branch(value) {
  if (value === null || typeof value !== "object") return tree(value);
  const size = Object.keys(value).length;
  const text = Array.isArray(value) ? `a list of ${size}` : `an object of ${size}`;
  const details = element("details", {}, element("summary", { textContent: text }));
  details.addEventListener("toggle", () => details.children.length === 1 && details.append(tree(value)));
  return details;
}

const sizeOf = ({ characters, bytes }) => (characters === null ? "" : `${number(characters)} characters, ${number(bytes)} bytes`);
const timeOf = ({ at }) => (at > 0 ? `changed ${new Date(at).toLocaleString()}` : "");

export async function show(root, path = null) {
  root.replaceChildren(element("p", { textContent: "Looking…" }));
  try {
    await state.load();
  } catch {
    root.textContent = "The server did not say whose keys these are. Open this again to try again.";
    return;
  }
  const rows = new Map(); // by the entry's name: {row, seen, editing}
  const groups = element("div");
  const status = element("p", { className: "state-status" });
  status.setAttribute("role", "status");
  const facts = element("p", { className: "small text-body-secondary mb-2" });
  const search = element("input", { type: "search", className: "form-control form-control-sm", placeholder: "Search keys, values and pages" });
  search.setAttribute("aria-label", "Search keys, values and pages");
  search.addEventListener("input", () => refresh());
  root.replaceChildren(...(path === null ? [toolbar()] : []), status, facts, groups);
  let current = [];

  function say(text, ...more) {
    status.replaceChildren(text, ...more);
  }

  function removeAll(entries) {
    const undo = state.remove(entries);
    const text = entries.length === 1 ? `${entries[0].key} was cleared. ` : `${entries.length} keys were cleared. `;
    const isForGood = entries.every(({ place }) => place === "IndexedDB");
    say(text, ...(isForGood ? [] : [button("Undo", () => (undo(), say("They are back."), refresh()), "btn-link p-0")]));
    refresh();
  }

  function toolbar() {
    const file = element("input", { type: "file", accept: ".json", hidden: true });
    file.setAttribute("aria-label", "A file to import");
    file.addEventListener("change", async () => {
      try {
        say(`Imported: ${state.imported(await file.files[0].text())} keys.`);
      } catch (error) {
        say(error.message);
      }
      file.value = "";
      refresh();
    });
    const save = () => {
      const address = URL.createObjectURL(new Blob([state.exported()], { type: "application/json" }));
      element("a", { href: address, download: "browser-state.json" }).click();
      URL.revokeObjectURL(address);
    };
    const ours = () => current.filter(({ owner }) => owner);
    const buttons = [
      button("Export ours", save, "btn-outline-primary"),
      button("Import a file", () => file.click(), "btn-outline-primary"),
      button("Clear all of ours", () => removeAll(ours()), "btn-outline-primary"),
    ];
    return element("div", { className: "state-toolbar" }, search, ...buttons, file);
  }

  // A row that is open: the value as a tree, and what can be done with it.
  function open(entry, row) {
    const copy = async ({ target }) => {
      await navigator.clipboard.writeText(entry.text);
      target.textContent = "Copied";
    };
    const actions = element("p", { className: "mb-0" }, button("Copy", copy));
    if (state.isEditable(entry)) actions.append(button("Edit", () => edit(entry, row)));
    actions.append(button("Clear", () => removeAll([entry])));
    row.lastChild.replaceChildren(tree(entry.value), actions);
  }

  function edit(entry, row) {
    const problem = element("p", { className: "state-problem" });
    problem.setAttribute("role", "alert");
    const field = element("textarea", { className: "form-control form-control-sm", rows: 6, spellcheck: false, value: state.editable(entry) });
    field.setAttribute("aria-label", `The value of ${entry.key}`);
    const close = () => {
      Object.assign(rows.get(entry.name), { editing: false, seen: "" }); // draw it anew, with what is kept now
      refresh();
    };
    const save = () => {
      problem.textContent = state.write(entry, field.value);
      if (!problem.textContent) close();
    };
    rows.get(entry.name).editing = true;
    row.lastChild.replaceChildren(field, problem, button("Save", save, "btn-primary"), button("Cancel", close));
    field.focus();
  }

  // Rows are kept from one drawing to the next, so that what is open or being edited stays so.
  function rowOf(entry) {
    const known = rows.get(entry.name) ?? { row: element("details", { className: "state-entry" }, element("summary"), element("div")) };
    const seen = `${entry.text} ${entry.at}`;
    if (known.editing || known.seen === seen) return known.row;
    const { row } = known;
    row.firstChild.replaceChildren(
      element("span", { className: "badge fact", textContent: entry.place }),
      element("strong", { textContent: entry.key }),
      element("small", { textContent: [entry.kind, sizeOf(entry), timeOf(entry)].filter(Boolean).join(" · ") }),
    );
    row.ontoggle = ({ target }) => target === row && row.open && !rows.get(entry.name).editing && open(entry, row);
    if (row.open) open(entry, row);
    rows.set(entry.name, { row, seen, editing: false });
    return row;
  }

  function headOf(owner, entries) {
    const title = element("h3", {}, owner?.path ? element("a", { href: owner.path, textContent: owner.title }) : (owner?.title ?? "Not ours: another app's or a library's"));
    const clear = button(entries.length === 1 ? "Clear it" : `Clear these ${entries.length}`, () => removeAll(entries));
    clear.setAttribute("aria-label", `${clear.textContent}: ${owner?.title}`);
    return element("div", { className: "state-head" }, title, ...(owner ? [clear] : []));
  }

  const isAt = (owner) => path === owner.path || (owner.path.length > 1 && path.startsWith(`${owner.path}/`));
  const isFound = ({ key, text, owner }) => `${key} ${text} ${owner?.title ?? ""}`.toLowerCase().includes(search.value.trim().toLowerCase());

  let drawn = "";
  async function refresh() {
    current = (await state.entries()).filter(({ owner }) => path === null || (owner && isAt(owner)));
    const found = current.filter(isFound);
    const byOwner = Map.groupBy(found, ({ owner }) => owner);
    const order = [...byOwner.keys()].sort((a, b) => (a === null) - (b === null) || a.title.localeCompare(b.title));
    for (const entry of found) rowOf(entry);
    // Drawn anew only when a key came or went: what is open or being edited stays as it is.
    const names = found.map(({ name }) => name).join("\n");
    if (names !== drawn || !groups.hasChildNodes()) {
      drawn = names;
      for (const name of rows.keys()) if (!current.some((entry) => entry.name === name)) rows.delete(name);
      const sections = order.map((owner) => element("section", { className: "state-group" }, headOf(owner, byOwner.get(owner)), ...byOwner.get(owner).map(rowOf)));
      groups.replaceChildren(...(sections.length ? sections : [element("p", { textContent: search.value ? "Nothing has that in it." : "Nothing is kept." })]));
    }
    await tellFacts();
  }

  async function tellFacts() {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
    const hidden = state.hiddenCookies();
    const lines = [
      document.documentElement.dataset.storage === "blocked" && "Your browser blocks storage: what is shown lasts as long as this page.",
      hidden.length && `Cookies that the server gets and no script can read: ${hidden.join(", ")}.`,
      path === null && quota && `Of about ${number(Math.round(quota / 1e6))} MB for this origin, ${number(Math.round(usage / 1e3))} kB are in use.`,
    ];
    const text = lines.filter(Boolean).join(" ");
    if (facts.textContent !== text) facts.textContent = text;
  }

  const timer = setInterval(() => {
    const isSeen = root.isConnected && groups.isConnected && (!root.closest("dialog") || root.closest("dialog").open);
    if (isSeen) refresh();
    else clearInterval(timer);
  }, EVERY);
  await refresh();
}

// Links of the view lead to other pages without a reload, which would forget what is in memory.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".state-head a, #shell-drawer a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  window.scrollTo(0, 0);
});
