// Offers what is in stock, and says of the kept value when it no longer is.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.persistence_traps = {
  offer(stock, chosen) {
    const options = (stock ?? []).map((value) => ({ label: value, value }));
    const gone = chosen && !stock?.includes(chosen);
    return gone ? [...options, { label: `${chosen} (not available)`, value: chosen, disabled: true }] : options;
  },
};
