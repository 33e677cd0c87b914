"""Whether the server can do its work: `/readyz` asks every store. (`/healthz` says only that the process lives.)"""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, jsonify

from data.cache import engine
from data.visitor_store import visitor_store

log = logging.getLogger(__name__)
readiness = Blueprint("readiness", __name__)


@readiness.get("/readyz")
def show_readiness() -> tuple[Response, int]:
    """Answer each store, its kind and whether it is reachable; 503 where visitors' data is not.

    Without its cache the server is slower, and ready.
    """
    store, cache = visitor_store(), engine()
    reachable = _answers(store.ping, "Visitors' data")
    return jsonify(
        visitors={"kind": store.kind, "reachable": reachable},
        cache={"kind": cache.kind, "reachable": _answers(cache.ping, "The cache")},
    ), 200 if reachable else 503


def _answers(ping: Callable[[], None], name: str) -> bool:
    try:
        ping()
    except Exception:  # whatever it is, the answer is "not reachable"
        log.exception("%s cannot be reached", name)
        return False
    return True
