// Measures what this browser takes. Imported when somebody asks for it: most visitors of most pages never do.
const CHUNK = 2 ** 22; // characters
const MOST = 2 ** 26; // characters: a storage that takes more is as good as without limit

const number = (value) => value.toLocaleString("en");

// Add `unit` again and again until nothing more fits; return how many characters, those of the keys included.
export function fill(storage, prefix, unit) {
  let added = 0;
  let keys = 0;
  for (let size = CHUNK / unit.length; size >= 1; size /= 2) {
    try {
      while (added < MOST) {
        const [key, value] = [prefix + keys, unit.repeat(size)];
        storage.setItem(key, value);
        [added, keys] = [added + key.length + value.length, keys + 1];
      }
    } catch {
      // That was too much: go on with half.
    }
  }
  return added;
}

function room(storage, prefix, unit) {
  try {
    return fill(storage, prefix, unit);
  } finally {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  }
}

const used = (storage) => Object.entries(storage).reduce((sum, [key, value]) => sum + key.length + value.length, 0);

function measureStorage(storage, prefix, isBlocked) {
  if (isBlocked) return "Your browser blocks it for this site.";
  const inUse = used(storage);
  const latin = inUse + room(storage, prefix, "x");
  const emoji = (inUse + room(storage, prefix, "😀")) / 2;
  return `${number(latin)} characters such as “x”, or ${number(Math.round(emoji))} such as “😀”; ${number(inUse)} are in use.`;
}

// Bisect between a size that is taken and one that is not.
function largest(takes, small, large) {
  while (large - small > 1) {
    const middle = (small + large) >> 1;
    [small, large] = takes(middle) ? [middle, large] : [small, middle];
  }
  return small;
}

function measureCookie(prefix) {
  const name = `${prefix}0`;
  const takes = (size) => {
    document.cookie = `${name}=${"x".repeat(size - name.length)}; path=/; SameSite=Lax`;
    const taken = document.cookie.split("; ").some((cookie) => cookie.startsWith(`${name}=`) && cookie.length === size + 1);
    document.cookie = `${name}=; path=/; max-age=0`;
    return taken;
  };
  if (!takes(100)) return "Your browser blocks cookies for this site.";
  return `${number(largest(takes, 100, 100_000))} bytes in one cookie, its name included.`;
}

// How long an address may be that a script of the page gives it: nothing is asked of the server.
function measureAddress() {
  const { href } = location;
  const takes = (size) => {
    const longer = href.split("#")[0] + "#" + "x".repeat(size - href.split("#")[0].length - 1);
    try {
      history.replaceState(history.state, "", longer);
      return location.href.length === size;
    } catch {
      return false;
    } finally {
      history.replaceState(history.state, "", href);
    }
  };
  // Browsers count how often a script does this: try a few sizes only.
  const sizes = [2_000, 8_000, 64_000, 500_000, 2_000_000];
  const taken = sizes.filter(takes);
  return taken.length === sizes.length ? "At least 2,000,000 characters." : `At least ${number(taken.at(-1) ?? 0)} characters.`;
}

// How long a link may be that the server, and whatever stands before it, accepts.
async function measureLink() {
  for (const size of [2_000, 4_000, 8_000, 16_000, 32_000, 64_000]) {
    const path = "/healthz?";
    const { ok, status } = await fetch(path + "x".repeat(size - path.length), { method: "HEAD" });
    if (!ok) return `This server refuses one of ${number(size)} characters with status ${status}, and takes ${number(size / 2)}.`;
  }
  return "This server takes 64,000 characters.";
}

async function measureOrigin() {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  return quota ? `About ${number(Math.round(quota / 1e6))} MB, of which ${number(Math.round(usage / 1e3))} kB are in use.` : "Your browser does not tell.";
}

// Measure one after the other, and let the page answer the visitor in between. What is added begins with the prefix.
export async function measureAll(prefix, isBlocked) {
  const measures = [
    () => measureStorage(localStorage, prefix, isBlocked),
    () => measureStorage(sessionStorage, prefix, isBlocked),
    () => measureCookie(prefix),
    measureAddress,
    measureLink,
    measureOrigin,
  ];
  const measured = [];
  for (const measure of measures) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    measured.push(await measure());
  }
  return measured;
}
