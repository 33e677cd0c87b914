// Dash's dropdown takes no label: its name for a screen reader is its value alone, and what takes the focus has no
// name at all. Give both the text of the <label> that points at it. The handles of a slider, and the input behind an
// upload's button, have no name either. Radio items and checklists call themselves list boxes, and date pickers call
// themselves nothing that can expand: they are groups. And Bootstrap's tabs say that they control a panel which is not
// there: take that back.
(() => {
  function name(input) {
    const button = input.nextElementSibling;
    const label = document.querySelector(`label[for="${CSS.escape(button?.id ?? "")}"]`);
    if (!label) return;
    label.id ||= `${button.id}-label`;
    input.setAttribute("aria-label", label.textContent);
    input.removeAttribute("aria-hidden");
    button.setAttribute("aria-labelledby", `${label.id} ${button.getAttribute("aria-labelledby") ?? ""}`.trim());
  }
  function nameHandle(handle) {
    const slider = handle.closest(".dash-slider-container");
    const label = document.querySelector(`label[for="${CSS.escape(slider?.id ?? "")}"]`);
    if (label) handle.setAttribute("aria-label", label.textContent);
  }
  function plain(element) {
    for (const name of ["role", "aria-selected", "aria-expanded", "aria-haspopup", "aria-disabled", "aria-labelledby"])
      element.removeAttribute(name);
  }
  function group(list) {
    list.querySelectorAll("[role=option]").forEach(plain);
    list.setAttribute("role", "group");
  }
  const each = (selector, mend) => document.querySelectorAll(selector).forEach(mend);
  function mend() {
    each(".dash-dropdown-focus-target:not([aria-label])", name);
    each(".dash-slider-thumb:not([aria-label])", nameHandle);
    each(".dash-radioitems[role=listbox], .dash-checklist[role=listbox]", group);
    each(".dash-datepicker-input-wrapper[aria-expanded]", plain);
    each("input[type=file]:not([aria-label])", (input) => input.setAttribute("aria-label", input.parentElement.textContent));
    each("[aria-controls$='-tabpane-null']", (tab) => tab.removeAttribute("aria-controls"));
  }
  new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
})();
