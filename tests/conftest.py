"""Fixtures: the app in this process, the app as deployed, and a browser that reports all trouble."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from deployed import Deployed
from flask import Flask
from get_browser import find
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

pytest_plugins = ["report"]

# Keep Chromium from talking to anyone but the app.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A visitor who wants no animations: what scrolls smoothly is still on its way when it is clicked.
CALM: dict[str, Any] = {"reduced_motion": "reduce"}

# Two cores may be shared by two browsers and four workers: patience costs nothing when all is well.
expect.set_options(timeout=45_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses a browser or a server, so that `-m 'not browser and not slow'` is the quick part."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if {"browser", "page", "context"} & fixtures:
            item.add_marker(pytest.mark.browser)
        elif {"deployed", "base_url"} & fixtures:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def app() -> Any:
    """The app in this process: pages can only be imported once it exists."""
    import app

    return app


@pytest.fixture
def own_cache(tmp_path: Path) -> Iterator[Flask]:
    """A cache of this test's own, empty at first, which belongs to a server without routes."""
    from data.cache import engine, init_cache
    from settings import read_settings

    server = Flask("own_cache")
    server.secret_key = "key"  # noqa: S105
    init_cache(server, read_settings(cache_dir=tmp_path / "cache", redis_url=None))
    with server.app_context():
        yield server
        engine().close()


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """The app under gunicorn with two workers, shared by all tests that leave it as it was."""
    running = Deployed(tmp_path_factory.mktemp("deployed"))
    running.start()
    yield running
    running.stop()
    assert running.errors() == []


@pytest.fixture(scope="session")
def base_url(deployed: Deployed) -> str:
    """What `page.goto("/clicks")` is relative to."""
    return deployed.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the browser that is there, quietly."""
    return {**browser_type_launch_args, "executable_path": find(), "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Let every visitor be a calm one."""
    return {**browser_context_args, **CALM}


@pytest.fixture
def trouble() -> list[str]:
    """What went wrong in the browser. A test that provokes trouble looks at it here, then clears it."""
    return []


@pytest.fixture
def context(context: BrowserContext, base_url: str, trouble: list[str]) -> Iterator[BrowserContext]:
    """A visitor of its own, all of whose tabs are watched; any trouble left at the end fails the test."""
    watch(context, base_url, trouble)
    yield context
    assert trouble == []


@pytest.fixture
def other_visitor(browser: Any, base_url: str, trouble: list[str]) -> Iterator[Page]:
    """A tab of a second visitor, who shares nothing with the first."""
    context = browser.new_context(base_url=base_url, **CALM)
    watch(context, base_url, trouble)
    yield context.new_page()
    context.close()


def watch(context: BrowserContext, base_url: str, trouble: list[str]) -> None:
    """Note console messages, uncaught errors, failed and foreign requests of every tab."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(f"console {message.type}: {message.text}")

    def on_request(request: Request) -> None:
        address = urlparse(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != urlparse(base_url).netloc:
            trouble.append(f"request to another host: {request.url}")

    def on_failed(request: Request) -> None:
        # Leaving a page aborts what it was still asking for; that is no trouble.
        if request.failure != "net::ERR_ABORTED":
            trouble.append(f"failed: {request.url} {request.failure}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            trouble.append(f"HTTP {response.status}: {response.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: trouble.append(f"uncaught: {error.error}"))
    context.on("request", on_request)
    context.on("requestfailed", on_failed)
    context.on("response", on_response)


def quiet(page: Page) -> None:
    """Wait until no callback has been under way for half a second, as Playwright does once after a load."""
    # Not by wait_for_function: to look again it evaluates a string, which the app's security policy forbids.
    page.evaluate(
        """() => new Promise((resolve) => {
          const look = () => (dash_clientside.wire.quietFor() > 500 ? resolve() : setTimeout(look, 50));
          look();
        })"""
    )


def until(page: Page, condition: str) -> None:
    """Wait until a JavaScript expression is true: for what only the page's own scripts can see."""
    page.evaluate(
        f"""() => new Promise((resolve, reject) => {{
          const patience = performance.now() + 45000;
          const look = () => {{
            if ({condition}) resolve();
            else if (performance.now() > patience) reject(new Error("This did not become true in 45 seconds."));
            else setTimeout(look, 50);
          }};
          look();
        }})"""
    )
