"""A frame to be explored: a table that lies in a file, mapped into memory, and what its columns are good for.

Every such table has a column `row`, which numbers its rows from 0. What a column is called for people, and which
control of a page speaks of it (its role), stands in the metadata of its field: `describe` writes it there.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from errors import BadInput

if TYPE_CHECKING:
    import pyarrow as pa

ROW = "row"

Kind = Literal["category", "text", "number", "time"]


class Column(NamedTuple):
    """A column as people and queries see it. `name` is ours, never a visitor's text; `title` may be theirs.

    `cast` is what makes a bound value comparable: 21.3 is no float32, and would equal none of them.
    """

    name: str
    title: str
    kind: Kind
    role: str
    cast: str

    @property
    def sql(self) -> str:
        """Return the name as it stands in a query."""
        return f'"{self.name}"'


@dataclass(frozen=True)
class Frame:
    """A table, the key of its content, and for how many seconds what is derived from it may be kept (None: as long
    as there is room). `made` is when, in seconds since 1970; `in_time_order` says that its rows are.
    """

    key: str
    table: "pa.Table"
    ttl: float | None = None
    made: float = 0
    in_time_order: bool = False

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Return the columns by name, in their order, without `row`."""
        return columns_of(self.table.schema)

    @cached_property
    def roles(self) -> dict[str, Column]:
        """Return the columns that have a role, by their role."""
        return {column.role: column for column in self.columns.values() if column.role}

    def column(self, name: Any) -> Column:
        """Return a column, or raise BadInput for a name that is not one of this frame's."""
        if not isinstance(name, str) or name not in self.columns:
            raise BadInput("There is no such column in this frame. Reload the page.")
        return self.columns[name]

    def role(self, role: str) -> Column:
        """Return the column with a role, or raise BadInput if the frame has none."""
        if role not in self.roles:
            raise BadInput(f"This frame has no column for that: {_MISSING[role]}.")
        return self.roles[role]

    def labels(self, column: Column) -> list[str]:
        """Return all values of a category, in the order of their codes."""
        chunks = self.table.column(column.name).chunks
        labels: list[str] = chunks[0].dictionary.to_pylist() if chunks else []
        return labels


# What a column can be to the page: rows are grouped by `group` or by `part`, `value` is averaged, `time` is the axis.
# And what is wrong where none is.
_MISSING = {
    "group": "none holds few different texts",
    "part": "no second one holds few different texts",
    "value": "none holds numbers",
    "time": "none holds times",
}


def columns_of(schema: "pa.Schema") -> dict[str, Column]:
    """Return the columns by name, in their order, without `row`."""
    return {field.name: _column(field) for field in schema if field.name != ROW}


def describe(field: "pa.Field", *, title: str = "", role: str = "") -> "pa.Field":
    """Return the field with what people call it, and its role."""
    return field.with_metadata({"title": title or field.name, "role": role})


def kind_of(type_: "pa.DataType") -> Kind:
    """Return what can be done with values of a type."""
    import pyarrow.types as types

    if types.is_dictionary(type_):
        return "category"
    if types.is_timestamp(type_):
        return "time"
    return "text" if types.is_string(type_) else "number"


def _column(field: "pa.Field") -> Column:
    told = {key.decode(): text.decode() for key, text in (field.metadata or {}).items()}
    kind = kind_of(field.type)
    cast = "::timestamp" if kind == "time" else "::float" if str(field.type) == "float" else ""
    return Column(field.name, told.get("title", field.name), kind, told.get("role", ""), cast)
