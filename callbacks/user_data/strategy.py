"""What a strategy is, and what all of them share: the work they pretend to do, and a look at what the browser sent."""

import time
from dataclasses import dataclass
from typing import Any, Literal

from errors import BadInput

# Two ways in which two fields change before the answer to the first has come.
Scenario = Literal["one-event", "two-events"]

LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """One way of writing the store. `key` is its part of every id, `loses` the scenarios in which it loses an update.

    `may_lose` is for those that neither always lose nor never.
    `stores` are the stores it needs beside the one that holds the user; `empty` is what that one starts with.
    """

    key: str
    title: str
    says: str
    loses: tuple[Scenario, ...] = ()
    may_lose: bool = False
    stores: tuple[str, ...] = ()
    empty: Any = None


def work(delay: Any) -> None:
    """Take as long as the visitor chose: this stands for whatever a real callback does."""
    if not isinstance(delay, (int, float)) or isinstance(delay, bool) or not 0 <= delay <= LONGEST:
        raise BadInput(f"Choose a delay from 0 to {LONGEST} milliseconds.")
    time.sleep(delay / 1000)


def look_up(number: Any, delay: Any) -> str:
    """Return what a slow lookup found; its number tells one answer from the next."""
    if not isinstance(number, int):
        raise BadInput("Press the button to look something up.")
    work(delay)
    return f"answer {number}"


def user_in(stored: Any) -> dict[str, Any]:
    """Return the user that a store holds; an empty store holds a user without properties."""
    if stored is None:
        return {}
    if not isinstance(stored, dict):
        raise BadInput("The store does not hold a user. Choose the strategy again to start anew.")
    return stored
