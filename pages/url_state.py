"""URL state: a dashboard whose filters are in its address, so that a link, a bookmark or Back brings them back."""

from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.url_state import CONTINENTS, URL, country_of, slug
from components.figures import CONFIG
from components.pattern import Claim, Event, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.prose import prose
from data.gapminder import FIELDS, countries

SURVIVES: tuple[Event, ...] = (
    "page change",
    "reload",
    "new tab",
    "new browser",
    "server restart",
    "second worker",
)

PATTERN = Pattern(
    name="url_state",
    title="State in the address",
    group="In the browser",
    order=60,
    summary="Filter the chart and look at the address: it says all of it. Copy it, go back, open it elsewhere.",
    places=(
        Place(
            key="query",
            name="Query string",
            lives_in="the address",
            scope="everyone",
            survives=SURVIVES,
            limit="2,000 characters are safe everywhere",
            capacity=2_000,
            readable_by="whoever has the link, the browser's history, the logs of servers",
            wire_bytes=3795,
        ),
        Place(
            key="path",
            name="Path",
            lives_in="the address",
            scope="everyone",
            survives=SURVIVES,
            limit="the name of one thing",
            capacity=100,
            readable_by="whoever has the link, the browser's history, the logs of servers",
            wire_bytes=32916,
        ),
    ),
    claims=(
        Claim(
            text="A change of a control is in the address at once, for one request: the chart's own.",
            proof="test_a_change_writes_the_address_and_makes_one_request",
        ),
        Claim(
            text="Back and forward cost two requests: one checks the address, one draws the chart. There it ends: what "
            "was read is not written again.",
            proof="test_back_and_forward_set_the_controls_and_stop_there",
        ),
        Claim(
            text="A change made while the server still reads an address is not undone by its answer.",
            proof="test_a_change_made_while_an_address_is_read_is_kept",
        ),
        Claim(
            text="Every type of value comes back from an address opened elsewhere.",
            proof="test_an_address_brings_every_type_of_value_to_another_visitor",
        ),
        Claim(text="Defaults are left out of the address.", proof="test_defaults_are_left_out"),
        Claim(
            text="Unknown and wrong values are ignored, and the page says which and why.",
            proof="test_wrong_values_are_ignored_and_named",
        ),
        Claim(
            text="What is too long for a link stays on the page, over a reload as well, and the page says so.",
            proof="test_what_is_too_long_for_a_link_is_kept_and_told",
        ),
        Claim(text="Copy link copies the address that is shown.", proof="test_copy_link_copies_the_address"),
        Claim(
            text="A country has an address of its own; one that does not exist answers 404.",
            proof="test_a_country_has_an_address_and_an_unknown_one_is_not_found",
        ),
        Claim(
            text="An address that means harm is text: nothing runs, and nothing leads elsewhere.",
            proof="test_an_address_that_means_harm_does_none",
        ),
    ),
    traps=(
        Trap(
            text="In an app with pages, Dash draws the whole page again, here over 20 kB, whenever its `dcc.Location` "
            "hears of a new query.",
            cure="Write with `history.pushState`, which tells nobody, and answer Back yourself: `assets/address.js`.",
            proof="test_dash_itself_would_draw_the_whole_page_again",
        ),
        Trap(
            text="A query key named like a variable of the path replaces it: Dash hands both to `layout` by name.",
            cure="Check the variable like any input, and give no parameter its name.",
            proof="test_a_query_key_replaces_the_variable_of_the_path",
        ),
        Trap(
            text="A variable of the path arrives encoded: `New%20Zealand`. And it takes anything, with slashes too.",
            cure="Decode it, look it up, and answer 404 for what is not there.",
            proof="test_a_country_has_an_address_and_an_unknown_one_is_not_found",
        ),
        Trap(
            text="gunicorn answers 414 to a request line of more than 4,094 bytes, before the app sees it.",
            cure="Keep addresses short, and say so where one would not be.",
            proof="test_gunicorn_refuses_a_long_address",
        ),
    ),
    use_when=(
        "a view is worth a link, a bookmark, or a Back",
        "it is a few small values that say what is looked at",
    ),
    leave_when=(
        "it is secret, or says something about a person: addresses are kept in histories and logs, and are passed on",
        "it is a token or an action: following a link must change nothing",
        "it is large, or there are many of it: keep it on the server, and its id in the address",
    ),
    see_also=("/clicks", "/visitor-data"),
    more_files=("components/url_state.py", "components/url_parameters.py", "assets/address.js"),
)

EXAMPLES = ("Canada", "Cote d'Ivoire", "Japan", "Rwanda")


def exists(in_path: str) -> bool:
    """Say whether there is a page for this variable of the path."""
    return country_of(in_path) is not None


register_page(__name__, path_template=f"{PATTERN.path}/<country>", exists=exists, **PATTERN.page)


def layout(country: Any = None, **query: Any) -> html.Article:
    """Draw the page as its address says: its path may name a country, its query sets the controls."""
    name = country_of(country)
    if country is not None and name is None:
        return dash.page_registry["pages.not_found_404"]["layout"]()  # type: ignore[no-any-return]
    values, problems = URL.read(query)
    demo = html.Div(
        [
            URL.bar(problems),
            dbc.Row(_controls(values), class_name="g-2"),
            dcc.Store(id="url-state-country", data=name),
            html.P([html.Strong(id="url-state-heading"), " · ", html.Span(id="url-state-matched")], className="my-2"),
            dcc.Graph(id="url-state-graph", config=CONFIG, className="graph"),
        ]
    )
    return pattern_page(PATTERN, demo, _path(name), _never())


def _controls(values: dict[str, Any]) -> list[dbc.Col]:
    """Draw the control of each parameter, with the value that the address gave it."""

    def control(key: str, label: str, component: Any, **more: Any) -> Any:
        return [
            dbc.Label(label, html_for=f"url-state-{key}", class_name="control-label"),
            component(id=f"url-state-{key}", value=values[key], **more),
        ]

    continents = {"all": "All", **{name: name for name in CONTINENTS}}
    small: Any = {"size": "sm", "debounce": True}
    return [
        dbc.Col(control("field", "Field", dbc.Select, options=FIELDS, size="sm"), xs=6, lg=3),
        dbc.Col(control("continent", "Continent", dbc.Select, options=continents, size="sm"), xs=6, lg=3),
        dbc.Col(
            control("countries", "Countries (none means all)", dcc.Dropdown, options=countries(), multi=True), lg=6
        ),
        dbc.Col(
            control("population", "Millions, at least", dbc.Input, type="number", min=0, max=2000, **small),
            xs=6,
            lg=3,
        ),
        dbc.Col(control("title", "Title", dbc.Input, maxLength=60, **small), xs=6, lg=3),
        dbc.Col(control("since", "Since", dbc.Input, type="date", **small), xs=6, lg=2),
        dbc.Col(control("until", "Until", dbc.Input, type="date", **small), xs=6, lg=2),
        dbc.Col(
            dbc.Switch(id="url-state-log", value=values["log"], label="Logarithmic"),
            lg=2,
            class_name="d-flex align-items-end",
        ),
    ]


def _path(name: str | None) -> html.Section:
    links = [html.Li(dcc.Link(each, href=f"{PATTERN.path}/{slug(each)}")) for each in EXAMPLES]
    here = f"You are at {name}: its line is the wide one. " if name else ""
    text = "What a page is about belongs in the path, how it is looked at in the query."
    return html.Section(
        [
            html.H2("State in the path", id="state-in-the-path"),
            html.P([here, *prose(f"{text} `{PATTERN.path}/<country>` is this page about one country:")]),
            html.Ul([*links, html.Li(dcc.Link("No country", href=PATTERN.path))], className="address-links"),
        ]
    )


def _never() -> html.Section:
    """Draw what must not be in an address, and why."""
    lines = (
        "Secrets and tokens: histories, bookmarks, logs and screenshots keep them, and whoever gets the link has them.",
        "What says something about a person: names, e-mail addresses, diagnoses, what was searched for.",
        "Where to go next, as `?next=https://…`: such a value sends your visitors wherever the link's author likes. "
        "Here no value of an address is ever used as one.",
        "Orders: `?delete=7`. Programs that look at links before people do would carry it out.",
        "Large things: the address goes up with every request for the page. Keep them on the server, their id here.",
    )
    return html.Section(
        [
            html.H2("What must not be in an address", id="what-must-not-be-in-an-address"),
            html.Ul([html.Li(prose(line)) for line in lines]),
        ]
    )
