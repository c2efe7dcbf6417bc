"""Signatures as Standard Webhooks writes them (https://www.standardwebhooks.com)."""

import base64
import datetime as dt
import secrets
from collections.abc import Mapping, Sequence

from standardwebhooks import Webhook, WebhookVerificationError

PREFIX = "whsec_"


def new_secret() -> str:
    """A secret of 256 random bits, in the form that receivers' libraries take."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(
    secrets_in_use: Sequence[str], message_id: str, moment: dt.datetime, body: str
) -> dict[str, str]:
    """The headers of a message; while a secret is rotated, one signature for each of the two."""
    signatures = [Webhook(secret).sign(message_id, moment, body) for secret in secrets_in_use]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes) -> str | None:
    """The message's id where signature and time (five minutes either way) hold, else None."""
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):  # ValueError: a header that is not even base64
        return None
    return next(value for name, value in headers.items() if name.lower() == "webhook-id")
