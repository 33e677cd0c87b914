"""`session_state`: a visitor's values as a mapping with attribute access, kept on the server.

    if "visits" not in session_state:
        session_state.visits = 0
    session_state.visits += 1            # two requests at once may count once; `increment` never does
    session_state.increment("visits")

What is read is a copy: to change a list or a dict in place, assign it again, or use `change`.
"""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any
from uuid import UUID

from data.visitor import DAY, identity
from data.visitor_store import VisitorStore, visitor_store

# In front of the keys of values that belong to one tab of the browser. No other key may begin like this.
_TAB = "tab:"


class MissingStateError(KeyError):
    """There is nothing under this key."""

    def __str__(self) -> str:
        """Say so, and what to do."""
        return f"session_state has nothing under {self.args[0]!r}. Initialise it first, or use `get` with a default."


class SessionState(MutableMapping[str, Any]):
    """The values of one visitor: the current one, or one that is named.

    Reading never makes a visitor; the first write does. Whatever is written must be something that
    `data/codec.py` carries: anything else is a TypeError that names the offending part.
    """

    # No other attributes: one shared object serves all visitors, so nothing of theirs may stick to it.
    __slots__ = ("_given_store", "_given_visitor", "_prefix", "_ttl")

    def __init__(
        self, visitor: str | None = None, *, tab: str | None = None, store: VisitorStore | None = None
    ) -> None:
        """Bind to a visitor (None: whoever sends the current request), and to one of their tabs if `tab` is given.

        `tab` is a UUID that the page keeps in session storage. Its values expire a day after they are written.
        Raises ValueError if it is no UUID.
        """
        self._given_visitor = visitor
        self._given_store = store
        # A UUID has one length and no colon, so the keys of two tabs cannot meet.
        self._prefix = f"{_TAB}{UUID(tab)}:" if tab is not None else ""
        self._ttl = DAY if tab is not None else None

    def __getitem__(self, key: str) -> Any:
        """Return a value. Raises MissingStateError, a KeyError."""
        visitor = self._reader()
        value, version = self._store.read(visitor, self._kept(key)) if visitor else (None, 0)
        if not version:
            raise MissingStateError(key)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        """Write a value."""
        self._store.set(self._writer(), self._kept(key), value, ttl=self._ttl)

    def __delitem__(self, key: str) -> None:
        """Delete a value. Raises MissingStateError, a KeyError."""
        visitor = self._reader()
        if not (visitor and self._store.delete(visitor, self._kept(key))):
            raise MissingStateError(key)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys there are now, sorted; deleting on the way is fine."""
        visitor = self._reader()
        keys = self._store.keys(visitor) if visitor else []
        if self._prefix:
            return iter([key.removeprefix(self._prefix) for key in keys if key.startswith(self._prefix)])
        return iter([key for key in keys if not key.startswith(_TAB)])

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(list(iter(self)))

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a value, even one that cannot be decoded."""
        return key in list(iter(self))

    def __getattr__(self, name: str) -> Any:
        """Return a value. Raises AttributeError."""
        if name.startswith("_"):
            raise AttributeError(f"{name!r} cannot be read as an attribute; write session_state[{name!r}].")
        try:
            return self[name]
        except MissingStateError as error:
            raise AttributeError(str(error)) from None

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a value. Raises AttributeError for the names of this class's own methods."""
        if name in self.__slots__:
            super().__setattr__(name, value)
        elif name.startswith("_") or hasattr(type(self), name):
            raise AttributeError(f"{name!r} cannot be written as an attribute; write session_state[{name!r}].")
        else:
            self[name] = value

    def __delattr__(self, name: str) -> None:
        """Delete a value. Raises AttributeError."""
        try:
            del self[name]
        except MissingStateError as error:
            raise AttributeError(str(error)) from None

    def __repr__(self) -> str:
        """Say whose it is without the id: that is a secret, and this may come into a log."""
        return f"<session_state of {'the current visitor' if self._given_visitor is None else 'a named visitor'}>"

    def setdefault(self, key: str, default: Any = None) -> Any:
        """Write a value only if there is none, and return what is there then."""
        if key not in self:
            self._store.add(self._writer(), self._kept(key), default, ttl=self._ttl)
        return self.get(key, default)

    def update(self, other: Any = (), /, **more: Any) -> None:
        """Write several values, all or none."""
        values = {self._kept(key): value for key, value in dict(other, **more).items()}
        self._store.set_many(self._writer(), values, ttl=self._ttl)

    def clear(self) -> None:
        """Delete all values."""
        for key in self:
            self._store.delete(self._writer(), self._kept(key))

    def change(self, key: str, function: Callable[[Any], Any], default: Any = None) -> Any:
        """Replace a value by `function(value)`, and return it; no other write comes between."""
        return self._store.update(self._writer(), self._kept(key), function, default, ttl=self._ttl)

    def increment(self, key: str, by: float = 1) -> Any:
        """Add to a number, 0 if there is none, and return the sum; no other write comes between."""
        return self._store.increment(self._writer(), self._kept(key), by, ttl=self._ttl)

    def tab(self, tab: str) -> "SessionState":
        """Return the same visitor's values of one tab of the browser; `tab` is a UUID."""
        return SessionState(self._given_visitor, tab=tab, store=self._given_store)

    @property
    def _store(self) -> VisitorStore:
        return self._given_store or visitor_store()

    def _reader(self) -> str | None:
        return identity().current() if self._given_visitor is None else self._given_visitor

    def _writer(self) -> str:
        return identity().ensure() if self._given_visitor is None else self._given_visitor

    def _kept(self, key: str) -> str:
        if key.startswith(_TAB):
            raise ValueError(f"A key cannot begin with {_TAB!r}: {key!r}.")
        return self._prefix + key


session_state = SessionState()
