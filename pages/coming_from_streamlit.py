"""Coming from Streamlit: each behaviour of its Session State with the Dash way; and NiceGUI, Shiny and Gradio."""

import inspect
from collections.abc import Iterable

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.coming_from_streamlit import count
from components.attributes import aria
from components.pattern import Claim, Pattern
from components.pattern_page import pattern_page
from components.prose import prose

PATTERN = Pattern(
    name="coming_from_streamlit",
    title="Coming from Streamlit",
    group="Tools",
    order=60,
    summary="Every behaviour of Streamlit's Session State, and the Dash way; NiceGUI, Shiny and Gradio, shorter.",
    claims=(
        Claim(text="The counter survives a reload, and is yours alone.", proof="test_the_counter_survives_a_reload"),
        Claim(text="Every behaviour has a Dash way, or a reason why not.", proof="test_every_behaviour_has_an_answer"),
    ),
    use_when=("you know Streamlit, NiceGUI, Shiny or Gradio, and look for its word for something",),
    leave_when=("you are new to all of them: begin with the click counters",),
    see_also=("/session-state", "/visitor-data", "/clicks"),
)

register_page(__name__, **PATTERN.page)

STREAMLIT_CODE = """\
def increment(by):
    st.session_state.count += by

if "count" not in st.session_state:
    st.session_state.count = 0
st.button("Add 5", on_click=increment, args=(5,))
st.write(st.session_state.count)
"""

# What it is there, what it is here, and the page that shows it live.
Row = tuple[str, str, str]

STREAMLIT: tuple[Row, ...] = (
    ("the script runs again from top to bottom", "only the callbacks run whose Inputs changed", "/clicks"),
    ("`if 'key' not in st.session_state`", "the same words with `session_state`; or `setdefault`", "/session-state"),
    ("read and write `st.session_state.key` and `['key']`", "the same, on the server, per visitor", "/session-state"),
    (
        "reading what is absent raises an error",
        "`MissingStateError` says so; or `get` with a default",
        "/session-state",
    ),
    ("`del st.session_state[key]`, one or all", "the same; or `clear()`", "/session-state"),
    ("Settings → Clear Cache", "“Forget me”: the data, the cookie and the id", "/visitor-data"),
    (
        "every widget with a `key` is in Session State",
        "a component's `id`; `State(id, 'value')` reads it",
        "/session-state",
    ),
    ("`on_change`, `on_click`", "`Input(id, 'value')`, `Input(id, 'n_clicks')`", "/session-state"),
    ("`args`, `kwargs`", "a dict as id: `{'type': 'add', 'by': 5}`", "/session-state"),
    ("the callback runs first, then the script", "no equivalent, because there is no script to run again", ""),
    ("`on_change` on input widgets only", "any property of any component can be an Input", "/shared-data"),
    ("`st.form`: inputs wait for the submit button", "inputs as State, the button as Input", "/session-state"),
    ("no callbacks on the widgets in a form", "no such limit: an Input there is an Input", ""),
    ("any Python object can be kept, even a lambda", "no equivalent, because it must outlive the process", ""),
    (
        "`enforceSerializableSessionState`, by pickle",
        "always enforced, never pickle; the error names the path",
        "/session-state",
    ),
    ("lost on a reload, and with the WebSocket", "kept over a reload and a restart of the server", "/session-state"),
    ("kept across the pages of a multipage app", "the same", "/visitor-data"),
    ("each browser tab has its own", "`session_state.tab(id)`", "/session-state"),
    ("a widget cannot be set after it is drawn", "no such limit: a callback may output to any `value`", "/shared-data"),
    (
        "both `value=` and Session State set: a warning",
        "the layout sets the first value, callbacks all later ones",
        "/initial-data",
    ),
    ("buttons cannot be set", "no equivalent, because a button has a count, `n_clicks`, and no state", "/clicks"),
)

OTHERS: dict[str, tuple[Row, ...]] = {
    "NiceGUI": (
        ("`app.storage.user`", "`session_state`", "/session-state"),
        ("`app.storage.tab`", "`session_state.tab(id)`", "/session-state"),
        ("`app.storage.client`", "a memory `dcc.Store`", "/clicks"),
        ("`app.storage.browser`", "`flask.session`, a signed cookie", "/cookies"),
        ("`app.storage.general`", "the values of everyone, with atomic updates", "/everyone"),
        ("`bind_value`", "a clientside callback from one component to another", "/clicks"),
    ),
    "Shiny": (
        ("`reactive.value`", "a memory `dcc.Store`", "/clicks"),
        ("`reactive.calc`", "a callback into a store that other callbacks read", "/shared-data"),
        ("`reactive.event`, `isolate`", "Input for what triggers, State for what is only read", "/session-state"),
        ("`reactive.poll`", "`dcc.Interval`", "/everyone"),
        ("a session ends with its WebSocket", "there is no connection to lose", "/session-state"),
    ),
    "Gradio": (
        ("`gr.State`", "a memory `dcc.Store`; `session_state.tab(id)` if it is large", "/session-state"),
        ("`gr.BrowserState`", "a local `dcc.Store`", "/clicks"),
        (
            "a global variable, shared by all users",
            "the values of everyone: right with several workers too",
            "/everyone",
        ),
        ("`demo.load`", "a callback without `prevent_initial_call`", "/initial-data"),
    ),
}


def layout(**_query: str) -> html.Article:
    """Draw the page: the counter in both, then a table for each of the four."""
    demo = dbc.Row(
        [
            dbc.Col([html.H2("Streamlit", className="h6"), _code(STREAMLIT_CODE)], lg=5),
            dbc.Col([html.H2("Dash, live", className="h6"), _counter(), _code(inspect.getsource(count))], lg=7),
        ],
        class_name="g-3",
    )
    sections = [_section("Streamlit", "streamlit", STREAMLIT)]
    sections += [_section(name, name.lower(), rows) for name, rows in OTHERS.items()]
    return pattern_page(PATTERN, demo, *sections)


def _counter() -> html.Div:
    return html.Div(
        [
            dbc.Button("Add 5", id="coming-from-streamlit-button", size="sm"),
            dbc.Button("Delete it", id="coming-from-streamlit-delete", size="sm", outline=True, color="primary"),
            html.Span("–", id="coming-from-streamlit-count", className="count", **aria(live="polite")),
        ],
        className="d-flex flex-wrap gap-3 align-items-center",
    )


def _code(text: str) -> html.Pre:
    return html.Pre(html.Code(text), tabIndex="0", className="mb-0")


def _section(name: str, address: str, rows: Iterable[Row]) -> html.Section:
    head = (f"in {name}", "in Dash", "live on")
    return html.Section(
        [
            html.H2(f"From {name}" if address != "streamlit" else "Behaviour by behaviour", id=f"from-{address}"),
            dbc.Table(
                [
                    html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                    html.Tbody([_row(*row) for row in rows], id=f"coming-from-streamlit-{address}"),
                ],
                size="sm",
                responsive=True,
                class_name="text-table",
            ),
        ],
        className="about-the-page",
    )


def _row(there: str, here: str, page: str) -> html.Tr:
    known = any(page == entry["path"] for entry in dash.page_registry.values())
    link = dcc.Link(page, href=page) if known else "–"
    return html.Tr([html.Th(prose(there), scope="row"), html.Td(prose(here)), html.Td(link)])
