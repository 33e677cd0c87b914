"""Every control of Dash and of Bootstrap components that supports persistence, each with the prop that is kept."""

from dataclasses import dataclass, field
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.attributes import aria

FRUITS = ["Apple", "Pear", "Plum"]
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 90'%3E"
    "%3Crect width='300' height='90' fill='%23{colour}'/%3E%3C/svg%3E"
)
PICTURES = [
    {"key": colour, "src": PICTURE.format(colour=code), "alt": f"All {colour}", "header": colour}
    for colour, code in {"blue": "3b4cca", "green": "176b45", "red": "8f2662"}.items()
]


@dataclass(frozen=True)
class Control:
    """A control: its name, what it is labelled, the prop that is persisted, and what the layout says of it."""

    name: str
    make: Any
    prop: str
    initial: Any
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return the control as code names it."""
        module = "dcc" if self.make.__module__.startswith("dash.dcc") else "dbc"
        return f"{module}.{self.make.__name__}"


CONTROLS = (
    Control("name", dbc.Input, "value", "", {"placeholder": "Your name"}),
    Control("story", dbc.Textarea, "value", "", {"rows": 1}),
    Control("select", dbc.Select, "value", "Apple", {"options": FRUITS}),
    Control("radio-items", dbc.RadioItems, "value", "Apple", {"options": FRUITS, "inline": True}),
    Control("checklist", dbc.Checklist, "value", [], {"options": FRUITS, "inline": True}),
    Control("switch", dbc.Switch, "value", False, {"label": "On"}),
    Control("checkbox", dbc.Checkbox, "value", False, {"label": "Yes"}),
    Control("radio-button", dbc.RadioButton, "value", False, {"label": "Chosen"}),
    Control("dcc-input", dcc.Input, "value", 1, {"type": "number", "min": 0, "max": 99}),
    Control("dcc-textarea", dcc.Textarea, "value", "", {"rows": 1}),
    Control("dropdown", dcc.Dropdown, "value", "Apple", {"options": FRUITS}),
    Control("several", dcc.Dropdown, "value", ["Apple"], {"options": FRUITS, "multi": True}),
    Control("dcc-radio-items", dcc.RadioItems, "value", "Apple", {"options": FRUITS, "inline": True}),
    Control("dcc-checklist", dcc.Checklist, "value", [], {"options": FRUITS, "inline": True}),
    Control(
        "slider", dcc.Slider, "value", 3, {"min": 0, "max": 10, "step": 1, "marks": None, "allow_direct_input": False}
    ),
    Control(
        "range",
        dcc.RangeSlider,
        "value",
        [3, 7],
        {"min": 0, "max": 10, "step": 1, "marks": None, "allow_direct_input": False},
    ),
    Control("date", dcc.DatePickerSingle, "date", "2026-07-01"),
    Control("dates", dcc.DatePickerRange, "start_date", "2026-07-01", {"end_date": "2026-07-08"}),
    Control(
        "dcc-tabs",
        dcc.Tabs,
        "value",
        "Apple",
        {"children": [dcc.Tab(label=fruit, value=fruit) for fruit in FRUITS]},
    ),
    Control(
        "dbc-tabs",
        dbc.Tabs,
        "active_tab",
        "Apple",
        {"children": [dbc.Tab(label=fruit, tab_id=fruit) for fruit in FRUITS]},
    ),
    Control(
        "accordion",
        dbc.Accordion,
        "active_item",
        "Apple",
        {"children": [dbc.AccordionItem(f"A {fruit}.", title=fruit, item_id=fruit) for fruit in FRUITS]},
    ),
    Control("carousel", dbc.Carousel, "active_index", 0, {"items": PICTURES, "interval": None}),
    Control("alert", dbc.Alert, "is_open", True, {"children": "Close me.", "dismissable": True}),
    Control("toast", dbc.Toast, "is_open", True, {"children": "Me too.", "header": "Toast", "dismissable": True}),
)


def control_id(storage_type: str, control: Control) -> str:
    """Return the id of a control in one tab of the form."""
    return f"forms-{storage_type}-{control.name}"


def draw(storage_type: str, control: Control) -> html.Div:
    """Draw a control with its label. The three persistence props are all that persistence takes."""
    name = control_id(storage_type, control)
    return html.Div(
        [
            dbc.Label(control.label, html_for=name, class_name="control-label"),
            control.make(
                id=name,
                persistence=True,
                persistence_type=storage_type,
                **{control.prop: control.initial},
                **control.options,
            ),
        ],
        role="group",
        **aria(label=control.label),
    )
