"""A request that is larger than the server takes gets a clear answer, and is not read."""

from typing import Any

import pytest


@pytest.fixture
def too_large(app: Any, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setitem(app.server.config, "MAX_CONTENT_LENGTH", 1_000)
    return b'{"output": "' + b"x" * 1_000 + b'"}'


def test_a_callback_is_answered_with_a_notice_and_changes_nothing(app: Any, too_large: bytes) -> None:
    answer = app.server.test_client().post("/_dash-update-component", data=too_large, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json["response"] == {}
    assert "at once" in answer.json["sideUpdate"]["shell-notice"]["children"]


def test_others_are_answered_413(app: Any) -> None:
    from components.too_large import answer_too_large

    with app.server.test_request_context("/elsewhere", method="POST"):
        answer, status = answer_too_large(Exception())
    assert status == 413
    assert answer.get_data(as_text=True).startswith("That is more than the 32 MB")
