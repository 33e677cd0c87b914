"""The proof of a page: every claim beside the test that proves it, and what became of that test."""

from dash import html

from components.attributes import data
from components.pattern import Claim, Pattern, Trap
from components.proofs import NOT_RUN, outcome, versions
from components.prose import prose

COLOURS = {"passed": "success", "failed": "danger", "skipped": "warning", NOT_RUN: "secondary"}


def proof_section(pattern: Pattern) -> html.Section:
    """Draw the claims and traps; each opens the source of its test, fetched when it is opened."""
    claims: tuple[Claim | Trap, ...] = (*pattern.claims, *pattern.traps)
    on = ", ".join(f"{name} {version}" for name, version in versions().items())
    return html.Section(
        [
            html.H2("Proof", id="proof"),
            html.P(
                f"Last run on {on}." if on else "The tests have not run here yet: make test runs them.",
                className="text-body-secondary",
            ),
            *[_claim(pattern, claim) for claim in claims],
        ]
    )


def _claim(pattern: Pattern, claim: Claim | Trap) -> html.Details:
    file = f"tests/test_{pattern.name}.py"
    result, when = outcome(f"{file}::{claim.proof}")
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(prose(claim.text)),
                    html.Span(
                        f"{result} {when[:10]}".strip(),
                        className=f"badge text-bg-{COLOURS.get(result, 'secondary')}",
                    ),
                ]
            ),
            html.Div(className="source"),
        ],
        className="claim",
        **data(source=f"/source/{file}?test={claim.proof}"),
    )
