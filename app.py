"""The wiring, top to bottom: server, Dash, pages, shell, headers. `gunicorn app:server` serves it."""

from dash import Dash
from flask import Flask
from flask_bootstrap import Bootstrap5

from components import shell
from components.browser_state import browser_state
from components.documents import documents
from components.grid import load_on_demand
from components.headers import send_security_headers
from components.index import INDEX, STYLESHEETS
from components.not_found import answer_404_where_no_page_is
from components.notices import tell_visitor
from components.page_scripts import not_loaded_by_dash
from components.source_views import source_views
from components.too_large import MOST, answer_too_large
from data.cache import init_cache
from data.exports import exports
from data.readiness import readiness
from data.secret_key import secret_keys
from data.visitor import trust_proxies
from settings import settings

server = Flask(__name__)
server.secret_key, *old_keys = secret_keys()
server.config.update(
    MAX_CONTENT_LENGTH=MOST,
    SEND_FILE_MAX_AGE_DEFAULT=0 if settings.debug else 3600,
    SECRET_KEY_FALLBACKS=old_keys,
    SESSION_COOKIE_SAMESITE="Lax",
    SESSION_COOKIE_SECURE=settings.production,
)
trust_proxies(server)
init_cache(server, settings)
Bootstrap5(server)
server.register_blueprint(documents)
server.register_blueprint(source_views)
server.register_blueprint(readiness)
server.register_blueprint(exports)
server.register_error_handler(413, answer_too_large)
server.register_blueprint(browser_state)
load_on_demand()

app = Dash(
    __name__,
    server=server,  # type: ignore[arg-type]  # Dash's annotation forgets that it takes a server
    use_pages=True,
    compress=True,
    title=shell.BRAND,
    update_title=None,  # type: ignore[arg-type]  # None is documented: the title stays while callbacks run
    index_string=INDEX,
    external_stylesheets=STYLESHEETS,
    health_endpoint="healthz",
    on_error=tell_visitor,
    # Pages arrive one at a time; without this the first response would carry the layouts of all of them.
    suppress_callback_exceptions=True,
    assets_ignore=not_loaded_by_dash(),
)
app.layout = shell.layout()
answer_404_where_no_page_is(app)
if not settings.debug:  # Dash's developer tools need inline code
    send_security_headers(app)

if __name__ == "__main__":
    # Dash's developer tools would ask another host for the newest version.
    app.run(port=settings.port, debug=settings.debug, dev_tools_disable_version_check=True)
