"""Whether the server can do its work: `/readyz` asks every store. (`/healthz` says only that the process lives.)"""

import logging

from flask import Blueprint, Response, jsonify

from data.visitor_store import visitor_store

log = logging.getLogger(__name__)
readiness = Blueprint("readiness", __name__)


@readiness.get("/readyz")
def show_readiness() -> tuple[Response, int]:
    """Answer each store, its kind and whether it is reachable; 503 where visitors' data is not."""
    store = visitor_store()
    try:
        store.ping()
    except Exception:  # whatever it is, the answer is "not reachable"
        log.exception("Visitors' data cannot be reached")
        reachable = False
    else:
        reachable = True
    return jsonify(visitors={"kind": store.kind, "reachable": reachable}), 200 if reachable else 503
