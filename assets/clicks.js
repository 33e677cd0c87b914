// The counter that never asks the server, and the time of a store's last change.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.clicks = {
  count(nClicks, stored) {
    if (!nClicks) return window.dash_clientside.no_update;
    return { clicks: (Number(stored?.clicks) || 0) + 1 };
  },
  show: (_timestamp, stored) => Number(stored?.clicks) || 0,
  clear: (nClicks) => Boolean(nClicks),
  // A memory store that was never written has no timestamp at all, the other two have -1.
  showWhen: (timestamp) => (timestamp > 0 ? `last changed ${new Date(timestamp).toLocaleTimeString()}` : "never written"),
};
