"""What must hold of a batch when it is over, whatever happened on the way."""

import functools
import hashlib
import random
from pathlib import Path

from sqlalchemy import func, select

from docgen.generate import generate, prepare
from docgen.masters import load_masters
from docgen.satker import registry
from docgen.storage import Batches, Blobs, Database, Scope
from docgen.storage.scope import PUSAT
from docgen.storage.tables import ItemRow, JobRow, VersionRow
from tests.batches.places import KIND

SAMPLE = 40


def assert_all_made_once(database: Database, blobs: Blobs, batch_id: str) -> None:
    """Every document is there exactly once, in the right bytes, and the counts say so."""
    batches = Batches(database, Scope(PUSAT))
    batch = batches.get(batch_id)
    assert batch
    assert batches.failures(batch_id) == []
    assert (batch.status, batch.done + batch.skipped, batch.failed) == ("done", batch.total, 0)
    items = list(batches.items(batch_id))
    assert {(item.satker, item.master) for item in items} == wanted(
        batch.masters, batches, batch_id
    )
    assert len(items) == batch.total
    contents = {item.sha256: blobs.get(item.sha256) for item in items}
    for sha256, content in contents.items():
        assert hashlib.sha256(content).hexdigest() == sha256
    for item in random.sample(items, min(SAMPLE, len(items))):
        assert contents[item.sha256] == made_here(item.satker, item.master)
    assert unfinished(database) == 0
    with database.read() as session:
        newest = session.scalars(select(VersionRow.sha256)).all()
        assert session.scalar(select(func.count()).select_from(ItemRow)) == batch.total
    assert sorted(newest) == sorted(item.sha256 for item in items)


def wanted(masters, batches: Batches, batch_id: str) -> set[tuple[str, str]]:
    known = load_masters(KIND)
    offices = [registry().get(share.satker) for share in batches.offices(batch_id)]
    return {
        (office.kode, name)
        for office in offices
        for name in masters
        if known[name].holds_for(office)
    }


@functools.cache
def made_here(satker: str, master: str) -> bytes:
    """The document as this process makes it."""
    office = registry().get(satker)
    payload = prepare(KIND, load_masters(KIND)[master].data, office).valid_payload()
    (file,) = generate(KIND, payload, office)
    return file.content


def unfinished(database: Database) -> int:
    with database.read() as session:
        open_ = JobRow.status.in_(("queued", "running"))
        return session.scalar(select(func.count()).select_from(JobRow).where(open_)) or 0


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
