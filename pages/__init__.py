"""One module a page: what it is, and what it looks like."""
