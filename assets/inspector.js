// The inspector's page: loads what draws, and lets it draw.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.inspector = {
  async draw(id) {
    const { show } = await import("/assets/browser_state_view.mjs");
    await show(document.getElementById(id));
    return "drawn";
  },
};
