"""What all figures share. Colours of text and lines come from `assets/style.css`, so that figures follow the theme."""

from typing import Any

# Readable on white and on black; distinct for the most common kinds of colour blindness (after Okabe and Ito).
COLOURS = ["#3d7dca", "#d9730d", "#2a9d78", "#c2569b", "#b08900", "#5aa9c9", "#d1495b", "#7c74c9"]

# Without Plotly's tool bar, which on a phone lies over the figure; a double click or tap still resets the zoom.
CONFIG: Any = {"displayModeBar": False, "responsive": True}

# More lines than this cannot be told apart by their colours.
LEGEND_LINES = 12


def figure(data: list[dict[str, Any]], **layout: Any) -> dict[str, Any]:
    """Return a figure with the atlas's look; `layout` adds to its layout."""
    axis = {"automargin": True, "zeroline": False}
    base: dict[str, Any] = {
        "colorway": COLOURS,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "system-ui, sans-serif", "size": 13},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": axis,
        "yaxis": axis,
        "legend": {"orientation": "h", "y": -0.15},
        "showlegend": 1 < len(data) <= LEGEND_LINES,
    }
    for key, value in layout.items():
        base[key] = {**base[key], **value} if isinstance(base.get(key), dict) else value
    return {"data": data, "layout": base}
