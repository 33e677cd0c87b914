"""Callbacks of the cookies: one that the server signs and no script reads, and one that anybody can read and change."""

from typing import Any

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, ctx, html
from flask import Response as FlaskResponse
from flask import after_this_request, request, session

from settings import settings

PLAIN = "cookies-plain"
YEAR = 365 * 24 * 3600  # seconds


@callback(
    Output("cookies-signed-count", "children"),
    Output("cookies-plain-count", "children"),
    Output("cookies-seen", "children"),
    Output("cookies-answered", "data"),
    Input("cookies-signed-button", "n_clicks"),
    Input("cookies-plain-button", "n_clicks"),
    Input("cookies-tamper", "n_clicks"),
    Input("cookies-clear", "n_clicks"),
)
def count(*clicks: int | None) -> tuple[int, int, list[html.Li], int]:
    """Count in the cookie whose button was pressed, and return what the server reads in both."""
    pressed = ctx.triggered_id
    signed, plain = in_signed(session.get("clicks")), in_plain(request.cookies.get(PLAIN))
    if pressed == "cookies-signed-button":
        # Flask signs the session with SECRET_KEY, and sends it with the answer: a callback is a request like any other.
        signed += 1
        session["clicks"] = signed
    elif pressed == "cookies-plain-button":
        plain += 1
        send_plain(str(plain))
    elif pressed == "cookies-clear":
        signed = plain = 0
        session.pop("clicks", None)
        send_plain("", max_age=0)
    return signed, plain, seen_by_server(signed, plain), sum(n for n in clicks if isinstance(n, int))


def send_plain(value: str, max_age: int = YEAR) -> None:
    """Send the plain cookie with the answer to this request."""

    @after_this_request
    def set_cookie(response: FlaskResponse) -> FlaskResponse:
        response.set_cookie(PLAIN, value, max_age=max_age, samesite="Lax", secure=settings.production)
        return response


def in_signed(clicks: Any) -> int:
    """Return the number in the signed cookie. Flask has checked the signature: a tampered session is an empty one."""
    return clicks if isinstance(clicks, int) else 0


def in_plain(text: str | None) -> int:
    """Return the number in the plain cookie, 0 if it is none; whether it is true, nobody can tell."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def seen_by_server(signed: int, plain: int) -> list[html.Li]:
    """Say what the server makes of the cookies."""
    return [
        html.Li(f"session: {signed} clicks, and the signature is right" if signed else "session: none that is ours"),
        html.Li(f"{PLAIN}: {plain} clicks, if it is to be believed" if plain else f"{PLAIN}: none"),
    ]


# What scripts can do with cookies only a script can show. It changes the plain one before the server is asked.
clientside_callback(
    ClientsideFunction("cookies", "show"),
    Output("cookies-script", "children"),
    Input("cookies-answered", "data"),
)
clientside_callback(
    ClientsideFunction("cookies", "tamper"),
    Output("cookies-tamper", "n_clicks"),
    Input("cookies-forge", "n_clicks"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("cookies", "fill"),
    Output("cookies-filled", "children"),
    Input("cookies-fill", "n_clicks"),
    prevent_initial_call=True,
)
