"""Gunicorn's settings, read by `gunicorn app:server`. It reads PORT and WEB_CONCURRENCY by itself."""

import os

# A wrong setting stops the start here, with one line, before gunicorn reads PORT in its own way.
import settings  # noqa: F401

# A platform sets PORT and expects every interface; without it, only this machine can connect.
if "PORT" not in os.environ:
    bind = "127.0.0.1:8050"
if "WEB_CONCURRENCY" not in os.environ:
    workers = 2

# Import the app once, before the workers are forked: a wrong declaration then stops the start with one line, where
# each worker would fail and be started again for ever.
preload_app = True

# Threads let a worker answer others while one request waits for a disk, a database or a slow client.
worker_class = "gthread"
threads = 4

# Heartbeat files belong in memory: a slow disk would make healthy workers look dead.
if os.path.isdir("/dev/shm"):
    worker_tmp_dir = "/dev/shm"


def when_ready(server):
    """Say where the app is, in words a newcomer looks for."""
    addresses = ", ".join(str(listener) for listener in server.LISTENERS)
    server.log.info("Dash Storage Atlas is ready: %s (stop it with Ctrl-C)", addresses)
