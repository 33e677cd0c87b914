"""What an address can say, by type. Each reads the texts of an address and the values of a control by one rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Parameter:
    """One key of the query string, and the `value` of one control. `key` is the name of both."""

    key: str
    default: Any

    # Whether the key may be there several times; its value is then a list.
    many = False

    def parse(self, text: str) -> Any:
        """Return the value that a text stands for, or raise ValueError with what is wrong with it."""
        raise NotImplementedError

    def read(self, texts: list[str]) -> tuple[Any, list[str]]:
        """Return the value of a key's texts, and a sentence for each that was ignored."""
        values, problems = self._parse_each(texts)
        if len(texts) > 1:
            problems.append(f"{self.key} is there {len(texts)} times, and only the first counts.")
        return values[0] if values else self.default, problems

    def _parse_each(self, texts: list[str]) -> tuple[list[Any], list[str]]:
        values, problems = [], []
        for text in texts:
            try:
                values.append(self.parse(text))
            except ValueError as error:
                problems.append(f"{self.key}={_short(text)} {error}")
        return values, problems

    def texts(self, value: Any) -> list[str]:
        """Return the texts that stand for a control's value; none for None. `assets/address.js` has the same rule."""
        values = value if isinstance(value, list | tuple) else [value]
        return [_text(each) for each in values if each is not None]


@dataclass(frozen=True)
class Text(Parameter):
    """A short text without line breaks or other control characters."""

    default: str = ""
    longest: int = 80

    def parse(self, text: str) -> str:
        """Return the text itself."""
        if len(text) > self.longest:
            raise ValueError(f"is longer than {self.longest} characters.")
        if not text.isprintable():
            raise ValueError("has characters that cannot be shown.")
        return text


@dataclass(frozen=True)
class Number(Parameter):
    """A number from `least` to `most`, in plain digits."""

    default: float = 0
    least: float = 0
    most: float = 100

    def parse(self, text: str) -> float:
        """Return the number; a whole one as int."""
        if not NUMBER.fullmatch(text):
            raise ValueError("is not a number.")
        number = float(text)
        if not self.least <= number <= self.most:
            raise ValueError(f"is not between {self.least:,} and {self.most:,}.")
        return int(number) if number.is_integer() else number


@dataclass(frozen=True)
class Day(Parameter):
    """A date from `first` to `last`, as text (`2007-12-31`), which is how Dash's controls have dates."""

    first: str = "0001-01-01"
    last: str = "9999-12-31"

    def parse(self, text: str) -> str:
        """Return the date as it stands."""
        try:
            if not DAY.fullmatch(text):
                raise ValueError
            date.fromisoformat(text)
        except ValueError:
            raise ValueError("is not a date like 2007-12-31.") from None
        if not self.first <= text <= self.last:
            raise ValueError(f"is not between {self.first} and {self.last}.")
        return text


@dataclass(frozen=True)
class Flag(Parameter):
    """Yes or no."""

    default: bool = False

    def parse(self, text: str) -> bool:
        """Return True or False."""
        if text not in ("true", "false"):
            raise ValueError("is neither true nor false.")
        return text == "true"


@dataclass(frozen=True)
class Choice(Parameter):
    """One of `options`."""

    options: Sequence[str] = ()

    def parse(self, text: str) -> str:
        """Return the option."""
        if text not in self.options:
            raise ValueError(f"is none of the {len(self.options)} choices.")
        return text


@dataclass(frozen=True)
class Many(Choice):
    """Any number of `options`: the key is there once for each, and once, empty, for none where that is no default."""

    default: tuple[str, ...] = ()
    many = True

    def read(self, texts: list[str]) -> tuple[list[str], list[str]]:
        """Return the known ones, each once; the default where there is none."""
        if texts == [""]:
            return [], []
        values, problems = self._parse_each(texts)
        return list(dict.fromkeys(values)) or list(self.default), problems


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
