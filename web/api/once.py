"""The header `Idempotency-Key`: the same key and body again is the same request."""

import hashlib
import json

from flask import request

from docgen.storage import Once
from web.api.caller import caller
from web.api.problems import Problem

IDEMPOTENCY_KEY = "Idempotency-Key"
LONGEST_KEY = 255


def asked_once() -> Once | None:
    """What the request says of being carried out once; None where it came without a key."""
    key = request.headers.get(IDEMPOTENCY_KEY)
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST_KEY:
        raise Problem(400, "kunci_salah", f"{IDEMPOTENCY_KEY}: 1 sampai {LONGEST_KEY} karakter.")
    # The meaning counts, not the spelling: the same keys in another order are the same request.
    body = json.dumps(request.get_json(), sort_keys=True).encode()
    return Once(caller().id, key, hashlib.sha256(body).hexdigest())
