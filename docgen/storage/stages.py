"""A document on its way: draft, checked, approved. An approved one never changes any more."""

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


CHECK = _Step(("draft",), "checked", "document.checked")
APPROVE = _Step(("checked",), "approved", "document.approved")
SEND_BACK = _Step(("draft", "checked"), "draft", "document.sent_back")


class Stages:
    """What `who` says of documents within their scope."""

    def __init__(self, database: Database, who: SignedIn) -> None:
        self._database = database
        self._who = who

    def check(self, document_id: str) -> bool:
        """Say that it was checked; False where it is not a draft that was made."""
        now = self._database.now()
        said = {"checked_name": self._who.nama, "checked_at": now, "note": ""}
        return self._step(document_id, CHECK, said)

    def approve(self, document_id: str) -> bool:
        """Approve it; False where it was not checked, or there is a newer version."""
        now = self._database.now()
        return self._step(
            document_id, APPROVE, {"approved_name": self._who.nama, "approved_at": now}
        )

    def send_back(self, document_id: str, why: str) -> bool:
        """Send it back to be mended; False where it is approved or not there."""
        said = {"checked_name": "", "checked_at": None, "note": why}
        return self._step(document_id, SEND_BACK, said, detail=why)

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
