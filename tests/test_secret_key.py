"""Cookies are signed with a key that is secret, shared by all workers, and never missing in production."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from data import secret_key
from data.secret_key import secret_keys
from settings import Settings, read_settings

pytestmark = pytest.mark.slow

STRONG = "x" * 32


def given(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    """Let the module see these settings."""
    monkeypatch.setattr(secret_key, "settings", Settings(_env_file=None, **values))


def test_development_makes_one_private_key_that_all_workers_share(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given(monkeypatch, data_dir=tmp_path / "data", secret_key=None)
    with ThreadPoolExecutor(8) as pool:
        keys = {tuple(keys) for keys in pool.map(lambda _: secret_keys(), range(8))}
    ((key,),) = keys
    assert len(key) == 64
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "data/secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_several_keys_may_be_given_and_the_first_signs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, data_dir=tmp_path, secret_key="new, old")  # noqa: S106
    assert secret_keys() == ["new", "old"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", [None, "", "short", f"{STRONG},short", f"{STRONG},"])
def test_production_does_not_start_without_a_strong_key(monkeypatch: pytest.MonkeyPatch, key: str | None) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(SystemExit, match=r"SECRET_KEY: .*PRODUCTION=true") as stopped:
        read_settings(production=True, secret_key=key, _env_file=None)
    assert "short" not in str(stopped.value)


def test_production_starts_with_a_strong_key() -> None:
    assert read_settings(production=True, secret_key=f"{STRONG},{STRONG}", _env_file=None).production


def test_a_database_that_is_not_known_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(SystemExit, match=r"DATABASE_URL: .*must begin with postgresql") as stopped:
        read_settings(database_url="mysql://ada:hunter2@host/name", _env_file=None)
    assert "hunter2" not in str(stopped.value)
