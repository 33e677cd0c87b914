"""One module a page: plain functions under `@callback`."""
