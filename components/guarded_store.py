"""A store that never fails in silence. The Python half; the browser's is `assets/guarded_store.js`."""

from typing import Any

from dash.development.base_component import Component


class GuardedStore(Component):
    """A `dcc.Store` in local or session storage that tells when it cannot keep a value, and recovers by itself.

    Where storage is full or blocked, `data` has the new value all the same, storage still has the last one that it
    took, and the visitor reads why, at the place where the component stands. As soon as there is room it is stored.

    Its key in storage is `<app>:<id>`, so that two apps on one origin do not meet. The key holds
    `{"at": milliseconds, "data": …}`: value and time arrive in other tabs together.

    Keyword arguments:
    - id: what callbacks call it.
    - app: the app's name, in front of the key. A path will not do: at home every app is at 127.0.0.1:8050.
    - storage_type: "local" (as is) or "session".
    - data: whatever JSON can hold. What was stored before wins over the layout's.
    - modified_timestamp: when `data` last changed, in milliseconds since 1970; -1 while nothing was stored.
    - clear_data: True removes the key and makes `data` None.
    - problem: the sentence that the visitor reads, "" while all is well. Read only.
    """

    # Where the browser finds it: `window.atlas.GuardedStore`.
    _namespace = "atlas"
    _type = "GuardedStore"
    _children_props: list[str] = []  # noqa: RUF012 - as Dash's own components have it
    _base_nodes = ["children"]  # noqa: RUF012
    _prop_names = ["id", "app", "storage_type", "data", "modified_timestamp", "clear_data", "problem"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012

    def __init__(self, *, id: str, app: str, **props: Any) -> None:
        """Take the props by name; Dash refuses names that are not listed above."""
        self.available_properties = self._prop_names
        self.available_wildcard_properties = self._valid_wildcard_attributes
        super().__init__(id=id, app=app, **props)  # type: ignore[no-untyped-call]
