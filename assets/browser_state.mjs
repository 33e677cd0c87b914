// What is kept in this browser for this origin: read, told apart, written and removed. Draws nothing.
const PERSISTENCE = "_dash_persistence.";
const FORMAT = "dash-storage-atlas browser state";
const STORAGES = { local: "localStorage", session: "sessionStorage" };
const FULL = "Your browser's storage for this site is full: nothing was changed.";

let known = { owners: [], cookies: [] }; // the server's answer: the app's name, whose keys begin with what, names of cookies
const changed = new Map(); // the text of each entry, and when it was seen to change

export async function load() {
  known = await fetch("/browser-state.json").then((answer) => answer.json());
}

const parse = (text) => {
  try {
    return { value: JSON.parse(text), isJson: true };
  } catch {
    return { value: text, isJson: false };
  }
};

// Whose a key is: by what stands in front of it, and then by the page whose name its id begins with.
export function whose(key) {
  const guarded = `${known.app}:`;
  const kind = key.startsWith(PERSISTENCE) ? "persistence" : key.startsWith(guarded) ? "guarded store" : "store";
  const id = key.slice({ persistence: PERSISTENCE.length, "guarded store": guarded.length, store: 0 }[kind]);
  const matches = known.owners.flatMap((owner) => owner.prefixes.filter((prefix) => `${id}-`.startsWith(prefix)).map((prefix) => [prefix, owner]));
  const [, owner = null] = matches.sort(([a], [b]) => b.length - a.length)[0] ?? [];
  return { kind: owner || kind === "persistence" ? kind : "", id, owner };
}

function seenToChange(name, text) {
  const [before, at] = changed.get(name) ?? [text, null];
  const now = before === text ? at : Date.now();
  changed.set(name, [text, now]);
  return now;
}

function entry(place, key, text, more = {}) {
  const name = `${place} ${key}`;
  const bytes = new TextEncoder().encode(key + text).length;
  return { name, place, key, text, ...parse(text), at: seenToChange(name, text), characters: key.length + text.length, bytes, ...whose(key), ...more };
}

function stored(place) {
  const storage = window[STORAGES[place]];
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  const isTimestamp = (key) => key.endsWith("-timestamp") && keys.includes(key.slice(0, -"-timestamp".length));
  return keys
    .filter((key) => !isTimestamp(key))
    .map((key) => {
      const found = entry(place, key, storage.getItem(key) ?? "");
      if (found.kind === "guarded store" && Number.isFinite(found.value?.at)) return { ...found, value: found.value.data, at: found.value.at };
      const timestamp = Number(storage.getItem(`${key}-timestamp`));
      return timestamp ? { ...found, at: timestamp } : found;
    });
}

function cookies() {
  const pairs = document.cookie.split("; ").filter(Boolean);
  return pairs.map((pair) => entry("cookie", pair.split("=")[0], pair.slice(pair.indexOf("=") + 1), { kind: "cookie" }));
}

// Memory stores are in Dash's own state, which its renderer hands out: only those of the page that is open exist.
function memory() {
  const ids = (window.dash_stores ?? []).flatMap((store) => Object.keys(store.getState().paths?.strs ?? {}));
  return ids.flatMap((id) => {
    const { type, props } = window.dash_component_api.getLayout(id) ?? {};
    const isMemory = type === "Store" && (props.storage_type ?? "memory") === "memory" && (props.data ?? null) !== null;
    const kind = id.startsWith("_pages_") ? "Dash's own" : "store";
    return isMemory ? [entry("memory", id, JSON.stringify(props.data), { kind, at: props.modified_timestamp })] : [];
  });
}

async function databases() {
  const found = (await window.indexedDB?.databases?.().catch(() => [])) ?? [];
  return found.map(({ name, version }) => entry("IndexedDB", name, `version ${version}`, { kind: "database", isJson: false, characters: null, bytes: null }));
}

// All that is kept, as a list of entries. `at` is in milliseconds since 1970, or null where nobody knows.
export async function entries() {
  const all = [...stored("local"), ...stored("session"), ...cookies(), ...memory(), ...(await databases())];
  return all.sort((a, b) => a.key.localeCompare(b.key));
}

// The names of cookies that the server gets and no script can read.
export function hiddenCookies() {
  const readable = cookies().map(({ key }) => key);
  return known.cookies.filter((name) => !readable.includes(name));
}

// A page is not told of what it writes itself: tell the stores of this one what a browser tells other tabs.
function tell(place, key, oldValue, newValue) {
  const storage = window[STORAGES[place]];
  const storageArea = storage instanceof Storage ? storage : null; // not where the browser blocks it
  window.dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue, storageArea }));
}

function put(place, key, text) {
  const storage = window[STORAGES[place]];
  const before = storage.getItem(key);
  if (text === null) storage.removeItem(key);
  else storage.setItem(key, text);
  if (before !== text) tell(place, key, before, text);
}

export const isEditable = ({ place }) => place in STORAGES || place === "memory";

// What an editor shows of an entry: of a guarded store the data, without its time.
export const editable = ({ isJson, value, text }) => (isJson ? JSON.stringify(value, null, 2) : text);

// Write what was edited. Return why that is not possible, "" where it was done.
export function write({ place, key, kind, isJson, owner }, text) {
  const edited = parse(text);
  const mustBeJson = isJson || owner || kind === "persistence";
  if (mustBeJson && !edited.isJson) return "This is not JSON: check quotes, commas and brackets. Nothing was changed.";
  if (place === "memory") return window.dash_clientside.set_props(key, { data: edited.value }), "";
  const at = Date.now();
  const written = kind === "guarded store" ? JSON.stringify({ at, data: edited.value }) : mustBeJson ? JSON.stringify(edited.value) : text;
  try {
    if (kind === "store" && `${key}-timestamp` in window[STORAGES[place]]) put(place, `${key}-timestamp`, String(at));
    put(place, key, written);
    return "";
  } catch {
    return FULL;
  }
}

// Remove entries. Return a function that puts them back, as far as that is possible: a database is gone for good.
export function remove(found) {
  const undo = [];
  for (const { place, key, text, value } of found) {
    if (place in STORAGES) {
      const timestamp = window[STORAGES[place]].getItem(`${key}-timestamp`);
      if (timestamp !== null) put(place, `${key}-timestamp`, null); // first: the store reads it when it is told
      put(place, key, null);
      undo.push(() => timestamp !== null && put(place, `${key}-timestamp`, timestamp), () => put(place, key, text));
    } else if (place === "cookie") {
      document.cookie = `${key}=; path=/; max-age=0`;
      undo.push(() => (document.cookie = `${key}=${text}; path=/; SameSite=Lax`));
    } else if (place === "memory") {
      window.dash_clientside.set_props(key, { clear_data: true });
      undo.push(() => window.dash_clientside.set_props(key, { data: value }));
    } else window.indexedDB.deleteDatabase(key);
  }
  return () => undo.forEach((step) => step());
}

// One file with all of ours in local and session storage: {format, version, local: {key: text}, session: {key: text}}.
export function exported() {
  const ours = (place) => Object.fromEntries(Object.entries({ ...window[STORAGES[place]] }).filter(([key]) => whose(key).owner));
  return JSON.stringify({ format: FORMAT, version: 1, local: ours("local"), session: ours("session") }, null, 1);
}

// Check a file, and write all of it or nothing. Return what was done, or throw an Error that says why not.
export function imported(text) {
  const { value: file } = parse(text);
  if (file?.format !== FORMAT || file.version !== 1) throw new Error("This is not a file that was exported here. Nothing was imported.");
  const places = Object.keys(STORAGES);
  const isKept = (kept) => kept && typeof kept === "object" && !Array.isArray(kept);
  if (!places.every((place) => isKept(file[place]))) throw new Error("The file lacks what was kept in local or session storage. Nothing was imported.");
  const pairs = places.flatMap((place) => Object.entries(file[place]).map(([key, kept]) => [place, key, kept]));
  const foreign = pairs.filter(([, key]) => !whose(key).owner).map(([, key]) => key);
  if (foreign.length) throw new Error(`The file has keys that are not this app's: ${foreign.slice(0, 5).join(", ")}. Nothing was imported.`);
  const broken = pairs.filter(([, , kept]) => typeof kept !== "string" || !parse(kept).isJson).map(([, key]) => key);
  if (broken.length) throw new Error(`The file holds no JSON for ${broken.slice(0, 5).join(", ")}. Nothing was imported.`);
  const before = pairs.map(([place, key]) => [place, key, window[STORAGES[place]].getItem(key)]);
  try {
    pairs.forEach((pair) => put(...pair));
  } catch {
    // What was there fits: make room first, then put it back.
    before.forEach(([place, key]) => put(place, key, null));
    before.forEach((pair) => put(...pair));
    throw new Error(FULL.replace("changed", "imported"));
  }
  return pairs.length;
}
