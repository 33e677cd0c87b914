"""Cookies: what the browser sends with every request, signed or plain, read by scripts or not."""

import dash_bootstrap_components as dbc
from dash import dcc, html, register_page

import callbacks.cookies  # noqa: F401 - registers this page's callbacks
from components.attributes import aria
from components.pattern import Claim, Pattern, Place, Trap
from components.pattern_page import pattern_page
from components.tables import text_table

PATTERN = Pattern(
    name="cookies",
    title="Cookies",
    group="On the server",
    order=20,
    summary="One counter in a cookie that the server signs, one in a plain cookie. Forge both: only one is believed.",
    places=(
        Place(
            key="signed",
            name="Signed cookie",
            lives_in="a cookie, signed and HttpOnly",
            scope="this browser",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="4 kB, sent with every request",
            capacity=4_000,
            readable_by="the server, and anyone at the device; no script",
            wire_bytes=1032,
        ),
        Place(
            key="plain",
            name="Plain cookie",
            lives_in="a cookie",
            scope="this browser",
            survives=("page change", "reload", "new tab", "server restart", "second worker"),
            limit="4 kB, sent with every request",
            capacity=4_000,
            readable_by="the server, and any script of the page",
            wire_bytes=1032,
        ),
    ),
    claims=(
        Claim(text="A forged signed cookie is refused; a plain one is believed.", proof="test_a_forgery_is_refused"),
        Claim(text="No script can read the signed cookie.", proof="test_no_script_reads_the_signed_cookie"),
        Claim(text="Anyone at the device can read it: signed is not secret.", proof="test_signed_is_not_secret"),
        Claim(text="One cookie takes 4,096 bytes, name and value.", proof="test_a_cookie_takes_4096_bytes"),
    ),
    traps=(
        Trap(
            text="A cookie that is too large is dropped without a word.",
            cure="Keep an id in the cookie, and the data on the server under that id.",
            proof="test_a_cookie_takes_4096_bytes",
        ),
        Trap(
            text="A plain cookie holds whatever a script or the visitor writes into it.",
            cure="Sign what you must be able to trust, and check the rest like any other input.",
            proof="test_a_forgery_is_refused",
        ),
    ),
    use_when=(
        "the server must know a little, such as who the visitor is, before it draws the page",
        "it must be trusted: signed",
    ),
    leave_when=("it is more than a few hundred bytes: every request carries it", "only the browser needs it"),
    see_also=("/clicks",),
)

register_page(__name__, **PATTERN.page)

COUNTERS = {"signed": "signed by the server, HttpOnly", "plain": "readable by scripts"}
ATTRIBUTES = (
    ("`HttpOnly`", "no script reads or replaces it", "for whatever only the server needs"),
    ("`SameSite=Lax`", "not sent with requests that other sites cause", "always, unless you embed the app elsewhere"),
    ("`Secure`", "sent over HTTPS only", "in production"),
    ("`Max-Age`", "how long the browser keeps it; without, until it is closed", "for what shall outlast the browser"),
    ("`__Host-` before the name", "taken from this very host only", "in production, against other hosts of the domain"),
    ("a signature", "the server notices any change", "for whatever the server trusts; it hides nothing"),
)


def layout(**_query: str) -> html.Article:
    """Draw the page."""
    demo = html.Div(
        [
            dbc.Row([dbc.Col(_counter(name, what), xs=6) for name, what in COUNTERS.items()], class_name="g-3"),
            html.Div(
                [
                    dbc.Button("Forge both", id="cookies-forge", size="sm", outline=True, color="primary"),
                    dbc.Button("Clear both", id="cookies-clear", size="sm", outline=True, color="primary"),
                    html.Button(id="cookies-tamper", hidden=True, **aria(label="Ask the server")),
                ],
                className="d-flex gap-2 mt-3",
            ),
            html.P(id="cookies-script", className="mt-3 mb-1 text-break"),
            html.P("The server reads:", className="mb-0"),
            html.Ul(id="cookies-seen", className="mb-0"),
            dcc.Store(id="cookies-answered"),
        ]
    )
    return pattern_page(PATTERN, demo, _limit(), _attributes())


def _counter(name: str, what: str) -> html.Div:
    return html.Div(
        [
            html.H2(f"{name.capitalize()} cookie", className="h6 mb-0"),
            html.Small(what, className="text-body-secondary"),
            html.Div("–", id=f"cookies-{name}-count", className="count", **aria(live="polite")),
            dbc.Button("Count a click", id=f"cookies-{name}-button", size="sm"),
        ]
    )


def _limit() -> html.Section:
    return html.Section(
        [
            html.H2("How large may it be?", id="how-large"),
            dbc.Button("Measure it in my browser", id="cookies-fill", size="sm", outline=True, color="primary"),
            html.P(id="cookies-filled", className="mt-2", **aria(live="polite")),
        ]
    )


def _attributes() -> html.Section:
    return html.Section(
        [
            html.H2("What protects a cookie", id="attributes"),
            text_table(("attribute", "what it does", "when"), ATTRIBUTES),
        ],
        className="about-the-page",
    )
