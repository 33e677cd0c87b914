// What the tabs of one browser tell each other. None of it asks the server.
(() => {
  const LOCAL = "cross-tab-local-store";
  const LOGIN = "cross-tab-login-store";
  const TAB = "cross-tab-id";
  const PROBE = "cross-tab-probe";
  const FULL = "Your browser's storage for this site is full: the local and the session store keep what they had.";

  let channel; // opened when the page is first shown; open tabs keep it on other pages as well
  let said = { at: 0, text: "" }; // this tab's copy of what was said over the channel
  let tab = { id: "", copyOf: "" };
  let settled = false; // nobody else has this tab's id
  const question = newId();

  const onPage = () => document.getElementById("cross-tab-tab");
  const set = (id, props) => onPage() && window.dash_clientside.set_props(id, props);

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function start() {
    try {
      channel = new BroadcastChannel("dash-storage-atlas:cross-tab");
    } catch {
      return keepTab(newId()); // some browsers refuse it together with storage
    }
    channel.onmessage = ({ data }) => hear[data.type]?.(data);
    channel.postMessage({ type: "what" });
    const id = sessionStorage.getItem(TAB);
    if (!id) return keepTab(newId());
    // A copied tab comes with its original's session storage: ask whether somebody else has this id.
    tab.id = id;
    channel.postMessage({ type: "who", id, question });
    setTimeout(() => (settled = true), 500);
  }

  const hear = {
    what: () => said.at && channel.postMessage({ type: "say", said }),
    say(message) {
      if (message.said.at <= said.at) return;
      said = message.said;
      set("cross-tab-said", { children: said.text });
    },
    who(message) {
      // Of two that ask at once, as after a restart of the browser, one gives way.
      if (message.id === tab.id && (settled || question < message.question)) channel.postMessage({ ...message, type: "mine" });
    },
    mine(message) {
      if (message.question !== question || settled) return;
      keepTab(newId(), message.id);
      set("cross-tab-tab", { children: describeTab() });
    },
    signedOut: () => set(LOGIN, { data: null }),
  };

  function keepTab(id, copyOf = "") {
    tab = { id, copyOf };
    settled = true;
    try {
      sessionStorage.setItem(TAB, id);
    } catch {
      // Full: the id lasts as long as the page.
    }
  }

  const describeTab = () => (tab.copyOf ? `${tab.id}, copied from ${tab.copyOf}` : tab.id);

  function fits(value) {
    try {
      for (const storage of [localStorage, sessionStorage]) {
        storage.setItem(PROBE, JSON.stringify(value).repeat(2));
        storage.removeItem(PROBE);
      }
      return true;
    } catch {
      return false;
    }
  }

  const clock = (ms) => new Date(ms).toISOString().slice(11, 23);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.cross_tab = {
    // Called when the page is drawn.
    begin(_id) {
      if (!tab.id) start();
      return [describeTab(), said.text || "nothing"];
    },
    write(clicks, _submits, text) {
      const { no_update, callback_context } = window.dash_clientside;
      if (!callback_context.triggered.length || !text) return [no_update, no_update, no_update, no_update];
      said = { at: Date.now(), text };
      channel?.postMessage({ type: "say", said });
      // A Store that once failed to write never writes again, so find out first.
      return fits(said) ? [said, said, text, ""] : [no_update, no_update, text, FULL];
    },
    showLocal(stored, timestamp) {
      if (!stored?.at) return ["nothing", ""];
      const behind = timestamp < stored.at;
      const says = timestamp > 0 ? clock(timestamp) : "nothing yet";
      return [stored.text, `Written ${clock(stored.at)}; the timestamp says ${says}${behind ? ", which is behind" : ""}.`];
    },
    showSession: (stored) => stored?.text ?? "nothing",
    open(clicks) {
      if (clicks) window.open(location.pathname);
      return window.dash_clientside.no_update;
    },
    signIn(clicks) {
      const { no_update } = window.dash_clientside;
      const login = { since: Date.now() };
      if (!clicks) return [no_update, no_update];
      return fits(login) ? [login, ""] : [no_update, FULL];
    },
    signOut(clicks) {
      if (!clicks) return window.dash_clientside.no_update;
      channel?.postMessage({ type: "signedOut" });
      return null;
    },
    showLogin: (login) => (login?.since ? ["Signed in", true, false] : ["Signed out", false, true]),
  };

  // What a tab could not hear: others signed out while it was asleep, or somebody cleared storage behind the app's back.
  function lookAgain() {
    const gone = (key) => [null, "null"].includes(localStorage.getItem(key));
    if (document.getElementById("cross-tab-login")?.textContent === "Signed in" && gone(LOGIN)) set(LOGIN, { data: null });
    if (document.getElementById("cross-tab-lag")?.textContent && gone(LOCAL)) set(LOCAL, { clear_data: true });
  }
  for (const type of ["focus", "pageshow", "storage"]) window.addEventListener(type, lookAgain);
  for (const type of ["visibilitychange", "resume"]) document.addEventListener(type, lookAgain);
  setInterval(lookAgain, 1000);
})();
