"""Each page's own browser code, loaded with that page and not with all of them.

A script belongs to a page by its name: `assets/clicks.js` to `pages/clicks.py`, and so does `assets/clicks_more.js`.
All other scripts in `assets/` are shared: Dash puts them into every page.
"""

import json
from pathlib import Path
from typing import Any

from dash import html

from components.attributes import data
from components.registry import pages

ROOT = Path(__file__).parent.parent


def page_scripts(name: str) -> list[str]:
    """Return the files in `assets/` that are the page's own."""
    return sorted(path.name for path in (ROOT / "assets").glob(f"{name}*.js") if _owner(path) == name)


def not_loaded_by_dash() -> str:
    """Return the pattern of what Dash shall leave out of every page.

    Pages' own scripts, the theme, which is loaded in `<head>`, and modules, which are imported when they are needed.
    """
    own = [script.removesuffix(".js") for path in _page_files() for script in page_scripts(path.stem)]
    return rf"^(theme|{'|'.join(own)})\.js$|\.mjs$"


def script_list() -> html.Div:
    """Draw, unseen, which page needs which scripts: `assets/page_scripts.js` reads it."""
    scripts: dict[str, list[str]] = {
        page["path"]: [_address(script) for script in page_scripts(page["module"].rpartition(".")[2])]
        for page in pages()
    }
    needed: Any = json.dumps({path: own for path, own in scripts.items() if own})
    return html.Div(id="shell-page-scripts", hidden=True, **data(scripts=needed))


def _page_files() -> list[Path]:
    return sorted((ROOT / "pages").glob("[!_]*.py"))


def _owner(script: Path) -> str:
    """Return the page with the longest name that the script's begins with."""
    owners = [path.stem for path in _page_files() if f"{script.stem}_".startswith(f"{path.stem}_")]
    return max(owners, key=len, default="")


def _address(script: str) -> str:
    # The time of the last change: a browser keeps the script until then.
    return f"/assets/{script}?m={(ROOT / 'assets' / script).stat().st_mtime}"
