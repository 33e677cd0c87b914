"""A frame comes back from its mapped file as it was, whatever its columns, and can be changed without harm to it."""

from pathlib import Path

import pandas as pd
import pytest

from data.codec import CodecError
from data.frame_files import open_frame, open_table, seal, write_frame

pytestmark = pytest.mark.slow

AB = ["a", "b"] * 25
FRAMES = {
    "categories": pd.DataFrame(
        {
            "text": pd.Categorical(AB),
            "ordered": pd.Categorical(AB, categories=["b", "a", "c"], ordered=True),
            "integers": pd.Categorical([1, 2] * 25),
            "floats": pd.Categorical([1.5, 2.5] * 25),
            "days": pd.Categorical(pd.date_range("2024-01-01", periods=50, unit="us")),
            "with a gap": pd.Categorical(["a", None] * 25),
            "many": pd.Categorical([*range(25), *range(25)], categories=range(300)),
            "plain": range(50),
        }
    ),
    "category as index": pd.DataFrame({"plain": range(50)}, index=pd.CategoricalIndex(AB, name="ab")),
    "two levels of index": pd.DataFrame(
        {"plain": range(50), "ab": pd.Categorical(AB)},
        index=pd.MultiIndex.from_arrays([pd.Categorical(AB), range(50)], names=["ab2", None]),
    ),
    "named columns": pd.DataFrame({"plain": [1], "ab": pd.Categorical(["a"])}).rename_axis(columns="kind"),
    "no rows": pd.DataFrame({"ab": pd.Categorical([], categories=["a"]), "plain": pd.Series([], dtype="int64")}),
    "no categories": pd.DataFrame({"plain": [1.5, None], "text": ["a", None]}),
}
FRAMES["named columns"].attrs = {"unit": "m"}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    frame, path = FRAMES[name], tmp_path / "frame"
    write_frame(frame, path)
    opened = open_frame(path)
    pd.testing.assert_frame_equal(opened, frame, check_freq=False)
    assert opened.attrs == frame.attrs


@pytest.mark.parametrize("name", FRAMES)
def test_a_change_stays_with_who_made_it(name: str, tmp_path: Path) -> None:
    frame, path = FRAMES[name], tmp_path / "frame"
    write_frame(frame, path)
    before = seal(path)
    one, other = open_frame(path), open_frame(path)
    one["plain"] = 7
    for column in one.columns:
        if len(one):
            one.loc[one.index[-1], column] = one[column].iloc[0]
    one["more"] = 1
    for each in (other, open_frame(path)):
        pd.testing.assert_frame_equal(each, frame, check_freq=False)
    assert seal(path) == before


@pytest.mark.parametrize("content", [b"", b"x", b"no Arrow" * 1000])
def test_what_is_no_frame_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(CodecError, match="holds no frame"):
        open_table(tmp_path / "file")


def test_a_frame_in_pieces_is_kept_in_one(tmp_path: Path) -> None:
    part = pd.DataFrame({"text": ["a", "b"], "plain": [1, 2], "ab": pd.Categorical(["a", "b"])})
    frame = pd.concat([part, part, part], ignore_index=True)
    write_frame(frame, tmp_path / "frame")
    assert open_table(tmp_path / "frame")["plain"].num_chunks == 1
    opened = open_frame(tmp_path / "frame")
    pd.testing.assert_frame_equal(opened, frame)
    assert not opened["plain"].to_numpy().flags.owndata
