"""Callbacks of the two apps: the notes of this one, and the way to the other."""

from dash import clientside_callback, get_app
from flask import request
from werkzeug import Response

from callbacks.two_apps_neighbour import PATH, connect, neighbour

connect(clientside_callback)


def forward(rest: str) -> Response:
    """Let the neighbour answer what is asked for below its path."""
    return Response.from_app(neighbour(), {**request.environ, "SCRIPT_NAME": PATH.rstrip("/"), "PATH_INFO": f"/{rest}"})


server = get_app().server
server.add_url_rule(PATH, "two_apps_neighbour", forward, defaults={"rest": ""})
server.add_url_rule(f"{PATH}<path:rest>", "two_apps_neighbour", forward)
