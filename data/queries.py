"""What the page asks of a frame: means, histogram, line. Each answer is small, and kept: the same question asked
again, by anyone, costs no scan.
"""

from typing import TYPE_CHECKING, Any

from data.cache import get_or_build, get_or_build_file
from data.conditions import Where
from data.duck import looking_at
from data.frame_files import open_table
from data.frames import Column, Frame
from data.keys import make_key

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

BINS = 60
POINTS = 400  # of a line: a lowest and a highest one for each of 200 spans
BATCH = 262_144  # rows of an answer held in memory at a time
MOST_SUMS = 100_000  # rows of a frame's sums


def count(frame: Frame, where: Where) -> int:
    """Return the number of matching rows."""
    key = make_key("count", frame.key, where.sql, where.values)
    matched: int = get_or_build(key, lambda: _count(frame, where), ttl=frame.ttl)
    return matched


def means(frame: Frame, where: Where, by: Column) -> dict[str, Any]:
    """Return `{"rows": matching rows, "means": one for each label of `by`, None where none matches}`."""
    key = make_key("means", frame.key, where.sql, where.values, by.name)
    found: dict[str, Any] = get_or_build(key, lambda: _means(frame, where, by), ttl=frame.ttl)
    return found


def histogram(frame: Frame, where: Where) -> dict[str, Any]:
    """Return `{"rows": matching rows, "counts": those in each of 60 bins between the frame's lowest and highest}`."""
    key = make_key("histogram", frame.key, where.sql, where.values)
    found: dict[str, Any] = get_or_build(key, lambda: _histogram(frame, where), ttl=frame.ttl)
    return found


def line(frame: Frame, where: Where) -> dict[str, Any]:
    """Return `{"times": milliseconds since 1970, "values": [...]}` of at most 400 points, in time order.

    They are the lowest and the highest of 200 equal spans, so no extreme is lost, whatever `where` cuts out.
    """
    key = make_key("line", frame.key, where.sql, where.values)
    found: dict[str, Any] = get_or_build(key, lambda: _line(frame, where), ttl=frame.ttl)
    return found


def bin_middles(frame: Frame) -> list[float]:
    """Return the middle of each bin of the histogram, in the value's unit."""
    low, high = extent(frame)["value"] or (0.0, 1.0)
    return [round(low + (number + 0.5) * (high - low) / BINS, 4) for number in range(BINS)]


def extent(frame: Frame) -> dict[str, Any]:
    """Return `{"value": [lowest, highest], "time": [first, last]}` of the whole frame; None where there is none."""
    extent: dict[str, Any] = get_or_build(make_key("extent", frame.key), lambda: _extent(frame), ttl=frame.ttl)
    return extent


def _count(frame: Frame, where: Where) -> int:
    if not where.columns:
        return int(frame.table.num_rows)
    sums = _sums_for(frame, where)
    with looking_at(frame.table if sums is None else sums) as cursor:
        number = "count(*)" if sums is None else "coalesce(sum(n), 0)::bigint"
        query = f"select {number} from frame where {where.sql}"  # noqa: S608 - our own text
        matched: int = cursor.execute(query, where.values).fetchall()[0][0]
        return matched


def _means(frame: Frame, where: Where, by: Column) -> dict[str, Any]:
    value = frame.role("value").sql
    sums = _sums_for(frame, where)
    if sums is None:
        select = f"count(*), avg({value})"
    else:
        select = "sum(n)::bigint, sum(total) / sum(n) filter (bin is not null)"
    query = f"select {by.sql}, {select} from frame where {where.sql} group by 1"  # noqa: S608 - our own text
    with looking_at(frame.table if sums is None else sums) as cursor:
        groups = {label: (rows, mean) for label, rows, mean in cursor.execute(query, where.values).fetchall()}
    found = [groups.get(label, (0, None))[1] for label in frame.labels(by)]
    rows = sum(rows for rows, _mean in groups.values())
    return {"rows": rows, "means": [mean if mean is None else round(mean, 2) for mean in found]}


def _histogram(frame: Frame, where: Where) -> dict[str, Any]:
    sums = _sums_for(frame, where)
    select = f"{_bin(frame)}, count(*)" if sums is None else "bin, sum(n)::bigint"
    query = f"select {select} from frame where {where.sql} group by 1"  # noqa: S608 - our own text
    with looking_at(frame.table if sums is None else sums) as cursor:
        counts = dict(cursor.execute(query, where.values).fetchall())
    return {"rows": sum(counts.values()), "counts": [counts.get(number, 0) for number in range(BINS)]}


def _line(frame: Frame, where: Where) -> dict[str, Any]:
    import numpy as np

    time, value = frame.role("time").sql, frame.role("value").sql
    order = "" if frame.in_time_order else "order by 1"
    query = f"""
        select epoch_ms({time}::timestamp), {value} from frame
        where {where.sql} and {value} is not null and {time} is not null {order}"""  # noqa: S608 - our own text
    kept: list[tuple[np.ndarray, np.ndarray]] = []
    with looking_at(frame.table) as cursor:
        for batch in cursor.sql(query, params=where.values).to_arrow_reader(BATCH):
            times, values = (column.to_numpy(zero_copy_only=False) for column in batch.columns)
            kept.append(_extremes(times, values, POINTS * 4))
    if not kept:
        return {"times": [], "values": []}
    times, values = (np.concatenate(parts) for parts in zip(*kept, strict=True))
    times, values = _extremes(times, values, POINTS)
    return {"times": times.tolist(), "values": [float(f"{value:.5g}") for value in values]}


def _extremes(times: "np.ndarray", values: "np.ndarray", points: int) -> "tuple[np.ndarray, np.ndarray]":
    """Return the lowest and the highest of `points / 2` equal spans of time."""
    from tsdownsample import MinMaxDownsampler

    if len(times) <= points:
        return times, values
    chosen = MinMaxDownsampler().downsample(times, values, n_out=points)
    return times[chosen], values[chosen]


def _extent(frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = {"value": None, "time": None}
    with looking_at(frame.table) as cursor:
        for role in found.keys() & frame.roles.keys():
            column = frame.roles[role].sql
            low, high = cursor.execute(f"select min({column}), max({column}) from frame").fetchall()[0]  # noqa: S608
            if low is not None:
                found[role] = [low.isoformat(), high.isoformat()] if role == "time" else [float(low), float(high)]
    return found


def _bin(frame: Frame) -> str:
    """Return the number of the bin that a value is in, as it stands in a query."""
    low, high = extent(frame)["value"] or (0.0, 1.0)
    value = frame.role("value").sql
    number = f"floor(({value} - {low!r}::double) * {BINS / (high - low or 1.0)!r}::double)"
    # `least` would take a missing value for the last bin's.
    return f"case when {value} is not null then least({BINS - 1}, {number})::tinyint end"


def _sums_for(frame: Frame, where: Where) -> "pa.Table | None":
    """Return the frame's sums if they are enough to answer: if the conditions speak of nothing but categories."""
    categories = [column for column in frame.columns.values() if column.kind == "category"]
    most = BINS + 1
    for column in categories:
        most *= len(frame.labels(column)) + 1
    if most > MOST_SUMS * BINS or "value" not in frame.roles or not where.columns <= {c.name for c in categories}:
        return None
    key = make_key("sums", frame.key)
    return open_table(get_or_build_file(key, lambda path: _write_sums(frame, categories, path), ttl=frame.ttl))


def _write_sums(frame: Frame, categories: list[Column], path: Any) -> None:
    """Write one row for each combination of categories and bin: the number of readings, and the sum of their values.

    Means, counts and histogram of whatever is chosen by category follow from these few rows, exactly.
    """
    import pyarrow as pa

    query = f"""
        select {", ".join(column.sql for column in categories)}, {_bin(frame)} as bin, count(*) as n,
        sum({frame.role("value").sql}::double) as total from frame group by all"""  # noqa: S608 - our own text
    with looking_at(frame.table) as cursor:
        reader = cursor.sql(query).to_arrow_reader(BATCH)
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
