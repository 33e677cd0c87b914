"""AG Grid, fetched by the browser when a page first shows a grid.

Its script is as large as all of Dash together, and Dash would put it into every page. Here it is registered
without a script tag; `assets/grid.js` stands in for the component and loads it when it is drawn.
"""

import dash_ag_grid


def load_on_demand() -> None:
    """Leave AG Grid's script out of the pages. Call it before the app is made."""
    for resource in dash_ag_grid._js_dist:
        resource.pop("async", None)
        resource["dynamic"] = True
