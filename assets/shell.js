// The frame's own behaviour: the menu on phones, and addresses that point at a heading.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.shell = {
  toggleMenu(_clicks, _pathname, isOpen) {
    const clicked = window.dash_clientside.callback_context.triggered_id === "shell-menu-button";
    return clicked && !isOpen;
  },
};

// Dash draws a page after the browser has looked for the address's #heading, and parts of a page arrive later still:
// keep the heading in view while the page grows, until the visitor does something.
(() => {
  function keepHashInView() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const observer = new ResizeObserver(() => document.getElementById(id)?.scrollIntoView());
    const stop = () => observer.disconnect();
    observer.observe(document.body);
    setTimeout(stop, 5000);
    for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      window.addEventListener(type, stop, { once: true, passive: true });
    }
  }
  window.addEventListener("DOMContentLoaded", keepHashInView);
  window.addEventListener("_dashprivate_pushstate", keepHashInView);
})();

// The drawer with what the page keeps in this browser: nothing of it is loaded before it is opened.
document.addEventListener("click", async ({ target }) => {
  const drawer = document.getElementById("shell-drawer");
  if (target.closest("#shell-drawer-button")) {
    drawer.showModal();
    const { show } = await import("/assets/browser_state_view.mjs");
    show(document.getElementById("shell-drawer-content"), location.pathname);
  } else if (target === drawer || target.closest("#shell-drawer :is(a, .dialog-close)")) drawer.close();
});
