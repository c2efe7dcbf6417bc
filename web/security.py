"""What keeps a page to itself: no forged forms, foreign scripts, frames, or guesses at types."""

from flask import Flask, Response, request
from flask_wtf import CSRFProtect

from web import api
from web.assets import STATIC_ENDPOINTS

DIRECTIVES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in DIRECTIVES.items())


def init_app(app: Flask) -> None:
    """Check every form's token, and put the headers on every response."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf = CSRFProtect(app)

    def check_form() -> None:
        # The API's requests bring a token of their own, which no foreign page has.
        if app.config["WTF_CSRF_ENABLED"] and not request.path.startswith(api.PREFIX):
            csrf.protect()

    app.before_request(check_form)
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint not in STATIC_ENDPOINTS:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
