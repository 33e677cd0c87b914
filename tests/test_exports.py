"""Downloads hold exactly what matches, in pieces, and their addresses are checked."""

import io
import json
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from werkzeug.test import Client, TestResponse

from data import reading_frames
from data.exports import exports
from data.readings import schema

pytestmark = pytest.mark.slow


@pytest.fixture
def client(own_cache: Any) -> Client:
    own_cache.register_blueprint(exports)
    client: Client = own_cache.test_client()
    return client


def get(client: Client, kind: str = "csv", **view: Any) -> TestResponse:
    return client.get(f"/large-frames/rows.{kind}", query_string={"view": json.dumps(view)})


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("chosen", [{}, {"group": ["Cork"]}, {"value": [900, None]}], ids=str)
def test_a_download_holds_what_matches(client: Client, kind: str, chosen: dict[str, Any]) -> None:
    content = io.BytesIO(get(client, kind, frame="10000", chosen=chosen).data)
    frame = pd.read_csv(content, parse_dates=["time"]) if kind == "csv" else pd.read_parquet(content)
    expected = reading_frames.opened(10_000).table.to_pandas()  # type: ignore[union-attr]
    expected = expected[expected.site == "Cork"] if "group" in chosen else expected[: 0 if chosen else None]
    assert list(frame.columns) == ["time", "sensor", "site", "temperature (°C)", "humidity (%)", "status"]
    assert frame.sensor.astype(str).tolist() == expected.sensor.astype(str).tolist()
    assert frame["temperature (°C)"].tolist() == pytest.approx(expected.temperature.tolist())
    assert frame.time.tolist() == expected.time.tolist()


def test_a_download_keeps_the_narrow_types(client: Client) -> None:
    types = pq.read_schema(io.BytesIO(get(client, "parquet", frame="10000").data)).types
    assert [str(kind) for kind in types[3:5]] == ["float", "float"]
    assert len(types) == len(schema()) - 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_large_download_is_sent_in_pieces(client: Client, kind: str, own_cache: Any) -> None:
    from data.cache import get_or_build_file
    from data.readings import write_readings

    get_or_build_file(reading_frames._key(1_000_000), lambda path: write_readings(path, 1_000_000))
    answer = client.get(
        f"/large-frames/rows.{kind}", query_string={"view": json.dumps({"frame": "1000000"})}, buffered=False
    )
    sizes = [len(piece) for piece in answer.iter_encoded()]
    assert len(sizes) > 10
    assert max(sizes) < 5e6
    assert sum(sizes) > 4e6


@pytest.mark.parametrize(
    "view",
    [
        "",
        "x",
        "[]",
        "null",
        "{}",
        "[" * 10_000,
        '{"frame": "7"}',
        '{"frame": "10000000"}',
        '{"frame": "own"}',
        '{"frame": ["10000"]}',
        '{"frame": "10000", "chosen": []}',
        '{"frame": "10000", "chosen": {"group": ["Atlantis"]}}',
        '{"frame": "10000", "filters": {"nothing": {"type": "blank"}}}',
        '{"frame": "10000", "chosen": {"value": [NaN, null]}}',
    ],
)
def test_an_address_that_names_no_rows_is_refused_with_the_reason(client: Client, view: str) -> None:
    for kind in ("csv", "parquet"):
        answer = client.get(f"/large-frames/rows.{kind}", query_string={"view": view})
        assert answer.status_code == 400
        assert answer.mimetype == "text/plain"
        assert answer.text.endswith(".")


def test_other_kinds_are_not_found(client: Client) -> None:
    assert get(client, "exe", frame="10000").status_code == 404
