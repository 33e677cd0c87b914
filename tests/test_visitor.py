"""The visitor is known by a signed cookie: made when something is kept, and worth nothing when tampered with."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, Input, Output, html
from databases import DATABASES, Clock, new_database
from flask import Flask, request
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from data import visitor
from data.visitor import DAY, Identity, trust_proxies
from data.visitor_store import VisitorStore

pytestmark = pytest.mark.slow

LIFETIME = 30 * DAY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """One clock for the store and for the cookies."""
    clock = Clock()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: int(clock.now))
    monkeypatch.setattr(visitor.time, "time", clock)
    return clock


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[VisitorStore]:
    with new_database(request.param, tmp_path) as url:
        store = VisitorStore(url, clock=clock, lock_timeout=60)
        yield store
        store.close()


def small_app(store: VisitorStore, keys: tuple[str, ...] = ("key",), *, secure: bool = False) -> Flask:
    """Return an app whose routes read, write, rotate and forget."""
    server = Flask(__name__)
    identity = Identity(store, keys, lifetime=LIFETIME, secure=secure)

    @server.get("/read")
    def read() -> dict[str, Any]:
        visitor = identity.current()
        return {"visitor": visitor, "name": store.get(visitor, "name") if visitor else None}

    @server.post("/write/<name>")
    def write(name: str) -> dict[str, Any]:
        store.set(identity.ensure(), "name", name)
        return {"visitor": identity.current()}

    @server.post("/rotate")
    def rotate() -> dict[str, Any]:
        return {"visitor": identity.rotate()}

    @server.post("/forget")
    def forget() -> dict[str, Any]:
        identity.forget()
        return {"visitor": identity.current()}

    return server


@pytest.fixture
def app(store: VisitorStore) -> Flask:
    return small_app(store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def cookie_of(client: FlaskClient, name: str = "visitor") -> str:
    cookie = client.get_cookie(name)
    assert cookie is not None
    return cookie.value


def visitors_known(store: VisitorStore) -> int:
    with store._database_ready().reading() as connection:
        count: int = connection.execute("SELECT count(*) FROM visitors").fetchone()[0]
    return count


def test_a_thousand_visits_without_a_cookie_leave_nothing(app: Flask, store: VisitorStore) -> None:
    for _ in range(1_000):
        response = app.test_client().get("/read")
        assert response.json == {"visitor": None, "name": None}
        assert "Set-Cookie" not in response.headers
    assert visitors_known(store) == 0


def test_the_first_write_makes_the_visitor_and_the_next_visit_knows_it(client: FlaskClient) -> None:
    written = client.post("/write/Ada").json
    assert client.get("/read").json == {"visitor": written["visitor"], "name": "Ada"}
    assert len(written["visitor"]) == 43  # 256 bits in base64


def test_a_visitor_who_is_known_gets_no_second_cookie(client: FlaskClient) -> None:
    client.post("/write/Ada")
    assert "Set-Cookie" not in client.post("/write/Bea").headers
    assert "Set-Cookie" not in client.get("/read").headers


@pytest.mark.parametrize("secure", [False, True])
def test_no_script_and_no_other_site_can_use_the_cookie(store: VisitorStore, secure: bool) -> None:
    response = small_app(store, secure=secure).test_client().post("/write/Ada")
    (cookie,) = SimpleCookie(response.headers["Set-Cookie"]).values()
    assert cookie.key == ("__Host-visitor" if secure else "visitor")
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", secure)
    assert (cookie["path"], cookie["domain"], cookie["max-age"]) == ("/", "", str(LIFETIME))


@pytest.mark.parametrize(
    "tamper",
    [
        lambda cookie: cookie[1:],
        lambda cookie: "A" + cookie,
        lambda cookie: cookie[:-9] + ("A" if cookie[-9] != "A" else "B") + cookie[-8:],
        lambda cookie: cookie.split(".")[0],
        lambda _cookie: "",
        lambda _cookie: "everyone",
        lambda _cookie: "é\\\"';\0",
        lambda _cookie: TimestampSigner("key").sign("made elsewhere").decode(),
    ],
)
def test_a_tampered_cookie_is_a_new_visitor(
    client: FlaskClient, store: VisitorStore, tamper: Callable[[str], str]
) -> None:
    victim = client.post("/write/Ada").json["visitor"]
    client.set_cookie("visitor", tamper(cookie_of(client)))
    assert client.get("/read").json == {"visitor": None, "name": None}
    assert client.post("/write/Eve").json["visitor"] != victim
    assert store.get(victim, "name") == "Ada"


def test_rotation_takes_the_data_along_and_the_old_id_is_dead(app: Flask, client: FlaskClient) -> None:
    old = client.post("/write/Ada").json["visitor"]
    thief = app.test_client()
    thief.set_cookie("visitor", cookie_of(client))
    new = client.post("/rotate").json["visitor"]
    assert new != old
    assert client.get("/read").json == {"visitor": new, "name": "Ada"}
    assert thief.get("/read").json["name"] is None
    assert thief.post("/write/Eve").json["visitor"] not in (old, new)
    assert client.get("/read").json["name"] == "Ada"


def test_a_visitor_without_a_cookie_can_be_rotated(client: FlaskClient) -> None:
    visitor = client.post("/rotate").json["visitor"]
    assert client.post("/write/Ada").json["visitor"] == visitor


def test_who_is_forgotten_has_no_data_no_cookie_and_no_way_back(app: Flask, client: FlaskClient) -> None:
    old = client.post("/write/Ada").json["visitor"]
    cookie = cookie_of(client)
    assert client.post("/forget").json == {"visitor": None}
    assert client.get_cookie("visitor") is None
    other_tab = app.test_client()
    other_tab.set_cookie("visitor", cookie)
    assert other_tab.get("/read").json["name"] is None
    assert other_tab.post("/write/late").json["visitor"] != old


def test_a_visit_renews_what_would_expire(client: FlaskClient, store: VisitorStore, clock: Clock) -> None:
    client.post("/write/Ada")
    for _ in range(4):
        clock.now += 20 * DAY
        assert client.get("/read").json["name"] == "Ada"
        assert store.sweep(LIFETIME) == 0
    assert "Set-Cookie" not in client.get("/read").headers


def test_who_stays_away_too_long_is_a_new_visitor(client: FlaskClient, store: VisitorStore, clock: Clock) -> None:
    old = client.post("/write/Ada").json["visitor"]
    cookie = cookie_of(client)
    clock.now += LIFETIME + 1
    client.set_cookie("visitor", cookie)
    assert client.get("/read").json["visitor"] is None
    assert client.post("/write/Ada").json["visitor"] != old
    assert store.keys(old) == []  # the new visitor's first write swept it away
    assert visitors_known(store) == 1


def test_a_retired_id_is_not_renewed(app: Flask, client: FlaskClient, clock: Clock) -> None:
    client.post("/write/Ada")
    thief = app.test_client()
    thief.set_cookie("visitor", cookie_of(client))
    client.post("/rotate")
    clock.now += 2 * DAY
    assert "Set-Cookie" not in thief.get("/read").headers


def test_an_old_key_is_taken_while_it_is_listed_and_signs_no_more(store: VisitorStore) -> None:
    before, during, after = (small_app(store, keys).test_client() for keys in (("old",), ("new", "old"), ("new",)))
    visitor = before.post("/write/Ada").json["visitor"]
    during.set_cookie("visitor", cookie_of(before))
    after.set_cookie("visitor", cookie_of(before))
    assert during.get("/read").json["visitor"] == visitor
    assert after.get("/read").json["visitor"] is None
    during.post("/rotate")
    after.set_cookie("visitor", cookie_of(during))
    assert after.get("/read").json["name"] == "Ada"


def test_fifty_visitors_at_once_never_see_each_other(app: Flask, store: VisitorStore) -> None:
    def visit(number: int) -> str:
        client = app.test_client()
        visitor: str = client.post(f"/write/{number}").json["visitor"]
        for turn in range(4):
            assert client.get("/read").json["name"] == (f"{number}" if turn == 0 else f"{number}-{turn - 1}")
            client.post(f"/write/{number}-{turn}")
        assert client.get("/read").json == {"visitor": visitor, "name": f"{number}-3"}
        return visitor

    with ThreadPoolExecutor(50) as pool:
        visitors = list(pool.map(visit, range(50)))
    assert len(set(visitors)) == 50
    assert [store.items(visitor) for visitor in visitors] == [[("name", f"{number}-3")] for number in range(50)]


def test_outside_of_a_request_there_is_no_current_visitor(store: VisitorStore) -> None:
    with pytest.raises(RuntimeError, match="Name one explicitly"):
        Identity(store, ["key"], lifetime=LIFETIME, secure=False).current()


def test_a_dash_callback_knows_and_makes_visitors_as_a_route_does(store: VisitorStore) -> None:
    identity = Identity(store, ["key"], lifetime=LIFETIME, secure=False)
    dash = Dash(__name__, server=Flask(__name__))
    dash.layout = html.Div([html.Button(id="button"), html.Div(id="shown")])

    @dash.callback(Output("shown", "children"), Input("button", "n_clicks"))
    def count(clicks: int | None) -> str:
        before = identity.current()
        if clicks:
            store.increment(identity.ensure(), "n")
        return f"{before} {store.get(identity.current() or '', 'n')}"

    client = dash.server.test_client()

    def call(clicks: int | None) -> str:
        body = {
            "output": "shown.children",
            "outputs": {"id": "shown", "property": "children"},
            "inputs": [{"id": "button", "property": "n_clicks", "value": clicks}],
            "changedPropIds": ["button.n_clicks"],
        }
        response = client.post("/_dash-update-component", json=body)
        shown: str = response.json["response"]["shown"]["children"]
        return shown

    assert call(None) == "None None"
    assert client.get_cookie("visitor") is None
    assert call(1) == "None 1"
    visitor = cookie_of(client).split(".")[0]
    assert call(2) == f"{visitor} 2"


@pytest.mark.parametrize(("proxies", "believed"), [(0, False), (1, True)])
def test_forwarded_headers_are_believed_only_when_told_to(proxies: int, believed: bool) -> None:
    server = Flask(__name__)
    trust_proxies(server, proxies)

    @server.get("/")
    def seen() -> dict[str, str | None]:
        return {"scheme": request.scheme, "address": request.remote_addr, "host": request.host}

    headers = {"X-Forwarded-For": "6.6.6.6, 5.5.5.5", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil"}
    assert server.test_client().get("/", headers=headers).json == {
        "scheme": "https" if believed else "http",
        "address": "5.5.5.5" if believed else "127.0.0.1",
        "host": "localhost",
    }
