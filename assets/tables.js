// The grid's state and its edited cells never leave the browser.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.tables = {
  resetGrid(clicks) {
    const { no_update } = window.dash_clientside;
    return clicks ? [true, {}, []] : [no_update, no_update, no_update];
  },
  // The store holds what was edited, not the rows: {country: {note: "…"}}.
  noteEdit(changes, edits) {
    const noted = { ...edits };
    for (const { rowId, colId, value } of changes ?? []) noted[rowId] = { ...noted[rowId], [colId]: value };
    return changes?.length ? noted : window.dash_clientside.no_update;
  },
  // Rows that are updated, not replaced, leave filter and selection as they are.
  applyEdits(_id, _timestamp, edits, rows) {
    if (!rows) return window.dash_clientside.no_update;
    return { update: rows.map((row) => ({ ...row, note: "", ...edits?.[row.country] })) };
  },
  forgetEdits: (clicks) => Boolean(clicks),
};
