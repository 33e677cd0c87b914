"""Frames to Arrow tables and back: the part of the codec that knows pandas.

pandas and pyarrow are imported where they are used, so that a module which only keeps plain values does
not pay for them.
"""

import weakref
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

# In a table's schema: this table was a pandas DataFrame, and is to be one again.
_PANDAS_MARK = b"dash-atlas-frame"


def to_table(value: Any, name: str = "value") -> "pa.Table":
    """Return a DataFrame or Table as a table fit for one Arrow file; TypeError for anything else.

    The error names the column that would not come back as it was: `value['column']`. A DatetimeIndex
    comes back without its `freq`.
    """
    import pandas as pd
    import pyarrow as pa

    if type(value) is pa.Table:
        # One Arrow file has one dictionary a column.
        return _without_mark(value).unify_dictionaries()
    if type(value) is pd.DataFrame:
        # In one piece: pandas copies what lies in several when it is read.
        return _frame_to_table(value, name).unify_dictionaries().combine_chunks()
    kind = type(value)
    raise TypeError(
        f"{name} is of type {kind.__module__}.{kind.__qualname__}, which cannot be stored: "
        "only plain values, bytes, pandas DataFrames and pyarrow Tables can."
    )


def from_table(table: "pa.Table", *, check_codes: bool = True) -> "pd.DataFrame | pa.Table":
    """Return what `to_table` was given, without copying the columns.

    With `check_codes` false, the codes of categories are taken on trust: to check them takes longer the more rows
    there are.

    The columns of a DataFrame are read-only memory that may be shared with other processes. pandas copies
    a column when it is first written to, because a second frame, which lives as long, shares it.
    """
    if _PANDAS_MARK not in (table.schema.metadata or {}):
        return table
    table = _without_mark(table)
    original = table.to_pandas(split_blocks=True) if check_codes else _to_pandas_unchecked(table)
    handed_out = original.copy(deep=False)
    weakref.finalize(handed_out, _let_go, original).atexit = False
    return handed_out


def write_table(table: "pa.Table", sink: "pa.NativeFile") -> None:
    """Write a table from `to_table` into `sink` as an Arrow IPC file."""
    import pyarrow as pa

    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
        if table.num_rows == 0:
            # A table without rows writes no batch, and a file without a batch forgets its categories.
            columns = [column.combine_chunks() for column in table.columns]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=table.schema))


def _to_pandas_unchecked(table: "pa.Table") -> "pd.DataFrame":
    """Convert as pyarrow does, which looks at the code of each row of a category, to see that there is such a one."""
    import pandas as pd

    columns = {
        name: table[name].chunk(0)
        for name in table.column_names
        if _is_plain_category(table[name]) and name not in table.schema.pandas_metadata["index_columns"]
    }
    for name, column in columns.items():
        table = table.set_column(table.column_names.index(name), name, column.indices)
    frame = table.to_pandas(split_blocks=True)
    data: dict[str, Any] = dict(frame.items())
    for name, column in columns.items():
        dtype: Any = pd.CategoricalDtype(column.dictionary.to_pandas(), ordered=column.type.ordered)
        data[name] = pd.Categorical.from_codes(data[name].to_numpy(), dtype=dtype, validate=False)
    converted = pd.DataFrame(data, index=frame.index, copy=False)
    converted.columns = frame.columns
    converted.attrs = frame.attrs
    return converted


def _is_plain_category(column: "pa.ChunkedArray") -> bool:
    import pyarrow as pa

    types = pa.types
    if not types.is_dictionary(column.type) or column.num_chunks != 1 or column.null_count:
        return False
    names = column.type.value_type
    return bool(types.is_string(names) or types.is_large_string(names) or types.is_integer(names))


def _let_go(_original: "pd.DataFrame") -> None:
    """Do nothing: being the argument of a finalizer is what keeps the original alive."""


def _frame_to_table(frame: "pd.DataFrame", name: str) -> "pa.Table":
    import pyarrow as pa

    from data.codec import check_plain

    check_plain(frame.attrs, f"{name}.attrs")
    _check_labels(frame, name)
    for label, column in frame.items():
        _check_column(column, f"{name}[{label!r}]")
    for level in range(frame.index.nlevels):
        _check_column(frame.index.get_level_values(level).to_series(), f"{name}.index")
    table = pa.Table.from_pandas(frame)
    return table.replace_schema_metadata({**(table.schema.metadata or {}), _PANDAS_MARK: b"1"})


def _check_labels(frame: "pd.DataFrame", name: str) -> None:
    """Refuse names that Arrow would turn into text, or lose."""
    for label in [*frame.columns, *filter(None, [*frame.columns.names, *frame.index.names])]:
        if type(label) is not str:
            raise TypeError(f"{name} has a column or index named {label!r}: names must be str.")
    if not frame.columns.is_unique:
        raise TypeError(f"{name} has two columns named {frame.columns[frame.columns.duplicated()][0]!r}.")


def _check_column(column: "pd.Series[Any]", path: str) -> None:
    """Refuse Python objects, of which Arrow would have to guess the type, and what Arrow returns as another dtype."""
    import pandas as pd
    import pyarrow as pa

    dtype: Any = column.dtype
    if pd.api.types.is_object_dtype(getattr(dtype, "categories", column)):
        raise TypeError(f"{path} holds Python objects: give it a dtype first, for text with `.astype('str')`.")
    try:
        # A few rows tell: with a dtype, every row converts as the first does.
        returned = pa.Table.from_pandas(column.head(1).to_frame("column"), preserve_index=False).to_pandas()
    except (pa.ArrowException, TypeError, ValueError, NotImplementedError) as error:
        raise TypeError(f"{path} cannot be carried by Arrow: {error}") from error
    if returned["column"].dtype != dtype:
        raise TypeError(f"{path} is of dtype {dtype}, and Arrow would return another.")


def _without_mark(table: "pa.Table") -> "pa.Table":
    metadata = dict(table.schema.metadata or {})
    if metadata.pop(_PANDAS_MARK, None) is None:
        return table
    return table.replace_schema_metadata(metadata or None)
