"""Visitor's data: values kept on the server for each visitor, who is known by a signed cookie."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.visitor_data  # noqa: F401 - registers the callbacks
from callbacks.visitor_operations import OPERATIONS
from components.attributes import aria
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.tables import text_table

PATTERN = Pattern(
    name="visitor_data",
    title="Visitor data",
    group="On the server",
    order=30,
    summary="Save a value in one tab, fetch it in another. It is kept on the server, and every visitor has their own.",
    places=(
        Place(
            key="visitor",
            name="Visitor store",
            lives_in="the server's database",
            scope="this visitor",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="10 MB and 1,000 values a visitor, as you set it",
            capacity=10_000_000,
            readable_by="the server alone",
            secret=True,
            wire_bytes=1824,
        ),
    ),
    claims=(
        Claim(text="What one tab saves, another tab fetches.", proof="test_what_one_tab_saves_another_fetches"),
        Claim(text="Two visitors never see each other's values.", proof="test_two_visitors_never_see_each_others"),
        Claim(
            text="A thousand visits without a cookie leave no row in the database.",
            proof="test_a_thousand_visits_without_a_cookie_leave_no_row",
        ),
        Claim(
            text="Compare-and-set refuses a write that would undo another's.",
            proof="test_compare_and_set_shows_the_conflict_and_overwrites_nothing",
        ),
        Claim(text="What is over the quota is refused, and nothing lost.", proof="test_the_quota_is_shown"),
        Claim(text="A downloaded file can be imported again.", proof="test_a_downloaded_file_can_be_imported_again"),
        Claim(text="A new id takes the data along.", proof="test_a_new_id_takes_the_data_along"),
        Claim(text="“Forget me” empties the database.", proof="test_forget_me_empties_the_database"),
    ),
    traps=(
        Trap(
            text="An id that the browser chooses, or keeps where scripts can read it, can be any visitor's.",
            cure="The server makes it, signs it, and keeps it in an HttpOnly cookie: a tampered one is a new visitor.",
            proof="test_a_tampered_cookie_is_a_new_visitor",
        ),
        Trap(
            text="Two first writes at the same time make two visitors, and the browser keeps one of them.",
            cure="Let one write come first: wait for its answer, as `/user-data` does, or disable the buttons "
            "meanwhile, with `running=`.",
            proof="test_two_first_writes_at_the_same_time_make_two_visitors",
        ),
        Trap(
            text="In a frame of another site the browser refuses the cookie, and every write makes a new visitor.",
            cure="Ask the browser, and say so on the page. Who may frame the app at all is `FRAME_ANCESTORS`: nobody.",
            proof="test_in_a_frame_of_another_site_the_page_says_that_its_cookie_is_refused",
        ),
    ),
    use_when=(
        "the server must be able to trust the value, or the browser must not see it",
        "it must survive a restart, and be the same on every worker",
        "two callbacks write at the same time",
    ),
    leave_when=(
        "it is a preference of this browser: local storage costs no request",
        "the visitor expects it on another device: that needs a log-in, with the user's name in place of the cookie's",
    ),
    see_also=("/clicks",),
    more_files=("data/visitor_store.py", "data/visitor.py"),
    parts=("callbacks/visitor_operations.py",),
)

register_page(__name__, **PATTERN.page)

COUNTERPARTS = (
    ("`DashDatabase(db_location)`", "`VisitorStore(url)`", "SQLite or PostgreSQL; opened at first use, safe to fork"),
    ("`store_user_value(user_id, key_name, value)`", "`set(visitor, key, value)`", "atomic, with an optional TTL"),
    ("`get_user_value(user_id, key_name)`", "`get(visitor, key, default)`", "`read` returns the version as well"),
    ("`list_stored_user_keys(user_id)`", "`keys(visitor)`", "by an index, not through all users' keys"),
    ("`delete_user_value(…, if_not_exists)`", "`delete(…, if_not_exists)`", '"ignore" or "raise", the same words'),
    ("`delete_all_user_values(user_id)`", "`clear(visitor)`", "`retire` also ends the id"),
    ("`session_id` in a `dcc.Store`", "`identity().current()`", "a signed cookie, which no script can read"),
    ("–", "`add`, `increment`, `update`, `compare_and_set`", "atomic across threads, processes and machines"),
    ("–", "`touch`, `sweep`, the quota", "values expire, and one visitor cannot fill the disk"),
    ("–", "`held`, `export`, `import_`", "what is kept about a visitor, and all of it as one file"),
)

DEFECTS = (
    ("User `1` sees the keys of user `12`: names are joined into one text", "rows keyed (visitor, key)"),
    ("Threads and processes that write at once lose updates", "`increment` and `update` lock; none is lost"),
    ("Hangs after a fork, as under gunicorn with `preload_app`", "each process opens its own connections"),
    ("Pickle: a file that was tampered with runs code", "JSON and Arrow only"),
    ("Ids from `uuid1` can be guessed, and are taken from the browser on trust", "256 random bits, signed"),
    ("A value that cannot be read cannot be deleted either", "it is listed, and can be deleted"),
    ("Nothing expires; nothing limits one user", "TTL, expiry by last visit, quota"),
)


def layout(**_query: str) -> html.Article:
    """Draw the page. It asks for nobody's data: the callbacks do that."""
    return pattern_page(PATTERN, _two_tabs(), _held(), _operations(), _dash_database())


def _two_tabs() -> html.Div:
    """Draw the two-tab example, both halves side by side: this page can be open in two tabs of the browser."""
    left = [
        html.H2("Save it in one tab", className="h6"),
        dbc.Label("Key", html_for="visitor-data-key", class_name="control-label"),
        dbc.Input(id="visitor-data-key", value="favorite_animal", size="sm"),
        dbc.Label("Value", html_for="visitor-data-value", class_name="control-label mt-2"),
        dbc.Input(id="visitor-data-value", placeholder="monkey", size="sm"),
        dbc.Button("Save", id="visitor-data-save", size="sm", class_name="mt-2 me-2"),
        html.Small(id="visitor-data-saved", **aria(live="polite")),
    ]
    right = [
        html.H2("Fetch it in another", className="h6"),
        html.A("Open another tab", href="/visitor-data", target="_blank", className="btn btn-sm btn-outline-secondary"),
        dbc.Button("Show me the value", id="visitor-data-show", size="sm", class_name="ms-2"),
        html.Div(id="visitor-data-shown", className="count text-break", **aria(live="polite")),
    ]
    return html.Div(
        [
            dcc.Store(id="visitor-data-written"),
            html.P(id="visitor-data-cookies", className="text-danger"),
            dbc.Row([dbc.Col(left, sm=6), dbc.Col(right, sm=6)], class_name="g-3"),
        ]
    )


def _held() -> html.Section:
    """Draw what the server holds about the visitor, and what can be done with all of it."""
    head = ("key", "size", "version", "written", "expires")
    buttons = {
        "export": "Download it",
        "rotate": "Give me a new id",
        "fill": "Try to keep too much",
        "forget": "Forget me",
    }
    return html.Section(
        [
            html.H2("What the server holds about you", id="held"),
            html.P(id="visitor-data-who"),
            dbc.Table(
                [
                    html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                    html.Tbody(id="visitor-data-held"),
                ],
                size="sm",
                responsive=True,
            ),
            html.Div(
                [
                    *(
                        dbc.Button(text, id=f"visitor-data-{key}", size="sm", outline=True, color="primary")
                        for key, text in buttons.items()
                    ),
                    dcc.Upload(
                        dbc.Button("Import a file", size="sm", outline=True, color="primary"),
                        id="visitor-data-import",
                    ),
                ],
                className="d-flex flex-wrap gap-2",
            ),
            html.P(id="visitor-data-done", className="mt-2", **aria(live="polite")),
            dcc.Download(id="visitor-data-download"),
        ]
    )


def _operations() -> html.Section:
    """Draw a form that runs any operation of the store."""
    fields: dict[str, tuple[str, dict[str, Any]]] = {
        "key": ("Key", {"value": "n"}),
        "value": ("Value, as JSON or text", {"value": "1"}),
        "version": ("If its version is", {"type": "number", "placeholder": "0: absent"}),
        "ttl": ("Seconds to live", {"type": "number", "placeholder": "until you leave"}),
    }
    return html.Section(
        [
            html.H2("Every operation, live", id="operations"),
            dbc.Row(
                [
                    dbc.Col(
                        [
                            dbc.Label("Operation", html_for="visitor-data-operation", class_name="control-label"),
                            dbc.Select(
                                id="visitor-data-operation", options=list(OPERATIONS), value="increment", size="sm"
                            ),
                        ],
                        sm=4,
                        lg=True,
                    ),
                    *(
                        dbc.Col(
                            [
                                dbc.Label(label, html_for=f"visitor-data-operand-{name}", class_name="control-label"),
                                dbc.Input(id=f"visitor-data-operand-{name}", size="sm", **props),
                            ],
                            sm=4,
                            lg=True,
                        )
                        for name, (label, props) in fields.items()
                    ),
                ],
                class_name="g-2",
            ),
            dbc.Button("Run it", id="visitor-data-run", size="sm", class_name="mt-2 me-2"),
            html.Code(id="visitor-data-result", **aria(live="polite")),
        ]
    )


def _dash_database() -> html.Section:
    """Draw the counterpart of each operation of dash_database, and what became of its defects."""
    return html.Section(
        [
            html.H2("Coming from dash_database", id="dash-database"),
            text_table(("dash_database", "here", "note"), COUNTERPARTS),
            text_table(("Its defect, found by running it", "what is done here"), DEFECTS),
        ],
        className="about-the-page",
    )
