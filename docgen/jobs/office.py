"""An office's share of a batch: each of its documents made, left as it is, or failed with a reason."""

import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from docgen.errors import DocgenError, InvalidInput
from docgen.filenames import distinct, file_name, slug
from docgen.fingerprints import data_fingerprint, engine_fingerprint, template_fingerprint
from docgen.generate import generate, prepare
from docgen.jobs.revising import OriginOf, revision_of
from docgen.kinds import DocumentKind
from docgen.masters import Master, apply_changes, load_masters, title_for
from docgen.registry import get_kind
from docgen.satker import Satker
from docgen.storage import Result
from docgen.storage.batch_work import OfficeClaim, Version
from docgen.storage.snapshots import (
    UNCHANGED,
    Origin,
    changes_digest,
    satker_digest,
    short,
    what_differs,
)

log = structlog.get_logger()

NO_CHANGES: Mapping[str, Any] = {}


class OfficeShare:
    """What a claimed job is to make, one document after the other."""

    def __init__(
        self,
        claim: OfficeClaim,
        satker: Satker,
        gone: frozenset[str],
        cache_dir: Path,
        *,
        embed_input: bool = True,
        origin_of: OriginOf,
    ) -> None:
        """`gone` are the hashes of newest versions whose files the store no longer has.

        `origin_of` answers with what a version was made from.
        """
        self._origin_of = origin_of
        self._claim = claim
        self._satker = satker
        self._gone = gone
        self._cache_dir = cache_dir
        self._embed_input = embed_input
        self._kind = get_kind(claim.kind)
        self._naskah = self._kind.naskah[0]
        self._rest = f"{satker_digest(satker)}:{_of_code(self._kind, embed_input=embed_input)}"
        masters = load_masters(self._kind)
        self.masters = [masters[name] for name in claim.masters]
        self._filenames = self._names()

    def _names(self) -> dict[str, str]:
        """File names by master, equal ones told apart, whichever of them are made."""
        bases = distinct(slug(self._title(master), self._kind.name) for master in self.masters)
        is_only_one = len(self._kind.naskah) == 1
        return {
            master.id: file_name(base, self._naskah.name, is_only_one=is_only_one)
            for master, base in zip(self.masters, bases, strict=True)
        }

    def _title(self, master: Master) -> str:
        changes = self._claim.changes.get(master.id, NO_CHANGES)
        return title_for({**master.data, **changes}, self._satker)

    def left(self) -> Iterator[Master]:
        """The masters whose documents are not kept yet."""
        return (one for one in self.masters if one.id not in self._claim.settled)

    def make(self, master: Master) -> tuple[Result, bytes]:
        """What became of the master's document, and its content where it was made."""
        try:
            return self._make(master)
        except InvalidInput as error:
            errors = [str(finding) for finding in error.findings if finding.is_error]
            return Result(master.id, "failed", "\n".join(errors)), b""
        except DocgenError as error:
            return Result(master.id, "failed", str(error)), b""
        except Exception as error:
            # The edge: a fault in one document must not stop an office's others.
            log.exception("item.broken", satker=self._satker.kode, master=master.id)
            reason = f"Kesalahan program ({type(error).__name__}). Hubungi pengelola."
            return Result(master.id, "failed", reason), b""

    def _make(self, master: Master) -> tuple[Result, bytes]:
        changes = self._claim.changes.get(master.id, NO_CHANGES)
        digest = _of_data(self._kind.name, master.id)
        fingerprint = f"{digest}:{changes_digest(changes)}:{self._rest}"
        version = self._claim.versions.get(master.id)
        reason = self._why(version, fingerprint)
        if version and reason == UNCHANGED:
            return self._skipped(master, version), b""
        data = apply_changes(master.data, changes) if changes else master.data
        day = self._claim.asked_at.astimezone(self._satker.zona).date()
        revision = revision_of(self._kind, version, fingerprint, data, day, self._origin_of)
        payload = prepare(self._kind, {**data, **revision}, self._satker).valid_payload()
        previous = version.fingerprint if version else ""
        if self._claim.dry_run:
            return self._result(master, reason, fingerprint, previous), b""
        (file,) = generate(
            self._kind,
            payload,
            self._satker,
            naskah=self._naskah.name,
            cache_dir=self._cache_dir,
            embed_input=self._embed_input,
        )
        origin = Origin(master.data, changes, self._satker)
        made = self._result(master, reason, fingerprint, previous, file.content, origin)
        return replace(made, revision=revision), file.content

    def _why(self, version: Version | None, fingerprint: str) -> str:
        """Why the document is to be made, or that it is unchanged."""
        if version is None:
            return "belum ada"
        if self._claim.force:
            return "diminta dibuat ulang"
        if version.sha256 in self._gone:
            return "berkasnya hilang"
        if version.fingerprint != fingerprint:
            return what_differs(version.fingerprint, fingerprint)
        return UNCHANGED

    def _skipped(self, master: Master, version: Version) -> Result:
        return Result(
            master=master.id,
            status="skipped",
            reason=UNCHANGED,
            fingerprint=version.fingerprint,
            naskah=version.naskah,
            filename=self._filenames[master.id],
            size=version.size,
            sha256=version.sha256,
        )

    def _result(
        self,
        master: Master,
        reason: str,
        fingerprint: str,
        previous: str,
        content: bytes = b"",
        origin: Origin | None = None,
    ) -> Result:
        return Result(
            master=master.id,
            status="done",
            reason=reason,
            fingerprint=fingerprint,
            previous=previous,
            naskah=self._naskah.name,
            filename=self._filenames[master.id],
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest() if content else "",
            origin=origin,
        )


@functools.lru_cache(maxsize=4096)
def _of_data(kind: str, master: str) -> str:
    # Masters are read once in a process, so their digests are taken once too.
    return short(data_fingerprint(load_masters(get_kind(kind))[master].data))


def _of_code(kind: DocumentKind[Any], *, embed_input: bool) -> str:
    template = short(template_fingerprint(kind, kind.naskah[0], embed_input=embed_input))
    return f"{template}:{short(engine_fingerprint(kind.folder))}"
