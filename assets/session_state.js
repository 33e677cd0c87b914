// Which tab this is: an id in session storage, which a reload keeps. A duplicated tab copies the storage of the first
// one; so each tab holds a lock of its id's name while it is open, and one that cannot get it takes the fresh id.
(() => {
  const KEY = "session-state-tab-id";
  let mine;

  // Tells whether the lock was to be had. Without HTTPS there are no locks.
  function hold(id, options) {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      const untilTheTabIsClosed = () => (resolve(true), new Promise(() => {}));
      navigator.locks.request(`${KEY} ${id}`, options, untilTheTabIsClosed).catch(() => resolve(false));
    });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.session_state = {
    async tab(fresh) {
      if (mine) return mine;
      // After a reload, the page before may need a moment to let go.
      const patience = { signal: AbortSignal.timeout(2000) };
      const kept = sessionStorage.getItem(KEY);
      mine = kept && (await hold(kept, patience)) ? kept : fresh;
      if (mine === fresh) hold(fresh, {});
      sessionStorage.setItem(KEY, mine);
      return mine;
    },
  };
})();
