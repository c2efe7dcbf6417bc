"""All connections on one page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from web.auth import needs
from web.services import signed_in
from web.views.connections.base import EVENT_WORDS, blueprint, endpoints, sources, tokens
from web.views.connections.receivers import state_of
from web.views.connections.tokens import PERMISSION_WORDS


@blueprint.get("")
@needs("sambungan")
def show() -> ResponseReturnValue:
    """Tokens, receivers and sources within the scope."""
    scope = signed_in().scope
    return render_template(
        "sambungan.html",
        tokens=tokens().within(scope),
        receivers=[(one, state_of(one)) for one in endpoints().all()],
        sources=sources().within(scope),
        permission_words=PERMISSION_WORDS,
        event_words=EVENT_WORDS,
    )
