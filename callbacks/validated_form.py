"""Callbacks of the validated form: one, which runs when the form is sent. Dash keeps the draft by itself."""

import re
from datetime import date
from typing import Any

from dash import Input, Output, State, callback
from dash.exceptions import PreventUpdate

# Every field with the value that an empty form has.
EMPTY: dict[str, Any] = {"name": "", "email": "", "guests": None, "arrival": "", "departure": "", "wishes": ""}

MOST_GUESTS = 8
LONGEST_TEXT = 500


@callback(
    *[Output(f"validated-form-{field}", "value") for field in EMPTY],
    *[Output(f"validated-form-{field}", "invalid") for field in EMPTY],
    *[Output(f"validated-form-{field}-problem", "children") for field in EMPTY],
    Output("validated-form-answer", "children"),
    Output("validated-form-answer", "color"),
    Output("validated-form-answer", "is_open"),
    Input("validated-form-form", "n_submit"),
    *[State(f"validated-form-{field}", "value") for field in EMPTY],
    prevent_initial_call=True,
)
def book(n_submit: int | None, *values: Any) -> list[Any]:
    """Return an empty form and a thank-you, or the form as it is with each problem beside its field."""
    if not n_submit:
        raise PreventUpdate
    form = dict(zip(EMPTY, values, strict=True))
    problems = find_problems(form)
    kept = form if problems else EMPTY
    if problems:
        answer = ["Nothing was booked yet: see the fields marked in red.", "danger"]
    else:
        answer = [f"Booked for {form['name'].strip()}, {form['arrival']} to {form['departure']}.", "success"]
    return [
        *[kept[field] for field in EMPTY],
        *[field in problems for field in EMPTY],
        *[problems.get(field, "") for field in EMPTY],
        *answer,
        True,
    ]


def find_problems(form: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with each field, in words for the visitor. A request can be made by hand: trust no type."""
    problems = {}
    if not _text(form["name"]):
        problems["name"] = "Please tell us your name."
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", _text(form["email"])):
        problems["email"] = "An e-mail address looks like ada@example.org."
    guests = form["guests"]
    if not isinstance(guests, int) or isinstance(guests, bool) or not 1 <= guests <= MOST_GUESTS:
        problems["guests"] = f"Between 1 and {MOST_GUESTS} guests, in whole numbers."
    arrival, departure = _date(form["arrival"]), _date(form["departure"])
    if not arrival:
        problems["arrival"] = "Choose the day you arrive."
    if not departure:
        problems["departure"] = "Choose the day you leave."
    elif arrival and departure <= arrival:
        problems["departure"] = f"You can leave on the day after {arrival} at the earliest."
    for field in ("name", "email", "wishes"):
        if len(str(form[field] or "")) > LONGEST_TEXT:
            problems[field] = f"At most {LONGEST_TEXT} characters, please."
    return problems


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
