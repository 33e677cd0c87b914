"""A visitor's file is read whatever it is called, refused with a reason, bounded, and nobody else's."""

import io
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import queries, upload_reader, uploads
from data.conditions import ALL, conditions, sort_sql
from data.frames import Frame
from data.sorted_order import page
from errors import BadInput

CSV = """day,shop,till,amount,note,paid
2024-01-03,Nord,a,3.5,first,true
2024-01-01,Süd,a,1.5,,false
2024-01-02,Nord,b,NaN,"third, with comma",true
"""


@pytest.fixture
def visitor(own_cache: Any, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Who the current visitor is; a test may change it."""
    visitor = SimpleNamespace(name="ada")
    known = SimpleNamespace(current=lambda: visitor.name, ensure=lambda: visitor.name)
    monkeypatch.setattr(uploads, "identity", lambda: known)
    return visitor


def as_parquet(table: Any, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(table), sink, **options)
    return sink.getvalue()


def read(content: bytes, tmp_path: Path) -> Any:
    """Read a file in this process, without the limits."""
    path = tmp_path / "given"
    path.write_bytes(content)
    return upload_reader.check(upload_reader.load(path))


@pytest.mark.slow
def test_a_csv_file_is_explored_with_the_same_tools(visitor: SimpleNamespace) -> None:
    frame = uploads.keep(CSV.encode())
    assert [(column.title, column.kind) for column in frame.columns.values()] == [
        ("day", "time"),
        ("shop", "category"),
        ("till", "category"),
        ("amount", "number"),
        ("note", "category"),
        ("paid", "category"),
    ]
    assert {role: column.title for role, column in frame.roles.items()} == {
        "time": "day",
        "group": "shop",
        "part": "till",
        "value": "amount",
    }
    assert queries.means(frame, ALL, frame.role("group")) == {"rows": 3, "means": [3.5, 1.5]}
    nord = conditions(frame, {"group": ["Nord"], "time": ["2024-01-02", None]})
    assert queries.count(frame, nord) == 2
    assert queries.line(frame, ALL)["values"] == [1.5, 3.5]
    rows = page(frame, ALL, sort_sql(frame, [{"colId": "c0", "sort": "asc"}]), 0, 10)
    assert [row["row"] for row in rows] == [1, 2, 0]
    assert rows[0] == {
        "row": 1,
        "c0": "2024-01-01 00:00:00",
        "c1": "Süd",
        "c2": "a",
        "c3": 1.5,
        "c4": "",
        "c5": "false",
    }
    assert rows[1]["c3"] is None


@pytest.mark.slow
def test_a_file_is_its_visitors_alone_and_can_be_replaced_and_deleted(visitor: SimpleNamespace) -> None:
    first = uploads.keep(CSV.encode())
    visitor.name = "bob"
    assert uploads.own_frame() is None
    uploads.forget()
    visitor.name = None
    assert uploads.own_frame() is None
    visitor.name = "ada"
    frame = uploads.own_frame()
    assert frame is not None
    assert frame.key == first.key
    with pytest.raises(BadInput):
        uploads.keep(b"\0\0")
    assert uploads.own_frame() is not None
    second = uploads.keep(b"a\n1\n2\n")
    assert second.key != first.key
    assert second.table.num_rows == 2
    uploads.forget()
    assert uploads.own_frame() is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"a,b\n", "no rows"),
        (b"\x89PNG\0\0\0", "neither CSV nor Parquet"),
        ("a\nü\n".encode("latin-1"), "Save it as UTF-8"),
        (",".join(map(str, range(51))).encode() + b"\n", "more than 50 columns"),
        (b"x" * 100_000, "first line does not end"),
        (as_parquet({"a": [[1], [2]]}), "lists or structures"),
        (as_parquet({f"c{n}": [1] for n in range(51)}), "has 51 columns"),
        (as_parquet({"a": pa.array([b"x"])}), "'a' is of the type binary"),
        (as_parquet({"a": np.zeros(2_000_001, np.int8)}), "may have 2,000,000"),
        (b"a\n" + b"x" * 2000 + b"\n", "longer than 1,000 characters"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_cannot_be_explored_is_refused_with_the_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(upload_reader.Refused, match=reason):
        read(content, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [as_parquet({"a": [1]})[:-20], b"PAR1" + bytes(range(256)), b"a,b\n1\n", b"PAR1"],
    ids=["cut", "nonsense", "uneven", "short"],
)
def test_a_damaged_file_is_refused(visitor: SimpleNamespace, content: bytes) -> None:
    with pytest.raises(BadInput, match="could not be read"):
        uploads.keep(content)


@pytest.mark.slow
def test_a_file_that_unpacks_to_far_more_is_refused(visitor: SimpleNamespace) -> None:
    many_texts = as_parquet({"a": [f"{n:04}" + "x" * 100_000 for n in range(1_500)] * 20}, compression="zstd")
    repeated = as_parquet({"a": ["x" * 50_000_000] * 100}, compression="zstd")
    for bomb in (many_texts, repeated):
        assert len(bomb) < 2e6
        with pytest.raises(BadInput, match=r"more memory|too much|could not be read|longer than"):
            uploads.keep(bomb)
    assert uploads.own_frame() is None


def test_a_file_larger_than_the_limit_is_refused_unread(visitor: SimpleNamespace) -> None:
    with pytest.raises(BadInput, match="larger than 10 MB"):
        uploads.keep(b"a\n" + b"1\n" * 5_000_000)


@pytest.mark.slow
def test_the_largest_file_taken_is_read_within_the_limits(visitor: SimpleNamespace) -> None:
    lines = [b"time,site,value", *(b"2024-01-01T00:%02d:00,site %d,%d.25" % (n % 60, n % 7, n) for n in range(230_000))]
    content = b"\n".join(lines)
    assert 7e6 < len(content) < 10e6
    assert uploads.keep(content).table.num_rows == 230_000


def test_types_become_the_few_that_the_page_knows(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "flag": [True, None, False],
            "small": np.array([1, 2, 3], "int8"),
            "real": [1.5, np.inf, np.nan],
            "when": pd.to_datetime(["2024-01-01", None, "2024-01-03"], utc=True),
            "day": pd.Series(["2024-01-01"] * 3).astype("datetime64[s]").dt.date,
            "kind": pd.Categorical(["a", "b", None]),
            "money": pa.array([1, 2, 3], pa.decimal128(5, 2)).to_pandas(),
            'odd"; drop table frame; --': ["x", "y", "z"],
        }
    )
    table = read(as_parquet(pa.Table.from_pandas(frame)), tmp_path)
    assert [str(field.type).partition("<")[0] for field in table.schema] == [
        "uint32",
        "dictionary",
        "int64",
        "double",
        "timestamp[us]",
        "timestamp[us]",
        "dictionary",
        "double",
        "dictionary",
    ]
    assert table.column("c2").to_pylist() == [1.5, None, None]
    explored = Frame("test", table)
    assert [column.name for column in explored.columns.values()] == [f"c{n}" for n in range(8)]
    assert explored.columns["c7"].title == 'odd"; drop table frame; --'


def test_many_different_texts_are_text_and_not_a_category(tmp_path: Path) -> None:
    table = read(b"a\n" + b"\n".join(b"text %d" % n for n in range(1_001)), tmp_path)
    assert Frame("test", table).columns["c0"].kind == "text"


def test_the_reader_limits_its_own_memory() -> None:
    code = "from data import upload_reader; upload_reader._limit_itself(); bytearray(3 * 2**30)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parent.parent
    )
    assert "MemoryError" in done.stderr
