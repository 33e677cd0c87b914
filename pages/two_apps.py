"""Two apps on one origin: how they overwrite each other's stores, what prevents it, and what does not."""

from dash import html, register_page

import callbacks.two_apps  # noqa: F401 - registers this page's callbacks, and the other app
from callbacks.two_apps_neighbour import PATH, notes
from components.attributes import data
from components.browser_state import APP
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.prose import prose

PATTERN = Pattern(
    name="two_apps",
    title="Two apps, one origin",
    group="In the browser",
    order=45,
    summary="Another app at another path has the same storage as this one. Write here, then look there.",
    claims=(
        Claim(
            text="Guarded stores of two apps do not meet: each has its app's name in front of its key.",
            proof="test_guarded_stores_of_two_apps_do_not_meet",
        ),
    ),
    traps=(
        Trap(
            text="Plain stores with the same id are one store: each app reads and overwrites what the other wrote.",
            cure="Put the app's name in front of the key: `GuardedStore(app=…)`, or in the id of a plain store.",
            proof="test_plain_stores_with_one_id_are_one_store",
        ),
        Trap(
            text="A name in front hides nothing: any script of the origin reads every key.",
            cure="Keep what is confidential on the server, behind an HttpOnly cookie, or give each app its own host.",
            proof="test_a_name_in_front_hides_nothing",
        ),
    ),
    use_when=("several apps share a host, each at a path", "all you develop is at 127.0.0.1:8050, one after the other"),
    leave_when=("the apps do not trust each other: they need origins of their own",),
    see_also=("/limits", "/inspector", "/cookies"),
    more_files=("components/guarded_store.py", "assets/guarded_store.js"),
    parts=("callbacks/two_apps_neighbour.py",),
)

register_page(__name__, **PATTERN.page)


def layout(**_query: str) -> html.Article:
    """Draw the page: the notes of this app, the way to the other, and the other's code."""
    return pattern_page(PATTERN, _demo(), _origins(), _neighbour())


def _demo() -> html.Div:
    link = html.A("Open the neighbour", href=PATH, target="_blank", className="btn btn-sm btn-outline-primary mt-3")
    return html.Div([notes(APP), link])


def _origins() -> html.Section:
    return html.Section(
        [
            html.H2("What an origin is", id="what-an-origin-is"),
            html.P(
                prose(
                    "Scheme, host and port together: `https://example.org` and `https://example.org:8443` are two, and"
                    " `https://example.org/a` and `/b` are one. Storage, IndexedDB and the right to read belong to the"
                    " origin. Cookies are shared even more widely: a host's ports have the same ones."
                )
            ),
        ],
        className="about-the-page",
    )


def _neighbour() -> html.Section:
    return html.Section(
        [
            html.H2("The other app, whole", id="the-other-app"),
            html.Details(
                [html.Summary(html.Span(prose(f"`{PATTERN.parts[0]}`"))), html.Div(className="source")],
                className="claim",
                **data(source=f"/source/{PATTERN.parts[0]}"),
            ),
        ],
        className="about-the-page",
    )
