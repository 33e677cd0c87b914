"""Security headers: nothing leaves the origin, nobody frames the app unasked, only our own scripts run."""

from dash import Dash
from flask import Response
from secure import ContentSecurityPolicy, ReferrerPolicy, Secure, XContentTypeOptions

from settings import settings


def send_security_headers(app: Dash) -> None:
    """Add the headers to every answer. Call it last: the policy names every inline script of the app."""
    headers: dict[str, str] = {}

    @app.server.after_request
    def add_headers(response: Response) -> Response:
        """Add what is the same for all answers."""
        response.headers.extend(headers)
        return response

    # Dash registers its last inline script when the first request comes: make that request now.
    app.server.test_client().get("/healthz")
    headers.update(_headers(app))


def _headers(app: Dash) -> dict[str, str]:
    """Return the headers, computed once.

    The policy is the strictest under which Dash, Bootstrap components, Plotly and AG Grid run: the last
    two put style elements into the page, so those must be allowed; style attributes in HTML are not.
    """
    own = "'self'"
    policy = (
        ContentSecurityPolicy()
        .default_src("'none'")
        .base_uri("'none'")
        .form_action("'none'")
        .frame_ancestors(*(settings.frame_ancestors.split() or ["'none'"]))
        .connect_src(own)
        .font_src(own)
        .img_src(own, "data:")
        .manifest_src(own)
        .script_src(own, *app.csp_hashes())
        .style_src_elem(own, "'unsafe-inline'")
        .style_src_attr("'none'")
    )
    return dict(
        Secure(
            csp=policy,
            referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
            xcto=XContentTypeOptions().nosniff(),
        ).headers
    )
