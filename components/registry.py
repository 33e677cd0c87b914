"""What the page registry knows. Navigation, search, matrix, sitemap and tests all ask here; nothing lists pages."""

from collections.abc import Iterator
from typing import Any

import dash

from components.pattern import GROUPS, Pattern


def pages() -> list[dict[str, Any]]:
    """Return every page a reader can go to, in reading order."""
    return [page for page in dash.page_registry.values() if page["module"] != "pages.not_found_404"]


def patterns() -> list[Pattern]:
    """Return the declarations of all pattern pages, in reading order."""
    return [page["pattern"] for page in pages() if "pattern" in page]


def grouped_pages() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each group's title with its pages; groups without pages are left out."""
    for group in GROUPS:
        members = [page for page in pages() if "pattern" in page and page["pattern"].group == group]
        if members:
            yield group, members


def neighbours(path: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the pages before and after the one at this path."""
    order = pages()
    here = next(index for index, page in enumerate(order) if page["path"] == path)
    return (order[here - 1] if here else None), (order[here + 1] if here + 1 < len(order) else None)
