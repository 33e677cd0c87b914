"""Callbacks of the traps of `memoize`, each beside its cure."""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from dash import Input, Output, callback

from data.cache import cache, get_or_build
from data.keys import make_key

if TYPE_CHECKING:
    import pandas as pd

CALLERS = 16


@cache.memoize(timeout=60)
def total(sales: "pd.DataFrame") -> int:
    """Return the sum of all sales."""
    return int(sales["sold"].sum())


@callback(
    Output("memoize-repr-trap", "children"),
    Output("memoize-repr-cure", "children"),
    Input("memoize-repr-run", "n_clicks"),
    prevent_initial_call=True,
)
def ask_for_two_frames(_clicks: int | None) -> tuple[str, str]:
    """Ask for the totals of two frames of 100 rows that differ in row 50: `memoize` sees only what `repr` shows."""
    import pandas as pd

    first = pd.DataFrame({"sold": [1] * 100})
    second = first.assign(sold=first["sold"].where(first.index != 50, 1_000))
    cache.delete_memoized(total)
    trap = [total(frame) for frame in (first, second)]
    cure = [get_or_build(make_key("total", frame), partial(total.uncached, frame), ttl=60) for frame in (first, second)]
    return f"{trap[0]} and {trap[1]}", f"{cure[0]} and {cure[1]}"


@cache.memoize(timeout=60, args_to_ignore=["computed"])
def work_slowly(run: str, computed: list[str]) -> str:
    """Take a while, and note that it was computed."""
    computed.append(run)
    time.sleep(0.2)
    return run


@callback(
    Output("memoize-stampede-trap", "children"),
    Output("memoize-stampede-cure", "children"),
    Input("memoize-stampede-run", "n_clicks"),
    prevent_initial_call=True,
)
def ask_all_at_once(_clicks: int | None) -> tuple[str, str]:
    """Let sixteen callers ask for the same new thing at the same time, both ways."""
    run = secrets.token_hex(8)  # nobody has asked for it before
    key = make_key("work slowly", run)
    trap = times_computed(lambda computed: work_slowly(run, computed))
    cure = times_computed(lambda computed: get_or_build(key, lambda: work_slowly.uncached(run, computed), ttl=60))
    return trap, cure


def times_computed(ask: Callable[[list[str]], Any]) -> str:
    """Let all callers ask at once, and return how often it was computed."""
    computed: list[str] = []
    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(lambda _caller: ask(computed), range(CALLERS)))
    return how_often(computed)


@cache.memoize(timeout=60, args_to_ignore=["computed"])
def find_nothing(run: str, computed: list[str]) -> None:
    """Find nothing, and note that it was computed."""
    computed.append(run)


@callback(
    Output("memoize-none-trap", "children"),
    Output("memoize-none-cure", "children"),
    Input("memoize-none-run", "n_clicks"),
    prevent_initial_call=True,
)
def ask_for_nothing(_clicks: int | None) -> tuple[str, str]:
    """Ask three times for something that is None: `memoize` takes it for nothing that was kept."""
    run = secrets.token_hex(8)
    key = make_key("find nothing", run)
    trap: list[str] = []
    cure: list[str] = []
    for _ in range(3):
        find_nothing(run, trap)
        get_or_build(key, lambda: find_nothing.uncached(run, cure), ttl=60)
    return how_often(trap), how_often(cure)


def how_often(computed: list[str]) -> str:
    """Say how often something was computed."""
    return "computed once" if len(computed) == 1 else f"computed {len(computed)} times"
