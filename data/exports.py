"""Downloads of what matches, written while they are sent: a download of any size takes the memory of one batch."""

import io
import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, request, stream_with_context

from data.chosen_frame import find
from data.conditions import Where, conditions
from data.duck import looking_at
from data.frames import Frame
from errors import BadInput

exports = Blueprint("exports", __name__)

BATCH = 65_536  # rows written at a time
TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


@exports.get("/large-frames/rows.<kind>")
def export(kind: str) -> Response:
    """Answer the rows of a frame that match, as CSV or Parquet.

    `view` in the query string is JSON: `{"frame": name, "chosen": {...}, "filters": {...}}`: see `conditions`.
    """
    if kind not in TYPES:
        abort(404)
    view = _view(request.args.get("view", "{}"))
    frame = find(view.get("frame"))
    where = conditions(frame, view.get("chosen"), view.get("filters"))
    pieces = stream_with_context(_write(frame, where, kind))
    headers = {"Content-Disposition": f"attachment; filename=readings.{kind}", "Cache-Control": "no-store"}
    return Response(pieces, mimetype=TYPES[kind], headers=headers)


@exports.errorhandler(BadInput)
def refuse(error: BadInput) -> tuple[str, int, dict[str, str]]:
    """Answer why there is nothing to download."""
    return str(error), 400, {"Content-Type": "text/plain; charset=utf-8"}


def _view(text: str) -> dict[str, Any]:
    try:
        view = json.loads(text)
    except (ValueError, RecursionError):
        view = None
    if not isinstance(view, dict):
        raise BadInput("This address names no rows. Take the link on the page.")
    return view


def _write(frame: Frame, where: Where, kind: str) -> Iterator[bytes]:
    """Yield the file piece by piece, under the titles of the columns."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    names = ", ".join(column.sql for column in frame.columns.values())
    titles = [column.title for column in frame.columns.values()]
    sent = _Sent()
    with looking_at(frame.table) as cursor:
        query = f"select {names} from frame where {where.sql}"  # noqa: S608 - our own text
        reader = cursor.sql(query, params=where.values).to_arrow_reader(BATCH)
        schema = pa.schema([field.with_name(title) for field, title in zip(reader.schema, titles, strict=True)])
        write = pyarrow.csv.CSVWriter if kind == "csv" else pyarrow.parquet.ParquetWriter
        with write(sent, schema) as writer:
            for batch in reader:
                writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
                yield sent.take()
    yield sent.take()


class _Sent(io.RawIOBase):
    """A file to write into, of which only what was not yet sent is kept."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._waiting.append(piece)
        self._position += len(piece)
        return len(piece)

    def take(self) -> bytes:
        """Return what was written since the last time, and forget it."""
        pieces, self._waiting = self._waiting, []
        return b"".join(pieces)
