// Fetches highlighted source when somebody looks at it: a tab of the code view, a claim, a cell of the matrix.
(() => {
  async function fill(place, address) {
    if (!place || place.dataset.shown === address) return;
    place.dataset.shown = address;
    const answer = await fetch(address);
    place.innerHTML = answer.ok ? await answer.text() : "";
    if (!answer.ok) {
      place.textContent = "This code could not be fetched. Close and open it to try again.";
      delete place.dataset.shown;
    }
  }

  document.addEventListener(
    "toggle",
    (event) => {
      const { source } = event.target.dataset ?? {};
      if (source && event.target.open) fill(event.target.querySelector(".source"), source);
    },
    true,
  );

  // One dialog shows the proof of whichever cell of the matrix was pressed.
  function prove(address) {
    document.getElementById("home-proof-dialog").showModal();
    fill(document.getElementById("home-proof"), address);
  }

  async function copy(button) {
    const code = button.closest(".listing").querySelector("pre").cloneNode(true);
    code.querySelectorAll(".linenos").forEach((number) => number.remove());
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".source-copy, [data-proof], .dialog-close");
    if (button?.matches(".source-copy")) copy(button);
    else if (button?.matches(".dialog-close")) button.closest("dialog").close();
    else if (button) prove(button.dataset.proof);
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.source = {
    show(file) {
      fill(document.getElementById("code-source"), `/source/${file}`);
      return file;
    },
  };
})();
