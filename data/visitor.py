"""Who the visitor is: a random id in a signed cookie, made when something is first kept for them.

Everything here works in a Dash callback and in a Flask route alike: a callback is a request too.
"""

import hashlib
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from flask import Flask, Response, after_this_request, g, has_request_context, request
from itsdangerous import BadSignature, TimestampSigner
from werkzeug.middleware.proxy_fix import ProxyFix

from data.database import StoreBusyError
from data.secret_key import secret_keys
from data.visitor_store import VisitorStore, visitor_store
from settings import settings

DAY, HOUR = 86_400, 3_600  # seconds


class Identity:
    """Reads and writes the visitor's cookie in the current request."""

    def __init__(self, store: VisitorStore, keys: Sequence[str], *, lifetime: float, secure: bool) -> None:
        """Sign with the first key, and take cookies signed with any.

        `lifetime` is in seconds since the last visit. `secure` cookies are sent over HTTPS only.
        """
        self._store = store
        self._signer = TimestampSigner(keys[::-1], salt="visitor", digest_method=hashlib.sha256)
        self._lifetime = lifetime
        self._secure = secure
        self._next_sweep = 0.0
        # With this prefix, browsers take the cookie from this very host only, not from another one of its domain.
        self.cookie = "__Host-visitor" if secure else "visitor"

    def current(self) -> str | None:
        """Return the visitor's id, or None for one who has no cookie of ours. Makes and writes nothing."""
        if not has_request_context():
            raise RuntimeError("There is no request here, so there is no current visitor. Name one explicitly.")
        if "visitor" not in g:
            g.visitor = self._read_cookie()
        visitor: str | None = g.visitor
        return visitor

    def ensure(self) -> str:
        """Return the visitor's id, to write under. Makes one, and sends the cookie, for one who has none.

        Two first writes in two requests at once make two visitors; the browser keeps the later cookie.
        """
        visitor = self.current()
        if visitor is None or self._store.is_retired(visitor):
            visitor = secrets.token_urlsafe(32)
            self._send(visitor)
            self._sweep_now_and_then()
        return visitor

    def rotate(self) -> str:
        """Give the visitor a new id, and return it: the data comes along, the old id is dead.

        For when somebody else may know the old one: after a log-in, above all.
        """
        old, new = self.ensure(), secrets.token_urlsafe(32)
        self._store.replace(old, new)
        self._send(new)
        return new

    def forget(self) -> None:
        """Delete all that is kept for the visitor, and the cookie; the id is dead."""
        visitor = self.current()
        if visitor is not None:
            self._store.retire(visitor)
        g.visitor = None

        @after_this_request
        def delete_cookie(response: Response) -> Response:
            response.delete_cookie(self.cookie, secure=self._secure, httponly=True, samesite="Lax")
            return response

    def _read_cookie(self) -> str | None:
        try:
            signed, when = self._signer.unsign(
                request.cookies.get(self.cookie, ""), max_age=round(self._lifetime), return_timestamp=True
            )
        except BadSignature:  # none, tampered with, too old, or signed with a key that is no longer listed
            return None
        visitor = signed.decode()
        # Once a day is often enough to note that a visitor is still here.
        if self._signer.get_timestamp() - when.timestamp() > DAY and self._store.renew(visitor):
            self._send(visitor)
        return visitor

    def _send(self, visitor: str) -> None:
        """Send the cookie with the response, and be this visitor for the rest of the request."""
        g.visitor = visitor

        @after_this_request
        def set_cookie(response: Response) -> Response:
            response.set_cookie(
                self.cookie,
                self._signer.sign(visitor).decode(),
                max_age=round(self._lifetime),
                secure=self._secure,
                httponly=True,
                samesite="Lax",
            )
            return response

    def _sweep_now_and_then(self) -> None:
        """Make room, at most once an hour, when a visitor comes who will need some."""
        if time.time() > self._next_sweep:
            self._next_sweep = time.time() + HOUR
            with suppress(StoreBusyError):
                self._store.sweep(self._lifetime)


@cache
def identity() -> Identity:
    """Return the app's identity, as the settings describe it."""
    lifetime = settings.visitor_days * DAY
    return Identity(visitor_store(), secret_keys(), lifetime=lifetime, secure=settings.production)


def trust_proxies(server: Flask, proxies: int = settings.trusted_proxies) -> None:
    """Believe what that many proxies say of the client's address and scheme; with 0, nobody."""
    if proxies:
        # Not X-Forwarded-Host: many platforms pass on what the client wrote there.
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
