// The notes of both apps, and what any script of the origin can read.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.two_apps = {
  save: (clicks, note, app) => (clicks ? { note: note ?? "", by: app } : window.dash_clientside.no_update),
  show: (kept) => (kept?.by ? `“${kept.note}”, written by ${kept.by}` : "Nothing is kept."),
  readAll() {
    const line = ([key, text]) => ({ namespace: "dash_html_components", type: "Li", props: { children: `${key}: ${text.slice(0, 200)}` } });
    return Object.entries(localStorage).sort().map(line);
  },
};
