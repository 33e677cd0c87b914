"""What surrounds every page: top bar, side bar, search, theme, notices."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html, page_container

from components.attributes import aria
from components.browser_state import drawer
from components.icons import icon
from components.notices import notice_area
from components.page_scripts import script_list
from components.registry import grouped_pages, patterns
from components.wire_meter import wire_store

BRAND = "Dash Storage Atlas"
THEMES = {"light": ("sun", "Light"), "dark": ("moon", "Dark"), "auto": ("circle-half", "Auto")}


def layout() -> html.Div:
    """Draw the frame around the pages."""
    return html.Div(
        [
            html.A("Skip to content", href="#content", className="skip-link"),
            _top_bar(),
            dbc.Offcanvas(_navigation(), id="shell-menu", title="Pages", className="shell-offcanvas"),
            html.Div(
                [
                    html.Aside(_navigation(), className="shell-side d-none d-lg-block"),
                    html.Main(page_container, id="content", tabIndex="-1"),
                ],
                className="shell-body",
            ),
            _search(),
            drawer(),
            notice_area(),
            wire_store(),
            script_list(),
            *(store for pattern in patterns() for store in pattern.app_stores),
        ]
    )


def _top_bar() -> html.Header:
    return html.Header(
        [
            html.Button(
                icon("list"),
                id="shell-menu-button",
                className="btn d-lg-none",
                **aria(label="Open the menu"),
            ),
            dcc.Link([icon("database"), html.Span(BRAND)], href="/", className="shell-brand"),
            html.Button(
                [icon("search"), html.Span("Search", className="d-none d-sm-inline"), html.Kbd("/")],
                id="shell-search-button",
                className="shell-search-button",
                **aria(label="Search the pages"),
            ),
            html.Button(
                icon("archive"),
                id="shell-drawer-button",
                className="btn",
                title="What this page keeps in this browser",
                **aria(label="What this page keeps in this browser"),
            ),
            _theme_switch(),
        ],
        className="shell-top",
    )


def _theme_switch() -> html.Div:
    """Draw the switch; its choice is kept in a local Store, which `assets/theme.js` reads before the first paint."""
    return html.Div(
        [
            dcc.Store(id="shell-theme-store", storage_type="local"),
            dbc.RadioItems(
                id="shell-theme",
                options=[
                    {
                        "value": theme,
                        "label": [icon(name), html.Span(f"{label} theme", className="visually-hidden")],
                        "title": f"{label} theme",
                        "input_id": f"shell-theme-{theme}",
                    }
                    for theme, (name, label) in THEMES.items()
                ],
                value=None,  # set by the store, so that only a click can differ from it
                class_name="btn-group",
                input_class_name="btn-check",
                label_class_name="btn btn-sm",
            ),
        ],
        role="group",
        className="shell-theme",
        **aria(label="Theme"),
    )


def _navigation() -> html.Nav:
    groups: list[Any] = [dbc.NavLink("Which storage?", href="/", active="exact")]
    for title, members in grouped_pages():
        groups.append(html.H2(title, className="shell-group"))
        groups += [dbc.NavLink(page["name"], href=page["path"], active=_active(page)) for page in members]
    return html.Nav(groups, className="nav nav-pills flex-column", **aria(label="Pages"))


def _active(page: dict[str, Any]) -> str:
    """Return when a page's link is marked: where paths below the page's own are the page, too, for those as well."""
    return "partial" if page["path_template"] else "exact"


def _search() -> html.Dialog:
    """Draw the search box; `assets/search.js` opens it, fetches the index once and fills in what it finds."""
    return html.Dialog(
        [
            dbc.Label("Search pages and headings", html_for="shell-search-input", class_name="visually-hidden"),
            dbc.Input(
                id="shell-search-input",
                type="search",
                placeholder="Search pages and headings",
                autocomplete="off",
            ),
            html.Ul(id="shell-search-results", **aria(label="Found")),
        ],
        id="shell-search",
        **aria(label="Search"),
    )


clientside_callback(
    ClientsideFunction("theme", "keep"),
    Output("shell-theme", "value"),
    Output("shell-theme-store", "data"),
    Input("shell-theme", "value"),
    Input("shell-theme-store", "data"),
)

clientside_callback(
    ClientsideFunction("search", "find"),
    Output("shell-search-results", "children"),
    Input("shell-search-input", "value"),
    prevent_initial_call=True,
)

clientside_callback(
    ClientsideFunction("shell", "toggleMenu"),
    Output("shell-menu", "is_open"),
    Input("shell-menu-button", "n_clicks"),
    Input("_pages_location", "pathname"),
    State("shell-menu", "is_open"),
    prevent_initial_call=True,
)
