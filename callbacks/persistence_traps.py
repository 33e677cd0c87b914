"""Callbacks of the persistence traps: each trap beside its cure, with nothing else that differs."""

from typing import Any

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html
from dash.exceptions import PreventUpdate

from components.every_control import FRUITS
from errors import BadInput

DEFAULTS = {"old": "from the first release", "new": "from the second release"}
VIEWS = {"a": "Page A", "b": "Page B"}
NEIGHBORHOODS = {"Boston": ["Back Bay", "Fenway"], "London": ["Hackney", "Kensington"]}


@callback(
    Output("persistence-traps-overwritten", "value"),
    Input("persistence-traps-set", "n_clicks"),
)
def set_on_load_too(_n_clicks: int | None) -> str:
    """Return a value, also on load: the trap. It takes precedence over what was kept."""
    return "set by the callback"


@callback(
    Output("persistence-traps-guarded", "value"),
    Input("persistence-traps-set", "n_clicks"),
)
def set_when_asked(n_clicks: int | None) -> str:
    """Return a value when the button was pressed: the cure."""
    if not n_clicks:
        raise PreventUpdate
    return "set by the callback"


@callback(Output("persistence-traps-release", "children"), Input("persistence-traps-default", "value"))
def draw_release(release: str) -> list[Any]:
    """Return two fields with this release's initial value: its persistence is True, or names the release."""
    if not isinstance(release, str) or release not in DEFAULTS:
        raise BadInput(f"There is no release called {str(release)[:60]!r}. Choose one of the two.")
    initial = DEFAULTS[release]
    return [
        _text_input("changed", "Trap: persistence=True", initial, True),
        _text_input("versioned", "Cure: persistence names the release", initial, release),
    ]


@callback(Output("persistence-traps-view", "children"), Input("persistence-traps-page", "value"))
def draw_view(view: str) -> list[Any]:
    """Return the fields of one page: the first has the same id on both, the second an id of its own."""
    if not isinstance(view, str) or view not in VIEWS:
        raise BadInput(f"There is no view called {str(view)[:60]!r}. Choose Page A or Page B.")
    return [
        _text_input("shared", "Trap: the same id on both", "", True),
        _text_input(f"own-{view}", "Cure: an id with the page's name in it", "", True),
    ]


def _text_input(name: str, label: str, initial: str, persistence: bool | str) -> html.Div:
    return html.Div(
        [
            html.Label(label, htmlFor=f"persistence-traps-{name}"),
            dcc.Input(id=f"persistence-traps-{name}", value=initial, persistence=persistence, className="d-block"),
        ],
        className="mb-2",
    )


@callback(
    Output("persistence-traps-emptied", "options"),
    Output("persistence-traps-emptied", "persistence"),
    Output("persistence-traps-emptied", "value"),
    Input("persistence-traps-city", "value"),
)
def offer_and_empty(city: str) -> tuple[list[str], str, None]:
    """Return the city's neighborhoods, and no value: the trap. The None wins over what was kept for the city."""
    return neighborhoods(city), city, None


@callback(
    Output("persistence-traps-restored", "options"),
    Output("persistence-traps-restored", "persistence"),
    Input("persistence-traps-city", "value"),
)
def offer(city: str) -> tuple[list[str], str]:
    """Return the city's neighborhoods and let persistence bring the value: the cure."""
    return neighborhoods(city), city


def neighborhoods(city: Any) -> list[str]:
    """Return a city's neighborhoods, or raise BadInput."""
    if not isinstance(city, str) or city not in NEIGHBORHOODS:
        raise BadInput(f"There is no city called {str(city)[:60]!r} here. Choose one from the list.")
    return NEIGHBORHOODS[city]


@callback(Output("persistence-traps-dropped", "options"), Input("persistence-traps-stock", "value"))
def offer_what_is_left(stock: Any) -> list[str]:
    """Return what is offered today, whatever the visitor chose before: the trap."""
    return [fruit for fruit in FRUITS if isinstance(stock, list) and fruit in stock]


# The cure knows the kept value, since it reads it; what is gone is listed, and cannot be chosen again.
clientside_callback(
    ClientsideFunction("persistence_traps", "offer"),
    Output("persistence-traps-told", "options"),
    Input("persistence-traps-stock", "value"),
    Input("persistence-traps-told", "value"),
)
