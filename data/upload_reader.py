"""Reads a visitor's CSV or Parquet file into an Arrow file: `python -m data.upload_reader given read token`.

A process of its own, which gives itself little memory and time before it looks at the file: what a small file unpacks
to, or does to a parser, ends here.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.frames import ROW, describe, kind_of

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY = 2 * 2**30  # bytes of address space, of which the libraries themselves take about half
SECONDS = 30  # of computing
MOST_ROWS = 2_000_000
MOST_COLUMNS = 50
MOST_LABELS = 1_000  # different texts of a column that is a category
MOST_BYTES = 400_000_000  # of columns


class Refused(Exception):
    """Raised with the reason, for the visitor to read."""


def main() -> None:
    """Read the file, or say on stderr why not."""
    given, read, token = sys.argv[1:]
    _limit_itself()
    import pyarrow as pa

    try:
        write(check(load(Path(given))), Path(read), token)
    except Refused as reason:
        sys.exit(f"refused: {reason}")
    except (pa.ArrowException, OSError, ValueError) as error:
        sys.exit(f"refused: The file could not be read: {str(error).splitlines()[0][:200]}")


def load(path: Path) -> "pa.Table":
    """Return the file's table; its content, not its name, tells what it is."""
    with path.open("rb") as file:
        head = file.read(65_536)
    if not head.strip():
        raise Refused("The file is empty.")
    return _load_parquet(path) if head.startswith(b"PAR1") else _load_csv(path, head)


def check(table: "pa.Table") -> "pa.Table":
    """Return the table with columns of the few kinds that the page knows, under names of our own."""
    import pyarrow as pa

    _check_size(table.num_rows, table.num_columns)
    columns, fields = [pa.array(range(table.num_rows), pa.uint32())], [pa.field(ROW, pa.uint32())]
    taken: set[str] = set()
    for number, title in enumerate(table.column_names):
        column = _plain(table.column(number), title)
        role = _free_role(column.type, taken)
        taken.add(role)
        columns.append(column)
        fields.append(describe(pa.field(f"c{number}", column.type), title=title[:100] or f"column {number}", role=role))
    return pa.table(columns, schema=pa.schema(fields))


def write(table: "pa.Table", path: Path, token: str) -> None:
    """Write the table; `token` is the key of its content."""
    import pyarrow as pa
    import pyarrow.compute as pc

    times = [field.name for field in table.schema if (field.metadata or {}).get(b"role") == b"time"]
    in_order = False
    if times:
        time = table.column(times[0]).combine_chunks().cast(pa.int64())
        in_order = time.null_count == 0 and bool(pc.all(pc.greater_equal(time[1:], time[:-1])).as_py() is not False)
    table = table.replace_schema_metadata({"token": token, "in_time_order": "yes" if in_order else "no"})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.unify_dictionaries().combine_chunks(), max_chunksize=524_288)


def _load_parquet(path: Path) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    _check_size(file.metadata.num_rows, file.metadata.num_columns)
    if any(pa.types.is_nested(field.type) for field in file.schema_arrow):
        raise Refused("The file has columns of lists or structures. Keep columns of plain values only.")
    texts = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
    # A text that a file holds once and repeats a million times is not written out a million times here, either.
    return pq.ParquetFile(path, read_dictionary=texts).read()


def _load_csv(path: Path, head: bytes) -> "pa.Table":
    import pyarrow.csv as csv

    if b"\0" in head:
        raise Refused("The file is neither CSV nor Parquet.")
    try:
        head[: -4 if len(head) == 65_536 else None].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file is neither Parquet nor CSV in UTF-8. Save it as UTF-8.") from None
    first = head.splitlines()[0]
    separator = max(b",;\t", key=first.count)
    if first.count(separator) >= MOST_COLUMNS:
        raise Refused(f"The file has more than {MOST_COLUMNS} columns. Keep those you need.")
    if len(first) == len(head) == 65_536:
        raise Refused("The file's first line does not end. It must hold the names of the columns.")
    return csv.read_csv(path, parse_options=csv.ParseOptions(delimiter=chr(separator)))


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise Refused(f"The file has {rows:,} rows, and may have {MOST_ROWS:,}. Take a part of it.")
    if columns > MOST_COLUMNS:
        raise Refused(f"The file has {columns} columns, and may have {MOST_COLUMNS}. Keep those you need.")
    if not rows or not columns:
        raise Refused("The file has no rows.")


def _plain(column: "pa.ChunkedArray", title: str) -> "pa.ChunkedArray":
    """Return the column as a category, text, number or time; a Refused names the one that is none of these."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as types

    kind = column.type
    if types.is_dictionary(kind):
        if not types.is_string(kind.value_type):
            column, kind = column.cast(kind.value_type), kind.value_type
    elif types.is_boolean(kind) or types.is_null(kind):
        column, kind = column.cast(pa.string()), pa.string()
    if types.is_date(kind) or types.is_timestamp(kind):
        return column.cast(pa.timestamp("us"), safe=False)
    if types.is_integer(kind) and kind != pa.uint64():
        return column.cast(pa.int64())
    if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind):
        numbers = column.cast(pa.float64(), safe=False)
        return pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))
    if types.is_dictionary(kind):
        return _category_or_text(column)
    if types.is_string(kind) or types.is_large_string(kind) or types.is_time(kind):
        return _category_or_text(column.cast(pa.string()).dictionary_encode())
    raise Refused(f"The column {title[:60]!r} is of the type {kind}. Keep columns of texts, numbers and times.")


def _category_or_text(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Return a dictionary of text as a category if it has few, as text otherwise."""
    import pyarrow as pa

    column = column.unify_dictionaries()
    labels = column.chunk(0).dictionary if column.num_chunks else []
    if len(labels) <= MOST_LABELS:
        if max((len(label.as_py() or "") for label in labels), default=0) > MOST_LABELS:
            raise Refused("A text of the file is longer than 1,000 characters. Shorten it.")
        return column.cast(pa.dictionary(pa.int16(), pa.string()))
    total = sum(len(label.as_py() or "") for label in labels) // len(labels) * len(column)
    if total > MOST_BYTES:
        raise Refused("The file unpacks to too much text. Take a part of it.")
    return column.cast(pa.string())


def _free_role(type_: "pa.DataType", taken: set[str]) -> str:
    """Return the first role that a column of this type can play and none before it does."""
    roles: dict[str, tuple[str, ...]] = {"category": ("group", "part"), "number": ("value",), "time": ("time",)}
    return next((role for role in roles.get(kind_of(type_), ()) if role not in taken), "")


def _limit_itself() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    main()
