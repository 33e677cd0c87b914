// Applies the kept theme before the first paint: this file is loaded in <head>, ahead of the styles.
(() => {
  const KEY = "shell-theme-store"; // the local dcc.Store of the theme switch
  const CHOICES = ["light", "dark", "auto"];
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  let current = "auto";

  function apply(choice) {
    current = CHOICES.includes(choice) ? choice : "auto";
    const dark = current === "dark" || (current === "auto" && prefersDark.matches);
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
    return current;
  }

  try {
    apply(JSON.parse(localStorage.getItem(KEY)));
  } catch {
    apply("auto"); // storage is blocked, or holds what we did not write
  }
  prefersDark.addEventListener("change", () => apply(current));

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.theme = {
    // A click decides; without one, on load and when another tab has written, the store does.
    keep(chosen, stored) {
      const { no_update, callback_context } = window.dash_clientside;
      const clicked = chosen && callback_context.triggered_id === "shell-theme";
      const choice = apply(clicked ? chosen : stored);
      return [choice, clicked ? choice : no_update];
    },
  };
})();
