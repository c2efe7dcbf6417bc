"""Telling other systems what happened, and hearing from them: signed both ways, never lost."""

from docgen.webhooks.addresses import ForbiddenAddress, check_url
from docgen.webhooks.courier import deliver_forever
from docgen.webhooks.signing import new_secret, sign, verify

__all__ = [
    "ForbiddenAddress",
    "check_url",
    "deliver_forever",
    "new_secret",
    "sign",
    "verify",
]
