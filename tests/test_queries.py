"""Answers about a frame are right, whichever way they are worked out, and hold no text of the visitor's."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import queries
from data.conditions import ALL, conditions, sort_sql
from data.frame_files import open_table
from data.frames import Frame
from data.readings import SENSORS, SITES, write_readings
from data.sorted_order import page, pick, rows_in_order
from errors import BadInput

pytestmark = pytest.mark.slow

ROWS = 20_000
FORGED: list[Any] = ["x", 1, True, [1], {"a": 1}, [["x"]], ["'; drop table frame; --"], {"row": 1}]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readings") / "readings.arrow"
    write_readings(path, ROWS)
    return path


@pytest.fixture
def frame(path: Path, own_cache: Any) -> Frame:
    return Frame("test", open_table(path), in_time_order=True)


@pytest.fixture(scope="module")
def expected(path: Path) -> pd.DataFrame:
    """The same frame, in pandas: what every answer is compared with."""
    return open_table(path).to_pandas()


CHOICES: list[tuple[dict[str, Any], Any]] = [
    ({}, lambda f: f.row >= 0),
    ({"group": ["Cork", "Faro"]}, lambda f: f.site.isin(["Cork", "Faro"])),
    ({"part": ["COR-03"], "group": ["Cork"]}, lambda f: f.sensor == "COR-03"),
    ({"value": [10, 12.5]}, lambda f: f.temperature.between(10, 12.5)),
    ({"value": [None, 12.5]}, lambda f: f.temperature <= 12.5),
    ({"time": ["2016-01-02", "2016-01-03"]}, lambda f: f.time.between("2016-01-02", "2016-01-03 23:59:59")),
    ({"group": ["Cork"], "value": [10, None]}, lambda f: (f.site == "Cork") & (f.temperature >= 10)),
    ({"group": ["Cork"], "value": [900, None]}, lambda f: f.row < 0),
]


@pytest.mark.parametrize(("chosen", "matches"), CHOICES, ids=lambda part: str(part) if isinstance(part, dict) else "")
def test_means_counts_histogram_and_line_are_those_of_pandas(
    frame: Frame, expected: pd.DataFrame, chosen: dict[str, Any], matches: Any
) -> None:
    where, rows = conditions(frame, chosen), expected[matches(expected)]
    assert queries.count(frame, where) == len(rows)
    for column, labels in (("site", SITES), ("sensor", SENSORS)):
        found = queries.means(frame, where, frame.column(column))
        means = rows.groupby(column, observed=False).temperature.mean().reindex(labels)
        assert found["rows"] == len(rows)
        np.testing.assert_allclose(np.array(found["means"], dtype=float), means, atol=0.006)
    counts = queries.histogram(frame, where)
    assert counts["rows"] == sum(counts["counts"]) == len(rows)
    low, high = queries.extent(frame)["value"]
    edges = np.linspace(low, high, queries.BINS + 1)
    # A value on an edge may fall on either side of it.
    assert np.abs(np.histogram(rows.temperature.astype(float), edges)[0] - counts["counts"]).sum() <= 0.01 * len(rows)
    line = queries.line(frame, where)
    assert len(line["times"]) <= queries.POINTS
    assert line["times"] == sorted(line["times"])
    if len(rows):
        assert (min(line["values"]), max(line["values"])) == pytest.approx(
            (rows.temperature.min(), rows.temperature.max()), rel=1e-4
        )


@pytest.mark.parametrize("columns", [[("temperature", "desc")], [("status", "asc"), ("humidity", "desc")], []])
@pytest.mark.parametrize("chosen", [{}, {"group": ["Cork", "Vigo"]}, {"value": [900, None]}], ids=str)
def test_pages_are_those_of_pandas_at_any_depth(
    frame: Frame, expected: pd.DataFrame, columns: list[tuple[str, str]], chosen: dict[str, Any]
) -> None:
    where = conditions(frame, chosen)
    order = sort_sql(frame, [{"colId": name, "sort": direction} for name, direction in columns])
    rows = expected
    if chosen:
        rows = expected[expected.site.isin(chosen["group"])] if "group" in chosen else expected[:0]
    by = [name for name, _ in columns]
    rows = rows.astype({"status": str}).sort_values(
        [*by, "row"], ascending=[direction == "asc" for _, direction in columns] + [True]
    )
    for start in (0, 100, len(rows) // 2, max(0, len(rows) - 30), len(rows) + 100):
        found = page(frame, where, order, start, start + 100)
        assert [row["row"] for row in found] == rows.row[start : start + 100].tolist()
        assert [row["temperature"] for row in found] == [
            float(f"{value:.7g}") for value in rows.temperature[start : start + 100]
        ]


def test_a_kept_order_is_built_once(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    where, order = conditions(frame, {"group": ["Cork"]}), sort_sql(frame, [{"colId": "humidity", "sort": "asc"}])
    first = rows_in_order(frame, where, order)
    monkeypatch.setattr("data.sorted_order.looking_at", None)
    assert rows_in_order(frame, where, order).tolist() == first.tolist()


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_rows_are_picked_in_the_order_they_are_named(path: Path, data: st.DataObject) -> None:
    table = open_table(path).slice(0, 500)
    # Many batches, as a large file has.
    import pyarrow as pa

    cut = pa.Table.from_batches([batch for start in range(0, 500, 60) for batch in table.slice(start, 60).to_batches()])
    rows = data.draw(st.lists(st.integers(0, 499), unique=True))
    assert pick(cut, np.array(rows, dtype=np.uint32)).column("row").to_pylist() == rows


MODELS: list[tuple[dict[str, Any], Any]] = [
    ({"temperature": {"type": "equals", "filter": 17.25}}, lambda f: f.temperature == np.float32(17.25)),
    ({"temperature": {"type": "equals", "filter": 17.3}}, lambda f: f.temperature == np.float32(17.3)),
    ({"temperature": {"type": "notEqual", "filter": 17.3}}, lambda f: f.temperature != np.float32(17.3)),
    ({"humidity": {"type": "lessThan", "filter": 50}}, lambda f: f.humidity < 50),
    ({"humidity": {"type": "inRange", "filter": 50, "filterTo": 60}}, lambda f: f.humidity.between(50, 60)),
    ({"status": {"type": "contains", "filter": "AULT"}}, lambda f: f.status == "faulty"),
    ({"status": {"type": "notContains", "filter": "a"}}, lambda f: f.status == "ok"),
    ({"status": {"type": "startsWith", "filter": "%"}}, lambda f: f.row < 0),
    ({"sensor": {"type": "endsWith", "filter": "-03"}}, lambda f: f.sensor.astype(str).str.endswith("-03")),
    ({"time": {"type": "equals", "dateFrom": "2016-01-02 00:00:00"}}, lambda f: f.time.dt.day == 2),
    ({"time": {"type": "greaterThan", "dateFrom": "2016-01-02 00:00:00"}}, lambda f: f.time.dt.day > 2),
    ({"time": {"type": "lessThan", "dateFrom": "2016-01-02 00:00:00"}}, lambda f: f.time.dt.day < 2),
    ({"status": {"type": "blank"}}, lambda f: f.row < 0),
    ({"status": {"type": "notBlank"}}, lambda f: f.row >= 0),
]


@pytest.mark.parametrize(("model", "matches"), MODELS, ids=lambda part: str(part) if isinstance(part, dict) else "")
def test_the_grids_filters_match_the_rows_they_say(
    frame: Frame, expected: pd.DataFrame, model: dict[str, Any], matches: Any
) -> None:
    assert queries.count(frame, conditions(frame, {}, model)) == matches(expected).sum()


@pytest.mark.parametrize("text", ["'; drop table frame; --", '" or 1=1', "Cork'", "{0}"])
def test_no_text_of_the_visitors_gets_into_a_query(frame: Frame, text: str) -> None:
    where = conditions(frame, {}, {"status": {"type": "contains", "filter": text}})
    assert text not in where.sql
    assert queries.count(frame, where) == 0
    for forged in ({"group": [text]}, {"part": [text]}, {"value": [text, None]}, {"time": [text, None]}):
        with pytest.raises(BadInput):
            conditions(frame, forged)
    for model in ({text: {"type": "blank"}}, {"site": {"type": text, "filter": "x"}}):
        with pytest.raises(BadInput):
            conditions(frame, {}, model)
    for sort in ([{"colId": text, "sort": "asc"}], [{"colId": "site", "sort": text}]):
        with pytest.raises(BadInput):
            sort_sql(frame, sort)


@pytest.mark.parametrize("forged", FORGED, ids=str)
def test_forged_conditions_and_orders_are_refused(frame: Frame, forged: Any) -> None:
    for chosen in ({"group": forged}, {"part": forged}, {"value": forged}, {"time": forged}):
        with pytest.raises(BadInput):
            conditions(frame, chosen)
    for model in ({"site": forged}, {"temperature": {"type": "equals", "filter": forged if forged != 1 else "1"}}):
        with pytest.raises(BadInput):
            conditions(frame, {}, model)
    for sort in (forged, [{"colId": forged, "sort": "asc"}], [{"colId": "site", "sort": forged}]):
        with pytest.raises(BadInput):
            sort_sql(frame, sort)
    for start, end in ((forged, 100), (0, forged)) if forged != 1 else ((0, 10**9), (-1, 5)):
        with pytest.raises(BadInput):
            page(frame, ALL, "", start, end)


@pytest.mark.parametrize("bound", [float("nan"), float("inf"), 2**70, True])
def test_numbers_that_cannot_be_compared_are_refused(frame: Frame, bound: Any) -> None:
    with pytest.raises(BadInput, match="must be numbers"):
        conditions(frame, {"value": [bound, None]})


@pytest.mark.parametrize("bounds", [["2016-02-30", None], ["0001-01-01", None], ["2016-02-02", "2016-02-01"], ["x"]])
def test_days_that_are_none_are_refused(frame: Frame, bounds: Any) -> None:
    with pytest.raises(BadInput):
        conditions(frame, {"time": bounds})
