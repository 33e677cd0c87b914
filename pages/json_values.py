"""What is not JSON: what Dash says to a DataFrame, what it silently makes of a date, and a way out for each."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

from callbacks.json_values import EXAMPLES
from components.attributes import aria
from components.browser_state import APP
from components.guarded_store import GuardedStore
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.prose import prose

PATTERN = Pattern(
    name="json_values",
    title="What is not JSON",
    group="Between callbacks",
    order=50,
    summary="A store holds JSON. Some values are refused; worse, others come back as something else.",
    claims=(
        Claim(
            text="A DataFrame, a set and bytes are refused; the sentence here is the one that Dash writes.",
            proof="test_the_sentence_is_the_one_that_dash_writes",
        ),
        Claim(
            text="Each has a form that is JSON, and comes back from it as what it was.",
            proof="test_each_comes_back_from_its_form_as_what_it_was",
        ),
        Claim(
            text="A small picture is kept as text in the browser, and is there after a reload.",
            proof="test_a_small_picture_is_kept_as_text",
        ),
    ),
    traps=(
        Trap(
            text="In production a refused value is status 500: the visitor sees nothing, the sentence is in the log.",
            cure="Turn values into JSON where you return them, and test the callback's return value with `json.dumps`.",
            proof="test_in_production_the_sentence_is_in_the_log_alone",
        ),
        Trap(
            text="A date comes back as text, an array as a list, NaN as None: without a word.",
            cure="Turn them back where you read them: `date.fromisoformat(text)`.",
            proof="test_some_come_back_as_something_else",
        ),
        Trap(
            text="A whole number above 2**53 comes back as another one: the browser rounded it.",
            cure="Send the digits as text. Ids from a database can be that large.",
            proof="test_some_come_back_as_something_else",
        ),
    ),
    use_when=("the value is small, and has a form in JSON that you choose yourself",),
    leave_when=(
        "it is a large frame: keep it on the server, and an id in the store",
        "it is a large picture: give it an address of its own",
    ),
    see_also=("/shared-data", "/limits", "/callback-sizes"),
    more_files=("data/as_json.py",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: the values, then the picture."""
    return pattern_page(PATTERN, _values(), _picture())


def _values() -> html.Div:
    options = [{"label": example.title, "value": kind} for kind, example in EXAMPLES.items()]
    return html.Div(
        [
            dcc.Store(id="json-values-plain"),
            dcc.Store(id="json-values-packed"),
            html.Fieldset(
                [
                    html.Legend("A callback returns", className="control-label"),
                    dbc.RadioItems(options, "frame", id="json-values-kind", inline=True),
                ],
                className="mb-2",
            ),
            dbc.Row([dbc.Col(_as_it_is(), md=6), dbc.Col(_way_out(), md=6)], class_name="g-3"),
        ],
    )


def _as_it_is() -> html.Div:
    return html.Div(
        [
            html.H2("As it is", className="h6"),
            html.Pre(id="json-values-error", className="json-values-error", tabIndex=0, **aria(label="Error")),
            html.P(["The next callback receives: ", html.Span(id="json-values-plain-back")], className="mb-0"),
        ],
        **aria(live="polite"),
    )


def _way_out() -> html.Div:
    return html.Div(
        [
            html.H2("The way out", className="h6"),
            html.Pre(id="json-values-code", className="json-values-code mb-2"),
            html.P(["The next callback receives: ", html.Span(id="json-values-packed-back")], className="mb-0"),
        ],
        **aria(live="polite"),
    )


def _picture() -> html.Section:
    return html.Section(
        [
            html.H2("A small picture", id="a-small-picture"),
            html.P(
                prose(
                    "Bytes are not JSON, but base64 is text: four characters for three bytes. So an icon or an avatar"
                    " can be kept in a store, and drawn from it: `html.Img(src=…)` takes such a text as it is."
                )
            ),
            GuardedStore(id="json-values-picture", app=APP),
            html.Div(
                [
                    dcc.Upload(
                        dbc.Button("Choose a picture", size="sm"),
                        id="json-values-upload",
                        accept="image/png, image/jpeg, image/gif, image/webp",
                    ),
                    dbc.Button("Draw one", id="json-values-draw", size="sm", outline=True, color="primary"),
                    dbc.Button("Forget it", id="json-values-forget", size="sm", color="link"),
                ],
                className="d-flex flex-wrap gap-2 mb-2",
            ),
            html.P(id="json-values-refused", role="alert"),
            html.Div(id="json-values-shown", **aria(live="polite")),
        ]
    )
