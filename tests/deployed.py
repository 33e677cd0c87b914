"""The app as deployed: gunicorn with several workers on a free port, which tests can restart, pause and read."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent


class Deployed:
    """A running app. `directory` holds its log and all that it keeps on disk."""

    def __init__(self, directory: Path, *, app: str = "app:server", workers: int = 2, **environment: str) -> None:
        self.directory = directory
        self.app = app
        self.workers = workers
        self.environment = environment
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = directory / "gunicorn.log"

    def start(self) -> None:
        """Start gunicorn and wait until it answers."""
        # Only what the platform sets: a developer's own settings must not change what the tests see.
        passed_on = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
        environment = {
            **passed_on,
            "WEB_CONCURRENCY": str(self.workers),
            "CACHE_DIR": str(self.directory / "cache"),
            "DATA_DIR": str(self.directory / "data"),
            **self.environment,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{self.port}", self.app],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"gunicorn did not answer:\n{self.log.read_text()}")

    def stop(self) -> None:
        """Stop gunicorn as a platform does, and wait until it has ended."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def restart(self) -> None:
        """Stop and start again on the same port."""
        self.stop()
        self.start()

    def worker_pids(self) -> list[int]:
        """Return the process ids of the workers."""
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [int(pid) for pid in listed.stdout.split()]

    def let_only_worker_answer(self, chosen: int) -> None:
        """Pause every worker but one, so that the next request is that one's."""
        for pid in self.worker_pids():
            os.kill(pid, signal.SIGCONT if pid == chosen else signal.SIGSTOP)

    def let_all_workers_answer(self) -> None:
        """Let paused workers go on."""
        for pid in self.worker_pids():
            os.kill(pid, signal.SIGCONT)

    def errors(self) -> list[str]:
        """Return the lines of the log that report an error."""
        return [line for line in self.log.read_text().splitlines() if "[ERROR]" in line or "Traceback" in line]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
