"""What happened, as messages to those who want to hear it; written with what they tell of."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.storage.scope import Scope
from docgen.storage.tables import DeliveryRow, DocumentRow, EndpointRow, new_id

Event = Literal["document.generated", "document.failed", "batch.finished"]
EVENTS: tuple[Event, ...] = get_args(Event)

API_PREFIX = "/api/v1"


def announce(
    session: Session,
    event: Event,
    subject: str,
    kodes: Sequence[str],
    data: Mapping[str, Any],
    now: dt.datetime,
) -> None:
    """Write a message for every receiver that wants this event and may hear of all these offices.

    `subject` is the id of what it is about; `data` is JSON-like. The caller's transaction holds it.
    """
    body = json.dumps(
        {"type": event, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False
    )
    # Nobody may delete a receiver before its message is written: the whole transaction would fail.
    listening = select(EndpointRow).where(EndpointRow.disabled_at.is_(None))
    for endpoint in session.scalars(listening.with_for_update(read=True, key_share=True)):
        scope = Scope.selected(endpoint.selector)
        if event in endpoint.events.split(",") and all(scope.covers(kode) for kode in kodes):
            session.add(_delivery(endpoint.id, event, subject, body, now))


def _delivery(
    endpoint_id: str, event: Event, subject: str, body: str, now: dt.datetime
) -> DeliveryRow:
    return DeliveryRow(
        id=new_id(now),
        endpoint_id=endpoint_id,
        event=event,
        subject=subject,
        body=body,
        status="waiting",
        attempts=0,
        next_at=now,
        created_at=now,
    )


def document_data(
    row: DocumentRow, files: Sequence[Mapping[str, Any]], archive: Mapping[str, str]
) -> dict[str, Any]:
    """What is said of a document: ids, names, hashes, links, and what an archive wants to know."""
    here = f"{API_PREFIX}/documents/{row.id}"
    return {
        "id": row.id,
        "kind": row.kind,
        "satker": row.satker,
        "judul": row.judul,
        "status": row.status,
        "error": row.error,
        "files": [{**file, "href": f"{here}/files/{file['naskah']}"} for file in files],
        "archive": dict(archive),
        "links": {"self": here},
    }
