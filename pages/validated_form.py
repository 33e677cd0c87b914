"""A validated form: a draft as you type, all values sent at once, problems beside their fields."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html, register_page

from callbacks.validated_form import EMPTY, MOST_GUESTS
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.stored_now import PERSISTENCE, stored_now

PATTERN = Pattern(
    name="validated_form",
    title="A validated form",
    group="In the browser",
    order=31,
    summary="Nothing typed is lost by a reload, nothing is sent before the button, and every problem has its place.",
    claims=(
        Claim(text="The draft survives an accidental reload.", proof="test_the_draft_survives_an_accidental_reload"),
        Claim(text="Typing sends nothing; the button sends all, once.", proof="test_the_inputs_travel_once_on_submit"),
        Claim(
            text="Wrong input is explained beside its field, and nothing is lost.",
            proof="test_wrong_input_is_explained_beside_its_field_and_nothing_is_lost",
        ),
        Claim(
            text="A successful submit clears the form and its draft.",
            proof="test_a_successful_submit_clears_the_form_and_its_draft",
        ),
        Claim(text="Every rule holds for requests made by hand too.", proof="test_every_rule_is_checked_on_the_server"),
    ),
    traps=(
        Trap(
            text="With the fields as `Input`, every keystroke is a request.",
            cure="Make the form's `n_submit` the only Input and the fields State: button and Enter both send it.",
            proof="test_the_inputs_travel_once_on_submit",
        ),
        Trap(
            text="An empty number is None, and a forged one can be a text.",
            cure="Check the type before the range.",
            proof="test_every_rule_is_checked_on_the_server",
        ),
    ),
    use_when=("visitors type more than they would type twice", "values only make sense together"),
    leave_when=(
        "others use the same browser: the draft is there for them to read",
        "the draft must follow the visitor to another device",
    ),
    see_also=("/forms", "/persistence-traps"),
)

register_page(__name__, **PATTERN.page)

FIELDS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "name": ("Name", dbc.Input, {"autocomplete": "name"}),
    "email": ("E-mail", dbc.Input, {"type": "text", "inputmode": "email", "autocomplete": "email"}),
    "arrival": ("Arrival", dbc.Input, {"type": "date"}),
    "departure": ("Departure", dbc.Input, {"type": "date"}),
    "guests": ("Guests", dbc.Input, {"type": "number", "placeholder": f"1 to {MOST_GUESTS}"}),
    "wishes": ("Wishes (optional)", dbc.Textarea, {"rows": 1}),
}


def layout(**_query: str) -> html.Article:
    """Draw the page: the form, and the draft that the browser keeps."""
    return pattern_page(PATTERN, _form(), _draft())


def _form() -> dbc.Form:
    """Draw the form. The browser's own checks are off: the server's say more, and say it for all fields at once."""
    return dbc.Form(
        [
            dbc.Row([dbc.Col(_field(field), sm=6) for field in FIELDS], class_name="g-3 mb-3"),
            dbc.Button("Book", id="validated-form-submit", type="submit"),
            dbc.Alert(id="validated-form-answer", is_open=False, class_name="mt-3 mb-0"),
        ],
        id="validated-form-form",
        prevent_default_on_submit=True,
    )


def _field(field: str) -> html.Div:
    """Draw a field with its label and the place for its problem. `persistence` is what keeps the draft."""
    label, make, options = FIELDS[field]
    return html.Div(
        [
            dbc.Label(label, html_for=f"validated-form-{field}"),
            make(id=f"validated-form-{field}", value=EMPTY[field], persistence=True, **options),
            dbc.FormFeedback(id=f"validated-form-{field}-problem", type="invalid"),
        ]
    )


def _draft() -> html.Section:
    return html.Section(
        [
            html.H2("The draft, as the browser keeps it", id="draft"),
            html.P("Each value stands beside the layout's own. Type, and see; then reload the page."),
            stored_now("local", f"{PERSISTENCE}validated-form-"),
        ]
    )
