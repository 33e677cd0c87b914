"""What an address says becomes a checked value or a sentence; what a control says is checked by the same rule."""

from typing import Any

import pytest

from components.url_parameters import Choice, Day, Flag, Many, Number, Parameter, Text

COUNT = Number("n", 5, least=-10, most=10)
DAY = Day("day", "2000-01-01", first="1950-01-01", last="2007-12-31")
SIZE = Choice("size", "small", options=["small", "large"])
COLOURS = Many("colour", ("red",), options=["red", "green", "blue"])


@pytest.mark.parametrize(
    ("parameter", "texts", "value"),
    [
        (Text("t"), ["a & b = c"], "a & b = c"),
        (Text("t", "default"), [""], ""),
        (COUNT, ["-3"], -3),
        (COUNT, ["2.50"], 2.5),
        (DAY, ["2007-12-31"], "2007-12-31"),
        (Flag("f"), ["true"], True),
        (Flag("f", True), ["false"], False),
        (SIZE, ["large"], "large"),
        (COLOURS, ["blue", "green"], ["blue", "green"]),
        (COLOURS, ["blue", "blue"], ["blue"]),
        (COLOURS, [""], []),
    ],
)
def test_texts_become_values(parameter: Parameter, texts: list[str], value: Any) -> None:
    assert parameter.read(texts) == (value, [])


@pytest.mark.parametrize(
    ("parameter", "text", "reason"),
    [
        (Text("t", longest=3), "long", "longer than 3 characters"),
        (Text("t"), "a\nb", "cannot be shown"),
        (Text("t"), "\u202egnp", "cannot be shown"),
        (COUNT, "many", "not a number"),
        (COUNT, "", "not a number"),
        (COUNT, "nan", "not a number"),
        (COUNT, "1e2", "not a number"),
        (COUNT, "1_0", "not a number"),
        (COUNT, "٣", "not a number"),
        (COUNT, "9" * 10_000, "not a number"),
        (COUNT, "11", "not between -10 and 10"),
        (DAY, "2007-02-30", "not a date"),
        (DAY, "20070101", "not a date"),
        (DAY, "yesterday", "not a date"),
        (DAY, "1900-01-01", "not between 1950-01-01 and 2007-12-31"),
        (Flag("f"), "1", "neither true nor false"),
        (SIZE, "huge", "none of the 2 choices"),
        (COLOURS, "pink", "none of the 3 choices"),
    ],
)
def test_a_wrong_text_is_the_default_and_a_sentence(parameter: Parameter, text: str, reason: str) -> None:
    value, problems = parameter.read([text])
    assert value == (list(parameter.default) if parameter.many else parameter.default)
    assert [reason in problem for problem in problems] == [True]
    assert problems[0].startswith(f"{parameter.key}=")
    assert len(problems[0]) < 150


def test_of_a_list_only_what_is_wrong_is_ignored() -> None:
    values, problems = COLOURS.read(["green", "pink", "blue"])
    assert values == ["green", "blue"]
    assert problems == ["colour=pink is none of the 3 choices."]


def test_a_key_that_is_there_twice_is_told() -> None:
    assert COUNT.read(["1", "2"]) == (1, ["n is there 2 times, and only the first counts."])


@pytest.mark.parametrize(
    ("value", "texts"),
    [(None, []), (5, ["5"]), (5.0, ["5"]), (0.5, ["0.5"]), (True, ["true"]), ("", [""]), (["a", "b"], ["a", "b"])],
)
def test_values_become_texts_as_the_browser_writes_them(value: Any, texts: list[str]) -> None:
    assert COUNT.texts(value) == texts
