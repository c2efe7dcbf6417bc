"""What registered outside systems send: verified, taken once, turned into a document."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import jmespath
from flask import request
from jmespath.exceptions import JMESPathError

from docgen.errors import DocgenError, InvalidInput
from docgen.findings import Finding
from docgen.inputs import parse_input
from docgen.storage import KeyInUse, Once, Source, Sources
from docgen.webhooks import verify
from web.api.asking import Request, order
from web.api.bodies import JSON, views
from web.api.documents import accepted
from web.api.openapi import problems
from web.api.problems import Problem, invalid, not_found
from web.api.schemas import AcceptedOut
from web.services import services

LONGEST_ID = 255
TAKEN = "diterima"

blueprint = views("hooks", __name__, tag="Kiriman dari sistem lain")


@blueprint.post("/hooks/<source>")
@blueprint.output(AcceptedOut, 202, "Diterima; dibuat sebentar lagi.")
@blueprint.doc(
    summary="Meminta dokumen dari sistem yang terdaftar",
    responses=problems(400, 403, 404, 409, 413, 415, 422),
    operation_id="receive",
)
def receive(source: str) -> tuple[AcceptedOut, int, dict[str, str]]:
    """Ditandatangani menurut Standard Webhooks dengan secret sumbernya; tidak memakai token."""
    found = _sources().get(source)
    if found is None:
        raise not_found()
    message_id = verify(found.secret, dict(request.headers), request.get_data())
    if message_id is None or len(message_id) > LONGEST_ID:
        raise Problem(401, "tanda_tangan_salah", "Tanda tangan atau waktu kiriman tidak berlaku.")
    if request.mimetype != JSON:
        raise Problem(415, "jenis_isi", f"Kirim Content-Type: {JSON}.")
    try:
        sent = parse_input(request.get_data(), is_json=True)
    except InvalidInput as error:
        raise Problem(400, "json_rusak", str(error), error.findings) from error
    return _carry_out(found, message_id, sent)


def _carry_out(
    source: Source, message_id: str, sent: Mapping[str, Any]
) -> tuple[AcceptedOut, int, dict[str, str]]:
    """Make the message a document, once: a crash at any moment loses none, nor makes two."""
    if _sources().has_taken(source.name, message_id):
        raise _repeated()
    try:
        asked = Request(source.kind, None, mapped(source.mapping, sent))
        document_id = order(asked, source.scope, _name(source), _once(source, message_id, sent))
    except KeyInUse as error:
        raise _repeated() from error
    except (Problem, DocgenError) as error:
        # Its id is not used up: the same message may come again once the mapping is mended.
        _sources().note(source.name, message_id, str(error), None)
        raise
    _sources().note(source.name, message_id, TAKEN, document_id)
    return accepted(document_id)


def _name(source: Source) -> str:
    """Who asks, in the 32 characters that there are for it."""
    return f"sumber:{hashlib.sha256(source.name.encode()).hexdigest()[:24]}"


def _once(source: Source, message_id: str, sent: Mapping[str, Any]) -> Once:
    body = json.dumps(sent, sort_keys=True).encode()
    return Once(_name(source), message_id, hashlib.sha256(body).hexdigest())


def _repeated() -> Problem:
    return Problem(409, "kiriman_berulang", "Kiriman dengan webhook-id ini sudah diterima.")


def mapped(mapping: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The kind's input that a mapping makes of what was sent.

    Raises:
        Problem: The mapping fails on it, or makes no input of it.
    """
    try:
        data = jmespath.search(mapping, sent)
    except JMESPathError as error:
        message = f"Pemetaan sumber ini gagal: {error}"
        raise invalid([Finding("W02", "error", "", message)]) from error
    if not isinstance(data, dict):
        message = "Pemetaan sumber ini tidak menghasilkan isian."
        raise invalid([Finding("W02", "error", "", message)])
    return dict(json.loads(json.dumps(data)))


def _sources() -> Sources:
    return Sources(services().database)
