"""Sensor readings: made up, but always the same, and as many as you like. A chunk at a time, so that memory does not
grow with their number. A smaller frame is the beginning of a larger one.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.frames import ROW, describe
from errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

ROWS = (10_000, 100_000, 1_000_000, 5_000_000, 10_000_000)
SITES = [
    *("Aberdeen", "Bergen", "Bordeaux", "Cadiz", "Cork", "Dakar", "Esbjerg", "Faro", "Galway", "Halifax"),
    *("Ilulissat", "Lerwick", "Lisbon", "Malaga", "Nantes", "Narvik", "Porto", "Recife", "Tangier", "Vigo"),
]
SENSORS = [f"{site[:3].upper()}-{number:02}" for site in SITES for number in range(10)]
STATUSES = ["ok", "late", "faulty"]

START = 1_451_606_400  # 2016-01-01, in seconds since 1970
INTERVAL = 30  # seconds from one reading to the next: each of the 200 sensors has its turn every 100 minutes
DAY, YEAR = 86_400, 31_557_600

CHUNK = 524_288  # rows: 12 MB of columns, and a few times as much while they are made
SEED = 20_160_101


def write_readings(path: Path, rows: int, on_chunk: Callable[[int], None] = lambda done: None) -> None:
    """Write the first `rows` readings as an Arrow IPC file, and say after each chunk how many are written.

    What `on_chunk` raises ends the writing.
    """
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema()) as writer:
        for number, start in enumerate(range(0, rows, CHUNK)):
            length = min(CHUNK, rows - start)
            writer.write_batch(_chunk(number).slice(0, length))
            on_chunk(start + length)


@cache
def schema() -> "pa.Schema":
    """Return the columns, as narrow as their values allow: a scan takes as long as it reads bytes."""
    import pyarrow as pa

    def category(codes: "pa.DataType") -> "pa.DataType":
        return pa.dictionary(codes, pa.string())

    return pa.schema(
        [
            pa.field(ROW, pa.uint32()),
            describe(pa.field("time", pa.timestamp("s")), role="time"),
            describe(pa.field("sensor", category(pa.int16())), role="part"),
            describe(pa.field("site", category(pa.int8())), role="group"),
            describe(pa.field("temperature", pa.float32()), title="temperature (°C)", role="value"),
            describe(pa.field("humidity", pa.float32()), title="humidity (%)"),
            describe(pa.field("status", category(pa.int8()))),
        ]
    )


def check_rows(rows: Any) -> int:
    """Return the number of rows, or raise BadInput for one that is not offered."""
    if isinstance(rows, str) and rows in map(str, ROWS):
        return int(rows)
    raise BadInput("There is no frame of that size. Choose one from the list.")


def _chunk(number: int) -> "pa.RecordBatch":
    """Return a chunk of readings. It is always made whole: its random numbers depend on where it begins."""
    import numpy as np
    import pyarrow as pa

    random = np.random.default_rng([SEED, number])
    row = np.arange(number * CHUNK, (number + 1) * CHUNK, dtype=np.uint32)
    seconds = START + INTERVAL * row.astype(np.int64)
    sensor = (row % len(SENSORS)).astype(np.int16)
    temperature = _temperature(seconds, sensor, random)
    status = np.searchsorted([0.97, 0.995], random.random(CHUNK, dtype=np.float32)).astype(np.int8)
    # A faulty sensor now and then says something absurd: what a time line must not lose.
    temperature[status == 2] += random.normal(0, 12, (status == 2).sum()).astype(np.float32)
    humidity = np.clip(75 - temperature + 8 * random.standard_normal(CHUNK, dtype=np.float32), 0, 100)
    columns = [
        pa.array(row),
        pa.array(seconds.astype("datetime64[s]")),
        pa.DictionaryArray.from_arrays(sensor, SENSORS),
        pa.DictionaryArray.from_arrays((sensor // 10).astype(np.int8), SITES),
        pa.array(np.round(temperature, 2)),
        pa.array(np.round(humidity, 1)),
        pa.DictionaryArray.from_arrays(status, STATUSES),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema())


def _temperature(seconds: "np.ndarray", sensor: "np.ndarray", random: "np.random.Generator") -> "np.ndarray":
    """Return temperatures in °C: days and years go up and down, sites and sensors differ, and all of it wavers."""
    import numpy as np

    of_sensor = np.random.default_rng(SEED).normal(12, 5, len(SENSORS)).astype(np.float32)
    day = 4 * np.sin(2 * np.pi * seconds / DAY)
    year = -8 * np.cos(2 * np.pi * (seconds - START) / YEAR)
    temperature: np.ndarray = of_sensor[sensor] + day + year + random.standard_normal(CHUNK)
    return temperature.astype(np.float32)
