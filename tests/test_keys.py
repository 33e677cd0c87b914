"""Two different questions never share a key; the same question always has the same one."""

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from data.keys import make_key

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

DIFFERENT: list[tuple[Any, ...]] = [
    (),
    (None,),
    ("None",),
    (1,),
    ("1",),
    (True,),
    (1.0,),
    (b"1",),
    (-0.0,),
    (0.0,),
    (0,),
    (False,),
    ("",),
    ("", ""),
    ("a", "bc"),
    ("ab", "c"),
    ("abc",),
    ("a;str2:bc",),
    (("a", "bc"),),
    (["a", "bc"],),
    (["a"], "bc"),
    ([["a", "bc"]],),
    ([],),
    ((),),
    ({},),
    ({"a": 1},),
    ({"a": "1"},),
    ({"a": 1, "b": 2},),
    ({"a": {"b": 2}},),
    (["a", 1],),
    (float("inf"),),
    (float("nan"),),
    (2**70,),
    ("x" * 1000,),
    ("x" * 1001,),
    ("x" * 500, "x" * 500),
    (b"x" * 1000,),
]


def test_different_parts_make_different_keys() -> None:
    keys = [make_key("name", *parts) for parts in DIFFERENT]
    assert len({*keys}) == len(DIFFERENT)
    assert len({make_key("name"), make_key("name "), make_key("", "name"), make_key("str4:name;")}) == 4


def test_the_same_parts_make_the_same_key() -> None:
    for parts in DIFFERENT:
        assert make_key("name", *parts) == make_key("name", *parts)
    assert make_key("name", {"a": 1, "b": [2]}) == make_key("name", {"b": [2], "a": 1})


def test_a_key_is_short_and_readable_where_it_can_be() -> None:
    assert make_key("means", "temperature", 2024) == "str5:means;str11:temperature;int4:2024;"
    assert len(make_key("means", "x" * 100_000)) < 200
    assert "means" in make_key("means", "x" * 100_000)


def test_a_key_is_the_same_in_every_process() -> None:
    code = "from data.keys import make_key; print(make_key('k', {'b': 1, 'a': ['x', 2.5]}, 'y' * 500))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == make_key("k", {"b": 1, "a": ["x", 2.5]}, "y" * 500)


def frames() -> dict[str, Any]:
    base = pd.DataFrame({"x": range(200_000), "y": ["a", "b"] * 100_000})
    middle = base.copy()
    middle.loc[100_000, "x"] = -1
    return {
        "base": base,
        "one value in the middle": middle,
        "another column name": base.rename(columns={"x": "z"}),
        "another order of columns": base[["y", "x"]],
        "another order of rows": base.iloc[::-1],
        "another type": base.astype({"x": "int32"}),
        "another index": base.set_axis(range(1, 200_001)),
        "fewer rows": base.iloc[:-1],
        "a category": base.astype({"y": "category"}),
        "a table": pa.table(base),
        "none": base.iloc[:0],
    }


def test_a_frame_counts_by_its_content() -> None:
    keys = {name: make_key("k", frame) for name, frame in frames().items()}
    for (one, key), (other, other_key) in itertools.combinations(keys.items(), 2):
        assert key != other_key, (one, other)
    assert make_key("k", frames()["base"]) == keys["base"]


def test_it_does_not_count_how_a_frame_lies_in_memory() -> None:
    whole = pa.table({"x": range(200_000), "y": ["a", None] * 100_000})
    pieces = pa.concat_tables([whole.slice(0, 7), whole.slice(7, 99_993), whole.slice(100_000)])
    assert pieces["x"].num_chunks == 3
    assert make_key("k", pieces) == make_key("k", whole)
    assert make_key("k", whole.slice(1).slice(0, 3)) == make_key("k", pa.table(whole.slice(1, 3).to_pydict()))


@pytest.mark.parametrize("part", [object(), {1, 2}, np.float64(1), np.arange(3), "\ud800", {"a": {1}}, Path("x"), len])
def test_what_has_no_key_is_refused(part: Any) -> None:
    with pytest.raises(TypeError):
        make_key("name", part)
