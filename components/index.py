"""The HTML document that Dash fills in: the theme is applied before the styles, so that nothing flashes."""

from importlib.metadata import version

STYLESHEETS = [f"/bootstrap/static/css/bootstrap.min.css?v={version('bootstrap-flask')}"]

INDEX = """<!DOCTYPE html>
<html lang="en">
    <head>
        {%metas%}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{%title%}</title>
        {%favicon%}
        <script src="/assets/theme.js"></script>
        {%css%}
    </head>
    <body>
        {%app_entry%}
        <noscript>This app needs JavaScript. Its pages can be read as plain text: see /llms.txt</noscript>
        <footer>
            {%config%}
            {%scripts%}
            {%renderer%}
        </footer>
    </body>
</html>
"""
