"""A component of our own: stars with a comment. The Python half; the browser's is `assets/star_rating.js`."""

from typing import Any

from dash.development.base_component import Component


class StarRating(Component):
    """A rating from 1 to 5 stars with a comment, which persists as much of its value as it is asked to.

    Keyword arguments:
    - id: what callbacks call it; without one nothing persists.
    - label: its name, seen and read aloud.
    - value: `{"stars": 0 to 5, "comment": text}`.
    - persistence: True, a text or a number turns persistence on; each value has its own saved edits.
    - persistence_type: "local" (as is), "session" or "memory".
    - persisted_props: which parts persist: `["value.stars"]` (as is), or `["value"]` for the comment too.
    """

    # Where the browser finds it: `window.atlas.StarRating`.
    _namespace = "atlas"
    _type = "StarRating"
    _children_props: list[str] = []  # noqa: RUF012 - as Dash's own components have it
    _base_nodes = ["children"]  # noqa: RUF012
    _prop_names = ["id", "label", "value", "persistence", "persistence_type", "persisted_props"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012

    def __init__(self, **props: Any) -> None:
        """Take the props by name; Dash refuses names that are not listed above."""
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(**props)  # type: ignore[no-untyped-call]
