"""Who calls: a bearer token, what it may see and do, and how often."""

import time
from typing import cast

import structlog
from flask import g, request
from limits import RateLimitItemPerMinute

from docgen.limits import may_try
from docgen.storage import Documents, Scope, Token, Tokens, Uploads
from docgen.storage.tokens import Permission
from web.api.problems import Problem
from web.services import services

SCHEME = "Bearer"
SIGNED_INSTEAD = frozenset({"api.hooks.receive"})
"""What is asked by a signature, not by a token."""


def let_in() -> None:
    """Ask for the token before every request of the API.

    Raises:
        Problem: There is none, it does not work, or it was used too often.
    """
    if request.endpoint in SIGNED_INSTEAD:
        return
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    found = Tokens(services().database).holder(token.strip()) if kind == SCHEME else None
    if found is None:
        raise Problem(
            401,
            "token_tidak_berlaku",
            "Kirim Authorization: Bearer dengan token yang berlaku.",
            headers={"WWW-Authenticate": SCHEME},
        )
    g.token = found
    structlog.contextvars.bind_contextvars(token=found.id)
    _count(found)


def _count(token: Token) -> None:
    if not token.requests_per_minute:
        return
    limiter = services().limiter
    rate = RateLimitItemPerMinute(token.requests_per_minute)
    if may_try(limiter, rate, token.id):
        return
    opens_at = limiter.get_window_stats(rate, token.id).reset_time
    seconds = max(1, round(opens_at - time.time()))
    raise Problem(
        429,
        "terlalu_sering",
        f"Token ini dibatasi {token.requests_per_minute} permintaan semenit. "
        f"Coba lagi {seconds} detik lagi.",
        headers={"Retry-After": str(seconds)},
    )


def caller() -> Token:
    """The token of this request."""
    return cast("Token", g.token)


def scope() -> Scope:
    """The offices that this request may be about."""
    return caller().scope


def need(permission: Permission) -> None:
    """Go on only where the token may do this.

    Raises:
        Problem: It may not.
    """
    if permission not in caller().permissions:
        raise Problem(403, "tidak_berhak", f"Token ini tidak berhak: {permission}.")


def documents() -> Documents:
    """The documents within the token's scope. There is no other way to them."""
    return Documents(services().database, scope())


def uploads() -> Uploads:
    """The pictures that were sent."""
    return Uploads(services().database, services().blobs)
