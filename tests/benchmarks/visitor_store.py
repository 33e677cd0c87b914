"""What the visitor store costs, beside sqlitedict and dash_database, measured in turn in one run.

`python -m tests.benchmarks.visitor_store` prints the tables.
"""

import http.client
import json
import re
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlitedict import SqliteDict

from data import values_table, visitors_table
from data.codec import encode
from data.values_table import Quota, Row
from data.visitor_store import VisitorStore
from tests.deployed import Deployed

ROUNDS = 20
OPERATIONS = 500
VISITORS = 100_000
REQUESTS = 100

VALUE = {"name": "Ada", "cart": ["tea", "milk"], "visits": 3}


def run() -> None:
    """Print each figure, and what it should be."""
    with tempfile.TemporaryDirectory() as folder:
        show("get and set, operations a second", *get_and_set(Path(folder)))
        show(f"list one visitor's keys among {VISITORS:,} visitors', operations a second", *list_keys(Path(folder)))
        show("a Dash callback under gunicorn, requests a second", *callbacks(Path(folder)))


def show(title: str, header: tuple[str, ...], rows: list[tuple[str, float, float, str]]) -> None:
    """Print a table; each row is a name, the two rates, and what their ratio should be."""
    print(f"\n{title}\n{header[0]:<24}{header[1]:>20}{header[2]:>20}{'ratio':>12}   should be")
    for name, ours, theirs, goal in rows:
        print(f"{name:<24}{ours:>20,.0f}{theirs:>20,.0f}{ours / theirs:>12.2f}   {goal}")


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


def get_and_set(folder: Path) -> tuple[tuple[str, ...], list[tuple[str, float, float, str]]]:
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
    rows = [("set", our_sets, their_sets, "5 or more"), ("get", our_gets, their_gets, "5 or more")]
    return ("", "visitor store", "sqlitedict"), rows


def list_keys(folder: Path) -> tuple[tuple[str, ...], list[tuple[str, float, float, str]]]:
    """Measure the listing of one visitor's two keys."""
    store = VisitorStore(f"sqlite:///{folder}/many.sqlite")
    theirs = SqliteDict(str(folder / "many-theirs.sqlite"), autocommit=False)
    fill(store)
    theirs.update((f"{number}_{key}", VALUE) for number in range(VISITORS) for key in ("a", "b"))
    theirs.commit()
    visitor = str(VISITORS - 1)
    assert store.keys(visitor) == sorted(dash_database_keys(theirs, visitor)) == ["a", "b"]
    ours = in_turn([lambda: [store.keys(visitor) for _ in range(100)]], 100)[0]
    rows = [("list", ours, in_turn([lambda: dash_database_keys(theirs, visitor)], 1, rounds=3)[0], "100 or more")]
    theirs.close()
    store.close()
    return ("", "visitor store", "dash_database"), rows


def fill(store: VisitorStore) -> None:
    """Give two values to each of many visitors, in one transaction."""
    store.migrate()
    encoded, now, quota = encode(VALUE), time.time(), Quota(1_000, 10**9)
    with store._database.writing() as connection:
        for number in range(VISITORS):
            visitor = str(number).encode()
            version = visitors_table.lock(connection, visitor, now)
            for key in (b"a", b"b"):
                values_table.write(connection, visitor, Row(key, encoded, None), version, now, quota)


def dash_database_keys(database: SqliteDict, user_id: str) -> list[str]:
    """List as dash_database 1.0 does: all keys of all users, of which those are taken that begin alike."""
    user_keys = [key for key in database.keys() if key.startswith(str(user_id))]  # noqa: SIM118
    return [re.sub(rf"{re.escape(str(user_id))}\_", "", str(key)) for key in user_keys]


def callbacks(folder: Path) -> tuple[tuple[str, ...], list[tuple[str, float, float, str]]]:
    """Measure callbacks that read nothing, read one value, and write one, four browsers at a time."""
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
        names = ("nothing", "value", "write")
        works = [lambda name=name: load(app.port, name, cookie) for name in names]
        nothing, value, write = in_turn(works, REQUESTS)
    finally:
        app.stop()
    rows = [("read one value", value, nothing, "0.80 or more"), ("write one value", write, nothing, "-")]
    return ("", "with the store", "without"), rows


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


if __name__ == "__main__":
    run()
