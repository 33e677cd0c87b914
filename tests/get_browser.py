"""Find a Chromium or Chrome for the tests, or get one: `python tests/get_browser.py`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> str | None:
    """Return the path of a browser: $CHROMIUM, the system's, or the one that Playwright downloaded."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if MAC.exists():
        return str(MAC)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def get() -> str | None:
    """Get a browser: Playwright's own download, else the system's package when that may be installed."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not find() and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
    return find()


if __name__ == "__main__":
    if not (find() or get()):
        sys.exit("The tests need Chromium or Chrome. Install one, or set CHROMIUM to its path, and try again.")
