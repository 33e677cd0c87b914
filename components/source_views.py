"""Answers highlighted source to whoever opens a code view or a proof."""

from flask import Blueprint, abort, render_template_string, request

from components import proofs, source
from components.registry import patterns

source_views = Blueprint("source_views", __name__)

SOURCE = """
<div class="listing">
  <div class="source-bar">
    <span>{{ name }}{% if first > 1 %}, from line {{ first }}{% endif %}</span>
    {% if link %}<a href="{{ link }}">In the repository</a>{% endif %}
    <button type="button" class="btn btn-sm btn-outline-secondary source-copy">Copy</button>
  </div>
  {{ code | safe }}
</div>
"""

PROOF = """
<h2>{{ sentence }}</h2>
<p>{{ result }}{% if when %}, {{ when }}{% endif %}. Run it yourself:</p>
<pre><code>make .venv/dev &amp;&amp; .venv/bin/pytest "{{ test }}"</code></pre>
"""


@source_views.get("/source/<path:name>")
def show_source(name: str) -> str:
    """Answer a file's highlighted code, or one test of it; only files that some page shows."""
    if not source.is_shown(name):
        abort(404)
    test = request.args.get("test")
    return _function(name, test) if test else _lines(name, 1, None)


@source_views.get("/proof/<name>/<key>/<event>")
def show_proof(name: str, key: str, event: str) -> str:
    """Answer the proof of one cell of the matrix: what is claimed, how it went, and the code of the test."""
    event = event.replace("-", " ")
    pattern = next((pattern for pattern in patterns() if pattern.name == name), None) or abort(404)
    place = next((place for place in pattern.places if place.key == key), None) or abort(404)
    if event not in place.events:
        abort(404)
    test = f"tests/test_matrix.py::test_a_value_survives_what_its_place_says[chromium-{name}-{key}-{event}]"
    result, when = proofs.outcome(proofs.plain_name(test))
    verb = "survives" if event in place.survives else "does not survive"
    sentence = f"{pattern.title}: {place.name} {verb} a {event}."
    head = render_template_string(PROOF, sentence=sentence, result=result.capitalize(), when=when[:10], test=test)
    parts = [_function("tests/test_matrix.py", "test_a_value_survives_what_its_place_says")]
    drivers = ("write", "switch_tab", "read") if event == "tab switch" else ("write", "read")
    parts += [_function(f"tests/test_{name}.py", driver) for driver in drivers]
    return head + "".join(parts)


def _function(name: str, function: str) -> str:
    lines = source.function_lines(name, function) or abort(404)
    return _lines(name, *lines)


def _lines(name: str, first: int, last: int | None) -> str:
    link = source.repository_link(name, first)
    code = source.highlight(name, first, last)
    return render_template_string(SOURCE, name=name, first=first, link=link, code=code)
