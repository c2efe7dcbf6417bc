"""A document on its way: draft, handed in, checked, approved. An approved one never changes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from docgen.storage.access import SignedIn
from docgen.storage.audit import note
from docgen.storage.database import Database
from docgen.storage.documents import Stage
from docgen.storage.tables import DocumentRow


@dataclass(frozen=True, slots=True)
class _Step:
    """From which stages a step leads on, to which, and what is written down."""

    before: tuple[Stage, ...]
    after: Stage
    action: str


SUBMIT = _Step(("draft",), "submitted", "document.submitted")
WITHDRAW = _Step(("submitted",), "draft", "document.withdrawn")
CHECK = _Step(("submitted",), "checked", "document.checked")
APPROVE = _Step(("checked",), "approved", "document.approved")
SEND_BACK = _Step(("submitted", "checked"), "draft", "document.sent_back")
ANEW: dict[str, Any] = {
    "submitted_name": "",
    "submitted_at": None,
    "checked_name": "",
    "checked_at": None,
}
"""What is said of a document that is a draft again."""


class Stages:
    """What `who` says of documents within their scope."""

    def __init__(self, database: Database, who: SignedIn) -> None:
        self._database = database
        self._who = who

    def submit(self, document_id: str) -> bool:
        """Hand it in to be checked; False where it is not a draft that was made."""
        now = self._database.now()
        said = {"submitted_name": self._who.nama, "submitted_at": now, "note": ""}
        return self._step(document_id, SUBMIT, said)

    def withdraw(self, document_id: str) -> bool:
        """Take it back to go on with it; False where it was not handed in, or was checked."""
        return self._step(document_id, WITHDRAW, ANEW)

    def check(self, document_id: str) -> bool:
        """Say that it was checked; False where it was not handed in."""
        now = self._database.now()
        said = {"checked_name": self._who.nama, "checked_at": now}
        return self._step(document_id, CHECK, said)

    def approve(self, document_id: str) -> bool:
        """Approve it; False where it was not checked, or there is a newer version."""
        now = self._database.now()
        return self._step(
            document_id, APPROVE, {"approved_name": self._who.nama, "approved_at": now}
        )

    def send_back(self, document_id: str, why: str) -> bool:
        """Send it back to be mended; False where it was not handed in, is approved or not there."""
        return self._step(document_id, SEND_BACK, {**ANEW, "note": why}, detail=why)

    def _step(
        self, document_id: str, step: _Step, said: dict[str, Any], *, detail: str = ""
    ) -> bool:
        now = self._database.now()
        with self._database.write() as session:
            row = session.scalar(
                update(DocumentRow)
                .where(
                    DocumentRow.id == document_id,
                    DocumentRow.status == "done",
                    DocumentRow.is_latest,
                    DocumentRow.stage.in_(step.before),
                    self._who.scope.condition(DocumentRow.satker),
                )
                .values(stage=step.after, updated_at=now, **said)
                .returning(DocumentRow)
            )
            if row is None:
                return False
            note(
                session,
                now,
                self._who,
                step.action,
                satker=row.satker,
                subject=row.id,
                detail=detail,
            )
            return True
