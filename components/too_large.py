"""What a request is answered that is larger than the server takes: the page says so, where the visitor is."""

from flask import Response, jsonify, request

MOST = 32_000_000  # bytes of a request: a file of 20 MB, in base64, and some more


def answer_too_large(_error: Exception) -> tuple[Response, int]:
    """Answer 413 with the reason; to a callback, a notice, and no change of any output."""
    text = f"That is more than the {MOST // 1_000_000} MB that this server takes at once. Nothing was changed."
    if "_dash-update-component" not in request.path:
        return Response(text, mimetype="text/plain"), 413
    # Dash shows nothing of an error to the visitor: this is an answer as `set_props` would give it.
    notice = {"shell-notice": {"children": text, "is_open": True}}
    return jsonify(multi=True, response={}, sideUpdate=notice), 200
