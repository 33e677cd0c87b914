"""Pages of a frame in any order, from any depth.

Sorting is what costs. So the order of a sort is kept, as a file of row numbers; a page is then a few of them, and
the rows they name are picked out of the mapped table.
"""

from typing import TYPE_CHECKING, Any

from data.cache import get_or_build_file
from data.conditions import Where
from data.duck import looking_at
from data.frame_files import open_table
from data.frames import ROW, Frame
from data.keys import make_key
from errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

MOST_ROWS = 500  # of one page
BATCH = 1_048_576  # row numbers written at a time


def page(frame: Frame, where: Where, order: str, start: Any, end: Any) -> list[dict[str, Any]]:
    """Return rows `start` to `end` (not included) of those that match, in this order, ready for JSON.

    `order` comes from `conditions.sort_sql`: empty means as the rows lie in the frame.
    """
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= start + MOST_ROWS:
        raise BadInput("The table asked for rows that cannot be. Reload the page.")
    if not where.columns and not order:
        return _plain(frame, frame.table.slice(start, end - start))
    if start == 0:
        return _plain(frame, _first(frame, where, order, end))
    return _plain(frame, pick(frame.table, rows_in_order(frame, where, order)[start:end]))


def rows_in_order(frame: Frame, where: Where, order: str) -> "np.ndarray":
    """Return the numbers of the matching rows in this order, from the file that keeps them. It is read as needed."""
    import numpy as np

    key = make_key("order", frame.key, where.sql, where.values, order)
    kept = open_table(get_or_build_file(key, lambda path: _write_order(frame, where, order, path), ttl=frame.ttl))
    chunks = kept.column(ROW).chunks
    return chunks[0].to_numpy() if chunks else np.empty(0, np.uint32)


def pick(table: "pa.Table", rows: "np.ndarray") -> "pa.Table":
    """Return the rows with these numbers, in this order."""
    import numpy as np
    import pyarrow as pa

    batches = table.to_batches()
    ends = np.cumsum([batch.num_rows for batch in batches])
    owner = np.searchsorted(ends, rows, side="right")
    # Batch by batch, because picking from all at once would first put their dictionaries together.
    parts = [
        batches[number].take(pa.array(rows[owner == number] - (ends[number] - batches[number].num_rows)))
        for number in np.unique(owner)
    ]
    found = pa.Table.from_batches(parts, table.schema)
    there = np.argsort(np.argsort(owner, kind="stable"), kind="stable")
    return found.take(pa.array(there)) if len(parts) else found


def _first(frame: Frame, where: Where, order: str, end: int) -> "pa.Table":
    """Return the first rows. They need no sort of all: only the best so far are remembered."""
    with looking_at(frame.table) as cursor:
        query = f"select * from frame where {where.sql} {order} limit {end}"  # noqa: S608 - our own text
        return cursor.sql(query, params=where.values).to_arrow_table()


def _write_order(frame: Frame, where: Where, order: str, path: Any) -> None:
    """Write the row numbers as one batch, so that they can be read without putting any together."""
    import pyarrow as pa

    with looking_at(frame.table) as cursor:
        query = f"select row from frame where {where.sql} {order}"  # noqa: S608 - our own text
        numbers = cursor.sql(query, params=where.values).to_arrow_table().combine_chunks()
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, numbers.schema) as writer:
        writer.write_table(numbers)


def _plain(frame: Frame, rows: "pa.Table") -> list[dict[str, Any]]:
    """Return rows as the grid takes them: times as text, and float32 with the digits it has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {ROW: rows.column(ROW).to_pylist()}
    for column in frame.columns.values():
        values = rows.column(column.name)
        if column.kind == "time":
            values = pc.strftime(values.cast(pa.timestamp("s"), safe=False), "%Y-%m-%d %H:%M:%S")
        plain = values.to_pylist()
        if values.type == pa.float32():
            plain = [value if value is None else float(f"{value:.7g}") for value in plain]
        columns[column.name] = plain
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
