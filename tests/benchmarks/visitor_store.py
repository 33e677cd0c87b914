"""What the visitor store costs, beside sqlitedict and dash_database, measured in turn in one run."""

import http.client
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlitedict import SqliteDict

from data import values_table, visitors_table
from data.codec import encode
from data.visitor_store import VisitorStore
from tests.benchmarks.row import Row
from tests.deployed import Deployed

ROUNDS = 20
OPERATIONS = 500
VISITORS = 100_000
REQUESTS = 100

VALUE = {"name": "Ada", "cart": ["tea", "milk"], "visits": 3}


def run() -> Iterator[Row]:
    """Yield each figure beside its goal."""
    with tempfile.TemporaryDirectory() as folder:
        yield from get_and_set(Path(folder))
        yield from list_keys(Path(folder))
        yield from callbacks(Path(folder))


def rate(work: Callable[[], object], times: int) -> float:
    """Return how often a second something that does `times` operations does one."""
    start = time.perf_counter()
    work()
    return times / (time.perf_counter() - start)


def in_turn(works: list[Callable[[], object]], times: int, rounds: int = ROUNDS) -> list[float]:
    """Return the best rate of each, in rounds that measure all of them.

    The best, and not the mean: what else the machine does can only make a round slower. Many short rounds, so that
    each has its chance of a quiet moment.
    """
    rates = [[rate(work, times) for work in works] for _ in range(rounds)]
    return [max(of_one) for of_one in zip(*rates, strict=True)]


def get_and_set(folder: Path) -> Iterator[Row]:
    """Measure single operations of one thread over ten keys of each of ten visitors."""
    store = VisitorStore(f"sqlite:///{folder}/ours.sqlite")
    theirs = SqliteDict(str(folder / "theirs.sqlite"), autocommit=True)
    names = [(str(number // 10 % 10), f"key {number % 10}") for number in range(OPERATIONS)]

    def set_theirs() -> None:
        for visitor, key in names:
            theirs[f"{visitor}_{key}"] = VALUE
        _ = theirs["0_key 0"]  # it writes in a thread of its own: this waits until all is written

    works: list[Callable[[], object]] = [
        lambda: [store.set(visitor, key, VALUE) for visitor, key in names],
        set_theirs,
        lambda: [store.get(visitor, key) for visitor, key in names],
        lambda: [theirs[f"{visitor}_{key}"] for visitor, key in names],
    ]
    our_sets, their_sets, our_gets, their_gets = in_turn(works, OPERATIONS)
    theirs.close()
    store.close()
    yield Row("Visitor store: sets a second, to sqlitedict's with autocommit", our_sets / their_sets, at_least=5)
    yield Row("Visitor store: gets a second, to sqlitedict's", our_gets / their_gets, at_least=5)


def list_keys(folder: Path) -> Iterator[Row]:
    """Measure the listing of one visitor's two keys."""
    store = VisitorStore(f"sqlite:///{folder}/many.sqlite")
    theirs = SqliteDict(str(folder / "many-theirs.sqlite"), autocommit=False)
    fill(store)
    theirs.update((f"{number}_{key}", VALUE) for number in range(VISITORS) for key in ("a", "b"))
    theirs.commit()
    visitor = str(VISITORS - 1)
    assert store.keys(visitor) == sorted(dash_database_keys(theirs, visitor)) == ["a", "b"]
    ours = in_turn([lambda: [store.keys(visitor) for _ in range(100)]], 100)[0]
    listed = in_turn([lambda: dash_database_keys(theirs, visitor)], 1, rounds=3)[0]
    theirs.close()
    store.close()
    figure = f"Visitor store: listings of one visitor's keys among {VISITORS:,} visitors' a second, to dash_database's"
    yield Row(figure, ours / listed, at_least=100)


def fill(store: VisitorStore) -> None:
    """Give two values to each of many visitors, in one transaction."""
    store.migrate()
    encoded, now, quota = encode(VALUE), time.time(), values_table.Quota(1_000, 10**9)
    with store._database.writing() as connection:
        for number in range(VISITORS):
            visitor = str(number).encode()
            version = visitors_table.lock(connection, visitor, now)
            for key in (b"a", b"b"):
                values_table.write(connection, visitor, values_table.Row(key, encoded, None), version, now, quota)


def dash_database_keys(database: SqliteDict, user_id: str) -> list[str]:
    """List as dash_database 1.0 does: all keys of all users, of which those are taken that begin alike."""
    user_keys = [key for key in database.keys() if key.startswith(str(user_id))]  # noqa: SIM118
    return [re.sub(rf"{re.escape(str(user_id))}\_", "", str(key)) for key in user_keys]


def callbacks(folder: Path) -> Iterator[Row]:
    """Measure callbacks that read nothing, and one value, four browsers at a time."""
    app = Deployed(
        folder,
        app="tests.benchmarks.visitor_store_app:server",
        workers=2,
        DATA_DIR=str(folder),
        SECRET_KEY="key",  # noqa: S106
    )
    app.start()
    try:
        cookie = first_write(app.port)
        names = ("nothing", "value")
        works = [lambda name=name: load(app.port, name, cookie) for name in names]
        nothing, value = in_turn(works, REQUESTS)
    finally:
        app.stop()
    yield Row(
        "A callback that reads one value, requests a second, to one that reads none", value / nothing, at_least=0.8
    )


def first_write(port: int) -> str:
    """Become a visitor with one value, and return the cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    response = call(connection, "write", "")
    connection.close()
    return response.headers["Set-Cookie"].split(";")[0]


def load(port: int, output: str, cookie: str) -> None:
    """Call a callback many times, from four browsers that each wait for the answer."""

    def browse(_number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(REQUESTS // 4):
            call(connection, output, cookie)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(browse, range(4)))


def call(connection: http.client.HTTPConnection, output: str, cookie: str) -> http.client.HTTPResponse:
    """Send what Dash's renderer sends, and check the answer."""
    body: dict[str, Any] = {
        "output": f"{output}.children",
        "outputs": {"id": output, "property": "children"},
        "inputs": [{"id": "button", "property": "n_clicks", "value": 1}],
        "changedPropIds": ["button.n_clicks"],
    }
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    connection.request("POST", "/_dash-update-component", json.dumps(body), headers)
    response = connection.getresponse()
    assert b'"Ada"' in response.read(), response.status
    return response
