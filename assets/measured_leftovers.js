// On every page: removes what a tab left behind in storage that died while it measured. See assets/limits.js.
for (const storage of [localStorage, sessionStorage])
  for (const key of Object.keys(storage)) if (/^limits-(probe|filler)-/.test(key)) storage.removeItem(key);
