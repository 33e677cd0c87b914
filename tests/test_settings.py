"""Wrong settings stop the start with one line that names the variable; right ones need not be set at all."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
GUNICORN = [sys.executable, "-m", "gunicorn", "app:server"]
IMPORT = [sys.executable, "-c", "import app"]
WRONG = [
    ("PORT", "abc"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("DEBUG", "perhaps"),
    ("REPOSITORY_URL", "not an address"),
    ("FRAME_ANCESTORS", "*; script-src *"),
    ("CACHE_SIZE_MB", "0"),
    ("CACHE_SIZE_MB", "inf"),
    ("VISITOR_MAX_MB", "inf"),
]


def start(command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command that starts the app, with these variables and no others of ours."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    return subprocess.run(command, cwd=ROOT, env={**kept, **variables}, capture_output=True, text=True, timeout=60)


def documented() -> set[str]:
    """Return the variables that `.env.example` lists."""
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_a_wrong_value_stops_the_start_with_one_line_that_names_the_variable(variable: str, value: str) -> None:
    ended = start(IMPORT, **{variable: value})
    assert ended.returncode != 0
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert f"{variable}:" in line
    assert repr(value) in line


def test_several_wrong_values_are_named_at_once() -> None:
    (line,) = start(IMPORT, PORT="abc", DEBUG="perhaps").stderr.splitlines()
    assert "PORT:" in line
    assert "DEBUG:" in line


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_gunicorn_ends_with_that_line_too(variable: str, value: str) -> None:
    ended = start(GUNICORN, **{variable: value})
    assert ended.returncode != 0
    # Once: workers that cannot start must not be started again and again.
    (line,) = ended.stderr.splitlines()
    assert f"{variable}:" in line


def test_the_app_starts_with_nothing_set() -> None:
    ended = start(IMPORT)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_empty_values_count_as_not_set() -> None:
    assert start(IMPORT, **dict.fromkeys(documented(), "")).returncode == 0


def test_every_setting_is_listed_in_the_example(app: object) -> None:
    from settings import Settings

    assert {name.upper() for name in Settings.model_fields} <= documented()


def test_the_example_lists_nothing_that_is_not_read(app: object) -> None:
    from settings import Settings

    read_by_gunicorn = {"WEB_CONCURRENCY"}
    assert documented() == {name.upper() for name in Settings.model_fields} | read_by_gunicorn


def test_what_the_example_suggests_is_accepted(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    suggested = dict(re.findall(r"^#?([A-Z_]+)=(\S*)$", example, re.MULTILINE))
    ended = start(IMPORT, **suggested)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("variable", ["DATABASE_URL", "REDIS_URL"])
def test_the_address_of_a_service_is_checked_and_never_repeated(variable: str) -> None:
    ended = start(IMPORT, **{variable: "http://user:secret@host"})
    assert ended.returncode != 0
    (line,) = ended.stderr.splitlines()
    assert f"{variable}: " in line
    assert "it must begin with" in line
    assert "secret" not in line
