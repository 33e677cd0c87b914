"""The codec brings back exactly what it was given, or says which part it cannot carry."""

import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.codec import CodecError, decode, encode

pytestmark = pytest.mark.slow

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


def same(a: Any, b: Any) -> bool:
    """Tell whether two values are equal, part for part and type for type (so 1, 1.0 and True differ)."""
    return repr(a) == repr(b)


@pytest.fixture
def frame():
    """A frame with a column of every usual dtype, missing values included."""
    return pd.DataFrame(
        {
            "float": [1.5, np.nan, -0.0],
            "integer": [1, 2, 3],
            "small": np.array([1, 2, 3], dtype="int8"),
            "nullable": pd.array([1, None, 3], dtype="Int64"),
            "flag": [True, False, True],
            "text": ["a", None, "ç"],
            "category": pd.Categorical(["x", "y", None], categories=["y", "x", "unused"], ordered=True),
            "time": pd.to_datetime(["2026-01-01", None, "2026-01-03"]),
            "zoned": pd.to_datetime(["2026-01-01", None, "2026-01-03"]).tz_localize("Europe/Berlin"),
            "span": pd.to_timedelta([1, None, 3], unit="s"),
            "period": pd.period_range("2026-01", periods=3, freq="M"),
            "interval": pd.interval_range(0, 3),
        }
    )


@given(PLAIN)
def test_plain_values_come_back_exactly(value):
    assert same(decode(encode(value)), value)


@given(st.binary())
def test_bytes_come_back_exactly(value):
    assert decode(memoryview(encode(value))) == value


def test_large_integers_and_negative_zero_come_back_exactly():
    value = [2**53 + 1, -(2**200), -0.0, 5e-324]
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize("chosen", [slice(None), slice(0, 0), slice(1, 2)])
def test_frames_come_back_exactly(frame, chosen):
    pd.testing.assert_frame_equal(decode(encode(frame[chosen])), frame[chosen])


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(5, 8, name="n"),
        pd.Index(["a", "b", "c"], name="letter"),
        pd.DatetimeIndex(["2026-01-03", "2026-01-01", "2026-01-02"], tz="UTC"),
        pd.MultiIndex.from_tuples([(1, "a"), (1, "b"), (2, "a")], names=["number", None]),
    ],
    ids=["range", "text", "time", "two levels"],
)
def test_the_index_and_attrs_of_a_frame_come_back(index):
    frame = pd.DataFrame({"a": [1, 2, 3]}, index=index)
    frame.attrs["unit"] = "metre"
    back = decode(encode(frame))
    pd.testing.assert_frame_equal(back, frame)
    assert back.attrs == {"unit": "metre"}


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame(index=[3, 4]), pd.DataFrame({"a": [1]})[:0]])
def test_frames_without_columns_or_rows_come_back(frame):
    pd.testing.assert_frame_equal(decode(encode(frame)), frame)


def test_a_table_comes_back_as_a_table(frame):
    table = pa.Table.from_pandas(frame)
    back = decode(encode(table))
    assert type(back) is pa.Table
    assert back.equals(table, check_metadata=True)


def test_a_table_whose_chunks_have_different_dictionaries_comes_back():
    chunks = [pa.array(["a", "b"]).dictionary_encode(), pa.array(["c", "a"]).dictionary_encode()]
    assert decode(encode(pa.table({"x": pa.chunked_array(chunks)})))["x"].to_pylist() == ["a", "b", "c", "a"]


def test_a_returned_frame_can_be_changed_without_changing_its_source(frame):
    data = encode(frame)
    changed = decode(data)
    for column in ("float", "integer", "text", "time"):
        changed.loc[0, column] = changed.loc[2, column]
    changed["category"] = changed["category"].cat.rename_categories({"x": "z"})
    assert changed.loc[0, "integer"] == 3
    pd.testing.assert_frame_equal(decode(data), frame)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"address": {"lines": ["a", "b", {1, 2}]}}, "user.address.lines[2]"),
        ({"first name": object()}, "user['first name']"),
        ({"a": (1, 2)}, "user.a"),
        ((1, 2), "user is"),
        ([1, float("nan")], "user[1]"),
        ([float("inf")], "user[0]"),
        ({"a": {1: "b"}}, "user.a has the key 1"),
        ("\ud83d\ude00", "user"),
        ({"\ud800": 1}, "a key of user"),
        ([1 << 5000], "user[0]"),
        ([np.float64(1)], "user[0]"),
        ({"a": b"bytes"}, "user.a"),
        ({"a": pd.DataFrame()}, "user.a"),
        (bytearray(b"a"), "user"),
        (pd.Series([1]), "user"),
        (object(), "user"),
        (pd.DataFrame({"a": [1], "b": [{1}]}), "user['b']"),
        (pd.DataFrame({"a": ["text"]}, dtype=object), "user['a']"),
        (pd.DataFrame({"a": pd.Categorical([1, "x"])}), "user['a']"),
        (pd.DataFrame({"a": [1j]}), "user"),
        (pd.DataFrame({"a": [1]}, index=pd.Index([b"x"], dtype=object)), "user.index"),
        (pd.DataFrame({1: [1]}), "column or index named 1"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "two columns named 'a'"),
        (pd.DataFrame({"a": pd.arrays.SparseArray([0, 1])}), "user['a']"),
    ],
)
def test_what_would_not_come_back_is_refused_and_its_path_named(value, path):
    with pytest.raises(TypeError) as refusal:
        encode(value, "user")
    assert path in str(refusal.value)


def test_a_list_that_contains_itself_is_refused():
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(TypeError, match="deep"):
        encode(endless)


@pytest.mark.parametrize("value", [{"a": [1, 2.5, "text"]}, b"bytes", 12345, pd.DataFrame({"a": range(99)})])
def test_damaged_bytes_are_told_from_values(value):
    whole = encode(value)
    step = max(1, len(whole) // 50)
    for damaged in [*(whole[:length] for length in range(0, len(whole), step)), whole[:-1], whole + b"\0"]:
        with pytest.raises(CodecError):
            decode(damaged)
    for position in [*range(4), *range(8, len(whole), step)]:
        flipped = bytearray(whole)
        flipped[position] ^= 0x10
        with pytest.raises(CodecError):
            decode(bytes(flipped))


@given(st.binary())
def test_bytes_from_elsewhere_are_told_from_values(data):
    with pytest.raises(CodecError):
        decode(data)


def test_pickled_bytes_are_never_run():
    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("a pickle was run",))

    with pytest.raises(CodecError):
        decode(pickle.dumps(Bomb()))


def test_importing_the_codec_imports_neither_pandas_nor_pyarrow_nor_flask():
    heavy = "{'pandas', 'pyarrow', 'flask', 'pickle'} & set(sys.modules)"
    code = f"import sys; from data.codec import *; decode(encode([1])); sys.exit(str({heavy} or ''))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.strip() == ""
