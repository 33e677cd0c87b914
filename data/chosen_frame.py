"""Finds the frame that a visitor names: readings by their number, or the visitor's own file by their cookie."""

from typing import Any

from data import reading_frames, uploads
from data.frames import Frame
from data.readings import check_rows
from errors import BadInput

OWN = "own"


def find(name: Any) -> Frame:
    """Return the frame, or raise BadInput where there is none (any more)."""
    frame = uploads.own_frame() if name == OWN else reading_frames.opened(check_rows(name))
    if frame is not None:
        return frame
    if name == OWN:
        raise BadInput("You have no file here, or its hour is over. Choose one below.")
    raise BadInput("This frame is not made yet, or the server had to make room. Choose its size again.")
