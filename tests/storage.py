"""Browsers whose storage is blocked, or full: scripts to run in a page."""

# What a browser does that refuses storage: every mention of it is an error.
BLOCK_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException("", "SecurityError") } })"""

# Fills local storage to the last character.
FILL_STORAGE = """() => {
  for (let size = 2 ** 22; size >= 1; size /= 2)
    try { for (let i = 0; ; i++) localStorage.setItem(`filler-${size}-${i}`, "x".repeat(size)); } catch {}
}"""
