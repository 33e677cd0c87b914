"""What a visitor asks of the rows, checked, and turned into the `where` of a query.

A visitor's text never becomes part of a query: columns are ours, looked up in the frame's schema, and values are
bound. Everything else raises BadInput.
"""

import math
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from data.frames import Column, Frame
from errors import BadInput

MOST_VALUES = 1_000  # of one list
LONGEST = 200  # characters of a text to look for


class Where(NamedTuple):
    """Conditions that must all hold: their text for a query, the values to bind, and the columns they speak of."""

    sql: str = "true"
    values: tuple[Any, ...] = ()
    columns: frozenset[str] = frozenset()

    def __and__(self, other: "Where") -> "Where":
        """Return both conditions together."""
        if not self.columns or not other.columns:
            return self if self.columns else other
        return Where(f"{self.sql} and {other.sql}", self.values + other.values, self.columns | other.columns)


ALL = Where()


def conditions(frame: Frame, chosen: Any, filter_model: Any = None) -> Where:
    """Return the conditions of the page's controls and of the grid's column filters.

    `chosen` is `{"group": [text, ...], "part": [text, ...], "value": [lowest, highest], "time": [first, last]}`, each
    part of it optional, each bound None where it is open; first and last are days or times. `filter_model` is
    AG Grid's.
    """
    chosen = _dict(chosen)
    where = ALL
    for role in ("group", "part"):
        if values := chosen.get(role):
            where &= one_of(frame, frame.role(role), values)
    for role in ("value", "time"):
        if (bounds := chosen.get(role)) not in (None, [], [None, None]):
            where &= between(frame.role(role), bounds)
    for name, model in _dict(filter_model).items():
        where &= _column_filter(frame.column(name), _dict(model))
    return where


def one_of(frame: Frame, column: Column, values: Any) -> Where:
    """Return the condition that a category is one of some values, of which the frame must have each."""
    if not isinstance(values, list) or len(values) > MOST_VALUES:
        raise BadInput(f"What is chosen for {column.title} must be a list. Choose from it again.")
    known = set(frame.labels(column))
    for value in values:
        if not isinstance(value, str) or value not in known:
            raise BadInput(f"There is no {column.title} called {str(value)[:60]!r} in this frame. Choose one again.")
    return _where(column, f"{column.sql} in ({', '.join('?' * len(values))})", *sorted(values))


def between(column: Column, bounds: Any) -> Where:
    """Return the condition that a number or time lies between two bounds, both included; a last day is a whole one."""
    if not isinstance(bounds, list) or len(bounds) != 2:
        raise BadInput(f"The range of {column.title} must have a lowest and a highest value. Enter it again.")
    low, high = bounds
    where = ALL
    if low is not None:
        where &= _compare(column, ">=", _bound(column, low))
    if high is not None and column.kind == "time":
        where &= _compare(column, "<", (_time(high) + _step(high)).isoformat())
    elif high is not None:
        where &= _compare(column, "<=", _bound(column, high))
    if low is not None and high is not None and _bound(column, low) > _bound(column, high):
        raise BadInput(f"The range of {column.title} ends before it begins. Swap its ends.")
    return where


def sort_sql(frame: Frame, sort_model: Any) -> str:
    """Return an `order by` for AG Grid's sort model, empty for none. `row` makes every order a total one."""
    if sort_model is None or sort_model == []:
        return ""
    if not isinstance(sort_model, list) or len(sort_model) > len(frame.columns):
        raise BadInput("The order of the rows must be a list of columns. Sort again.")
    terms = [_sort_term(frame, _dict(sort)) for sort in sort_model]
    return f"order by {', '.join(terms)}, row"


def _sort_term(frame: Frame, sort: dict[str, Any]) -> str:
    direction = sort.get("sort")
    if direction not in ("asc", "desc"):
        raise BadInput("Rows are sorted upwards or downwards. Sort again.")
    return f"{frame.column(sort.get('colId')).sql} {direction} nulls last"


def _column_filter(column: Column, model: dict[str, Any]) -> Where:
    """Return the condition of one column's filter in the grid."""
    kind = model.get("type")
    if kind in ("blank", "notBlank"):
        return _where(column, f"{column.sql} is {'not ' if kind == 'notBlank' else ''}null")
    if column.kind == "time":
        return _time_filter(column, kind, model.get("dateFrom"), model.get("dateTo"))
    if column.kind == "number":
        return _number_filter(column, kind, model.get("filter"), model.get("filterTo"))
    return _text_filter(column, kind, model.get("filter"))


COMPARISONS = {
    "equals": "=",
    "notEqual": "<>",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}


def _number_filter(column: Column, kind: Any, value: Any, to: Any) -> Where:
    if kind == "inRange":
        return between(column, [value, to])
    return _compare(column, _known(COMPARISONS, kind), _bound(column, value))


def _time_filter(column: Column, kind: Any, value: Any, to: Any) -> Where:
    """Compare by days, as the grid's filter does."""
    if kind == "inRange":
        return between(column, [str(value)[:10], str(to)[:10]])
    day = _time(str(value)[:10])
    next_day = (day + timedelta(days=1)).isoformat()
    if kind in ("equals", "notEqual"):
        inside = f"({column.sql} >= ?::timestamp and {column.sql} < ?::timestamp)"
        return _where(column, inside if kind == "equals" else f"not {inside}", day.isoformat(), next_day)
    comparison = _known({"lessThan": "<", "greaterThan": ">="}, kind)
    return _compare(column, comparison, next_day if kind == "greaterThan" else day.isoformat())


# Case does not matter, as in the grid's own filters.
TEXTS = {
    "contains": "contains(lower({0}::varchar), lower(?))",
    "notContains": "not contains(lower({0}::varchar), lower(?))",
    "equals": "lower({0}::varchar) = lower(?)",
    "notEqual": "lower({0}::varchar) <> lower(?)",
    "startsWith": "starts_with(lower({0}::varchar), lower(?))",
    "endsWith": "ends_with(lower({0}::varchar), lower(?))",
}


def _text_filter(column: Column, kind: Any, text: Any) -> Where:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise BadInput(f"Look for a text of at most {LONGEST} characters in {column.title}.")
    return _where(column, _known(TEXTS, kind).format(column.sql), text)


def _compare(column: Column, comparison: str, value: Any) -> Where:
    return _where(column, f"{column.sql} {comparison} ?{column.cast}", value)


def _where(column: Column, sql: str, *values: Any) -> Where:
    return Where(sql, values, frozenset({column.name}))


def _bound(column: Column, value: Any) -> Any:
    """Return a bound as it can be compared: a finite number, or a time as text."""
    if column.kind == "time":
        return _time(value).isoformat()
    if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > 2**63:
        raise BadInput(f"The bounds of {column.title} must be numbers. Enter them again.")
    return float(value)


def _time(value: Any) -> datetime:
    """Return a day, or a time of a day, such as 2016-01-31 or 2016-01-31T12:00:00."""
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadInput("That is no day. Enter one such as 2016-01-31.") from None
    if time.tzinfo or not 1 < time.year < 9999:
        raise BadInput("That is no day of this calendar. Enter one such as 2016-01-31.")
    return time


def _step(value: str) -> timedelta:
    """Return how long what is named lasts: a day, or a moment within one."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return timedelta(microseconds=1)
    return timedelta(days=1)


def _known(table: dict[str, str], kind: Any) -> str:
    if not isinstance(kind, str) or kind not in table:
        raise BadInput("There is no such filter. Choose another one in the column's menu.")
    return table[kind]


def _dict(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise BadInput("These are no filters. Reload the page.")
    return value
