"""A small load generator: a few processes, each with a few connections that are kept alive."""

import multiprocessing
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlparse

PROCESSES = 2
CONNECTIONS = 4


def requests_per_second(url: str, body: bytes, *, seconds: float = 1.5) -> float:
    """Return how many times a second the server answers this post, asked as fast as it answers."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        pool.map(_ready, range(PROCESSES))
        return sum(pool.map(partial(_ask, url, body, seconds), range(PROCESSES), chunksize=1))


def _ready(_index: int) -> None:
    """Do nothing, in a process that by this has started."""


def _ask(url: str, body: bytes, seconds: float, _index: int) -> float:
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        return sum(threads.map(lambda _: _ask_on_one_connection(url, body, seconds), range(CONNECTIONS)))


def _ask_on_one_connection(url: str, body: bytes, seconds: float) -> float:
    address = urlparse(url)
    head = (
        f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nAccept-Encoding: gzip\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    request = head.encode() + body
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        answers = connection.makefile("rb")
        count, start = 0, time.perf_counter()
        while time.perf_counter() < start + seconds:
            connection.sendall(request)
            _read(answers)
            count += 1
        return count / (time.perf_counter() - start)


def _read(answers) -> None:
    """Read one answer to its end."""
    status = answers.readline()
    if b" 200 " not in status:
        raise RuntimeError(f"The server answered {status!r}.")
    length = 0
    while (line := answers.readline().lower()) != b"\r\n":
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    answers.read(length)
