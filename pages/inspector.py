"""The inspector: everything that the app keeps about a visitor in this browser, to look at, change and clear."""

from dash import html, register_page

import callbacks.inspector  # noqa: F401 - registers this page's callbacks
from components.pattern import Claim, Pattern, Trap
from components.pattern_page import pattern_page
from components.tables import text_table

PATTERN = Pattern(
    name="inspector",
    title="Inspector",
    group="Tools",
    order=10,
    summary="All that is kept about you in this browser, key by key. It is read here, and sent to nobody.",
    claims=(
        Claim(
            text="It shows local and session storage, cookies, databases, and the memory stores of the page.",
            proof="test_it_shows_all_that_is_kept_and_whose_it_is",
        ),
        Claim(
            text="It names the cookies that no script can read.",
            proof="test_it_names_the_cookies_that_no_script_can_read",
        ),
        Claim(text="It makes no callback request.", proof="test_it_makes_no_callback_request"),
        Claim(text="It follows what other tabs write.", proof="test_it_follows_what_other_tabs_write"),
        Claim(
            text="An edit is checked: what is not JSON changes nothing, and stays in the field.",
            proof="test_an_edit_is_checked_and_reaches_the_store",
        ),
        Claim(
            text="It clears one key, a page's keys, or all of ours, and nothing else's; and puts them back.",
            proof="test_it_clears_one_a_pages_or_all_of_ours_and_nothing_elses",
        ),
        Claim(
            text="A file takes what is kept to another browser.",
            proof="test_a_file_takes_what_is_kept_to_another_browser",
        ),
        Claim(
            text="On every page a drawer shows that page's keys; nothing of it is loaded before it is opened.",
            proof="test_the_drawer_shows_the_pages_keys_alone",
        ),
    ),
    traps=(
        Trap(
            text="A key in storage does not say whose it is: another app on this origin may use the same.",
            cure="Put the app's name in front, as guarded stores do. Plain stores are told apart by their ids alone.",
            proof="test_a_guarded_key_of_another_app_is_not_ours",
        ),
        Trap(
            text="A file to import can hold anything.",
            cure="Check all of it before the first key is written; refuse it whole, and say why.",
            proof="test_a_file_that_is_not_ours_is_refused_whole",
        ),
    ),
    use_when=("you want to know what a page has stored, and the browser's own tools show no memory stores",),
    leave_when=("what is kept on the server is the question: see the page on visitors' data",),
    see_also=("/clicks", "/limits", "/visitor-data"),
    more_files=("components/browser_state.py", "assets/browser_state.mjs", "assets/browser_state_view.mjs"),
)

register_page(__name__, **PATTERN.page)

WHOSE = (
    ("`clicks-local-store`", "a store", "begins with the name of a page, as all ids of this app do"),
    ("`clicks-local-store-timestamp`", "its time", "shown with the store"),
    ("`storage-atlas:limits-guarded-store`", "a guarded store", "begins with the name of the app"),
    ("`_dash_persistence.forms-local-name.value.true`", "Dash's persistence", "holds the id of the component"),
    ("anything else", "another app's, or a library's", "is shown, and never cleared with ours"),
)


def layout(**_query: str) -> html.Article:
    """Draw the page: the panel, which the browser fills in, and how keys are told apart."""
    return pattern_page(PATTERN, html.Div(id="inspector-panel"), _whose())


def _whose() -> html.Section:
    return html.Section(
        [
            html.H2("Whose is a key?", id="whose-is-a-key"),
            text_table(("a key such as", "is", "because it"), WHOSE),
        ],
        className="about-the-page",
    )
