// The browser half of components/star_rating.py: a React component, without a build step.
(() => {
  const { createElement, useRef } = React;
  const STARS = [1, 2, 3, 4, 5];
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
  const EMPTY = { stars: 0, comment: "" };

  function StarRating({ id, label, value, setProps }) {
    const buttons = useRef([]);
    const { stars, comment } = { ...EMPTY, ...value };
    const set = (part) => setProps({ value: { ...EMPTY, ...value, ...part } });

    // As in any group of radio buttons: Tab enters and leaves it, arrows choose.
    function onKeyDown(event) {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const next = ((stars || (step > 0 ? 0 : 1)) - 1 + step + STARS.length) % STARS.length;
      set({ stars: STARS[next] });
      buttons.current[next].focus();
    }

    const star = (number) =>
      createElement("button", {
        key: number,
        ref: (node) => (buttons.current[number - 1] = node),
        type: "button",
        role: "radio",
        "aria-checked": number === stars,
        "aria-label": `${number} ${number === 1 ? "star" : "stars"}`,
        tabIndex: number === (stars || 1) ? 0 : -1,
        className: "star",
        onClick: () => set({ stars: number }),
        children: number <= stars ? "★" : "☆",
      });

    return createElement("div", { id, className: "star-rating" }, [
      createElement("div", { key: "stars", role: "radiogroup", "aria-label": label, onKeyDown }, STARS.map(star)),
      createElement("input", {
        key: "comment",
        className: "form-control form-control-sm",
        "aria-label": `${label}: comment`,
        placeholder: "A comment",
        value: comment,
        onChange: (event) => set({ comment: event.target.value }),
      }),
    ]);
  }

  // What persistence needs: two defaults, so that `persistence=True` is all a page says…
  StarRating.defaultProps = { persisted_props: ["value.stars"], persistence_type: "local" };
  // …and, since only a part of `value` persists, how to take that part out and put it back.
  StarRating.persistenceTransforms = {
    value: {
      stars: {
        extract: (value) => value?.stars,
        apply: (stars, value) => ({ ...value, stars }), // a new object: Dash compares the old one later
      },
    },
  };

  window.atlas = { ...window.atlas, StarRating };
})();
