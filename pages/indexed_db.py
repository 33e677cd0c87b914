"""IndexedDB: a frame too large for local storage, kept in the browser and read back without the server."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.indexed_db  # noqa: F401 - registers this page's callback
from components.attributes import aria
from components.figures import CONFIG, figure
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.prose import prose

PATTERN = Pattern(
    name="indexed_db",
    title="IndexedDB",
    group="In the browser",
    order=64,
    summary="Make 50 MB in your browser, keep it, reload, read it back: five million rows, and no request.",
    places=(
        Place(
            key="frame",
            name="Frame in IndexedDB",
            lives_in="the browser's database, on disk",
            scope="this browser",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="a share of the disk: the browser's estimate says how much",
            capacity=None,
            readable_by="any script of the origin, anyone at the device",
            wire_bytes=0,
        ),
    ),
    claims=(
        Claim(
            text="50 MB are kept, come back after a reload, and are summed and drawn without a request.",
            proof="test_fifty_megabytes_are_kept_and_summed_without_a_request",
        ),
        Claim(
            text="Where the browser has no room, it says so, and what was kept before is still there.",
            proof="test_without_room_the_visitor_is_told_and_the_old_frame_stays",
        ),
        Claim(
            text="Where IndexedDB is blocked, the page says what to do.",
            proof="test_blocked_indexed_db_gets_a_clear_message",
        ),
        Claim(
            text="Delete removes the frame at once, also where another tab has the database open.",
            proof="test_delete_removes_the_frame_though_another_tab_has_it_open",
        ),
        Claim(
            text="What was deleted or changed behind the page's back gets a clear answer.",
            proof="test_what_was_changed_behind_the_pages_back_gets_a_clear_answer",
        ),
        Claim(
            text="The page shows the browser's estimate, and can ask that the data be kept for good.",
            proof="test_the_estimate_is_shown_and_persistence_can_be_asked_for",
        ),
    ),
    traps=(
        Trap(
            text="Local storage, and with it a local `dcc.Store`, has room for text of about 5 MB.",
            cure="Keep typed arrays in IndexedDB, which takes them as they are.",
            proof="test_local_storage_has_no_room_for_it",
        ),
        Trap(
            text="A transaction ends by itself as soon as the code awaits anything that is not one of its requests.",
            cure="Fetch and compute first; then put all parts in one transaction, so that all are kept or none.",
            proof="test_a_transaction_ends_while_the_code_waits_for_something_else",
        ),
        Trap(
            text="A write that succeeded may still be undone: a full disk is told only when the transaction ends.",
            cure="Call nothing kept before the transaction's `complete`.",
            proof="test_without_room_the_visitor_is_told_and_the_old_frame_stays",
        ),
    ),
    use_when=(
        "it is too large for local storage, and each visitor works on their own copy",
        "fetching or computing it again would make the visitor wait",
    ),
    leave_when=(
        "it must not be lost: a browser may remove it when the disk gets short, and Safari does after seven days "
        "without a visit",
        "it is secret, or the server must be able to trust it",
        "others need it as well: one copy on the server serves all",
    ),
    see_also=("/clicks", "/cross-tab"),
)

register_page(__name__, **PATTERN.page)

SIZES = (1, 10, 50, 100)


def layout(**_query: str) -> html.Article:
    """Draw the page: the frame's buttons, what is kept, and the chart of its means."""
    demo = html.Div(
        [
            html.Fieldset(_controls(), id="indexed-db-controls", **aria(label="The frame")),
            html.Dl(
                [
                    html.Dt("Kept in this browser"),
                    html.Dd("…", id="indexed-db-kept"),
                    html.Dt("Room"),
                    html.Dd("…", id="indexed-db-room", className="mb-0"),
                ],
                className="mt-3 mb-2",
                **aria(live="polite"),
            ),
            html.Div(id="indexed-db-problem", className="storage-warning", role="alert"),
            html.P(id="indexed-db-said", className="mb-1", role="status"),
            html.Ul(id="indexed-db-times", className="mb-0"),
            dcc.Graph(
                id="indexed-db-graph",
                figure=figure([], yaxis={"title": {"text": "Mean value"}}),
                config=CONFIG,
                className="graph",
            ),
        ]
    )
    return pattern_page(PATTERN, demo, _survival())


def _controls() -> list[html.Div]:
    def button(name: str, label: str, *, outline: bool = True) -> dbc.Button:
        return dbc.Button(label, id=f"indexed-db-{name}", size="sm", outline=outline, color="primary")

    sizes = {str(size): f"{size} MB, {size / 10:g} million rows" for size in SIZES}
    return [
        dbc.Label("Frame", html_for="indexed-db-size", class_name="control-label"),
        html.Div(
            [
                dbc.Select(id="indexed-db-size", options=sizes, value="50", size="sm", class_name="w-auto"),
                button("make", "Make and keep", outline=False),
                button("read", "Read back and sum"),
                button("delete", "Delete"),
                button("persist", "Ask to keep it for good"),
            ],
            className="d-flex flex-wrap gap-2",
        ),
    ]


def _survival() -> html.Section:
    lines = (
        "It outlasts page changes, reloads, closed tabs and closed browsers, and the server need not even run.",
        "It does not outlast “clear site data”, nor a private window that is closed.",
        "All that an origin keeps, IndexedDB included, is removed together when the disk gets short, unless "
        "`navigator.storage.persist()` was granted.",
        "Typed arrays are copied as bytes. As JSON in a `dcc.Store`, the same values would be text several times as "
        "long, parsed anew at each load.",
    )
    return html.Section(
        [html.H2("What it survives", id="what-it-survives"), html.Ul([html.Li(prose(line)) for line in lines])]
    )
