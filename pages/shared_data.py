"""Shared data: two controls feed one store; a table and a graph read it."""

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.shared_data  # noqa: F401 - registers this page's callbacks
from components.figures import CONFIG
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from data.gapminder import FIELDS, countries

PATTERN = Pattern(
    name="shared_data",
    title="Shared data",
    group="Between callbacks",
    order=10,
    summary="Choose countries and a field once; one store hands the rows to a table and a graph.",
    places=(
        Place(
            key="rows",
            name="Rows in a store",
            lives_in="the page's memory",
            scope="this view",
            survives=("server restart", "second worker"),
            limit="every row goes down, and up again for each reader",
            capacity=1_000_000,
            readable_by="any script of the page",
            wire_bytes=24161,
        ),
        Place(
            key="selection",
            name="Selection in a store",
            lives_in="the page's memory",
            scope="this view",
            survives=("server restart", "second worker"),
            limit="what the server can read again",
            capacity=None,
            readable_by="any script of the page",
            wire_bytes=8115,
        ),
    ),
    claims=(
        Claim(text="One store feeds both the table and the graph.", proof="test_one_store_feeds_table_and_graph"),
        Claim(text="No country chosen means all 1,704 rows.", proof="test_no_country_means_all_rows"),
        Claim(
            text="For all rows, a store of the selection sends under a fiftieth of the bytes up, and shows the same.",
            proof="test_the_selection_sends_far_less_and_shows_the_same",
        ),
        Claim(
            text="An unknown country or field gets a clear answer and changes nothing.",
            proof="test_a_forged_request_gets_a_clear_answer_and_changes_nothing",
        ),
    ),
    traps=(
        Trap(
            text="Rows in a store cross the wire once down and once up for every callback that reads them.",
            cure="Keep what was chosen in the store, and let each reader ask the server's own copy for its rows.",
            proof="test_the_selection_sends_far_less_and_shows_the_same",
        ),
    ),
    use_when=(
        "several outputs show the same selection",
        "working the rows out is slow, and there are few of them",
    ),
    leave_when=(
        "there are more than a few thousand rows",
        "only one output reads them: output to it directly",
    ),
    see_also=("/clicks",),
    more_files=("data/gapminder.py",),
)

register_page(__name__, **PATTERN.page)

VERSIONS = {"rows": "The store holds the rows", "selection": "The store holds the selection"}

TITLES = {"lifeExp": "Life expectancy", "gdpPercap": "GDP per capita", "pop": "Population"}
NUMBER = {
    "type": "numericColumn",
    "minWidth": 130,
    "valueFormatter": {"function": "d3.format(',.6~r')(params.value)"},
}


def layout(**_query: str) -> html.Article:
    """Draw the page: controls, graph and table, and what the two versions cost."""
    demo = html.Div(
        [
            dcc.Store(id="shared-data-store"),
            _controls(),
            dcc.Graph(id="shared-data-graph", config=CONFIG, className="graph"),
            html.P([html.Span("0", id="shared-data-rows"), " rows"], className="mb-1 mt-3"),
            _table(),
        ]
    )
    return pattern_page(PATTERN, demo, _comparison())


def _controls() -> dbc.Row:
    return dbc.Row(
        [
            dbc.Col(
                [
                    dbc.Label("Countries (none means all)", html_for="shared-data-countries"),
                    dcc.Dropdown(
                        id="shared-data-countries",
                        options=countries(),
                        value=["Canada", "United States"],
                        multi=True,
                    ),
                ],
                md=5,
            ),
            dbc.Col(
                [
                    dbc.Label("Field", html_for="shared-data-field"),
                    dcc.Dropdown(id="shared-data-field", options=FIELDS, value="lifeExp", clearable=False),
                ],
                md=3,
            ),
            dbc.Col(
                [
                    dbc.Label("Version", html_for="shared-data-version"),
                    dbc.RadioItems(id="shared-data-version", options=VERSIONS, value="rows"),
                ],
                md=4,
            ),
        ],
        class_name="g-3 mb-3",
    )


def _table() -> dag.AgGrid:
    return dag.AgGrid(
        id="shared-data-table",
        columnDefs=[
            {"field": "country", "minWidth": 130},
            {"field": "continent", "minWidth": 110},
            {"field": "year", "minWidth": 90},
            *({"field": field, "headerName": title, **NUMBER} for field, title in TITLES.items()),
        ],
        columnSize="responsiveSizeToFit",
        dashGridOptions={
            "domLayout": "autoHeight",
            "pagination": True,
            "paginationPageSize": 10,
            "paginationPageSizeSelector": False,
        },
        style={"height": None},
    )


def _comparison() -> html.Section:
    """Draw the table that `assets/shared_data.js` fills with what it measured."""
    head = ("version", "requests", "bytes up", "bytes down (unpacked)")
    return html.Section(
        [
            html.H2("What each version costs", id="what-each-version-costs"),
            html.P(
                "Measured in your browser, for your last choice in each version. Switch the version to fill in both."
            ),
            dbc.Table(
                [
                    html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                    html.Tbody(id="shared-data-compare"),
                ],
                size="sm",
                responsive=True,
            ),
        ]
    )
