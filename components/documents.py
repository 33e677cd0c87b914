"""The pages in other forms: as Markdown, as a search index, as lists for programs and crawlers."""

from functools import cache
from typing import Any

from dash.development.base_component import Component
from flask import Blueprint, Response, abort, jsonify, request

from components import markdown
from components.registry import pages, patterns

documents = Blueprint("documents", __name__)


@documents.get("/<path:name>.md")
def show_markdown(name: str) -> Response:
    """Answer a page as plain Markdown, its code included."""
    pattern = next((pattern for pattern in patterns() if pattern.path == f"/{name}"), None) or abort(404)
    return Response(markdown.page(pattern), mimetype="text/markdown")


@documents.get("/llms.txt")
def list_for_machines() -> Response:
    """Answer the list of pages for programs that read: each page's Markdown, with its summary."""
    return Response(markdown.index(patterns(), request.url_root.rstrip("/")), mimetype="text/plain")


@documents.get("/sitemap.xml")
def list_for_crawlers() -> Response:
    """Answer the addresses of all pages."""
    root = request.url_root.rstrip("/")
    addresses = "".join(f"<url><loc>{root}{page['path']}</loc></url>" for page in pages())
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{addresses}</urlset>',
        mimetype="application/xml",
    )


@documents.get("/robots.txt")
def guide_crawlers() -> Response:
    """Answer where the sitemap is; everything may be read."""
    return Response(f"User-agent: *\nAllow: /\nSitemap: {request.url_root}sitemap.xml\n", mimetype="text/plain")


@documents.get("/search.json")
def search_index() -> Response:
    """Answer what the search looks through: each page, then each of its headings."""
    return jsonify(_search_entries())


@cache
def _search_entries() -> list[dict[str, str]]:
    entries = []
    for page in pages():
        entry = {"page": page["name"], "href": page["path"], "text": page["description"]}
        entries.append({"title": page["name"], **entry})
        layout = page["layout"]() if callable(page["layout"]) else page["layout"]
        for heading in _headings(layout):
            text = getattr(heading, "children", "")
            if isinstance(text, str):
                entries.append({**entry, "title": text, "href": f"{page['path']}#{heading.id}", "text": ""})
    return entries


def _headings(layout: Component) -> list[Any]:
    """Return a layout's headings that can be linked to."""
    return [part for part in layout._traverse() if getattr(part, "_type", "") in ("H2", "H3") and hasattr(part, "id")]
