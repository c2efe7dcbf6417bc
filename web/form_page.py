"""A kind's form in somebody's hands, and the page that shows it."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import abort, render_template, url_for

from docgen.errors import UnknownSatker
from docgen.findings import Finding
from docgen.forms import Pool
from docgen.generate import prepare
from docgen.kinds import DocumentKind
from docgen.satker import Satker
from docgen.storage import Document, Draft, LegalBases, Typed, Wanted
from web.controls import FormSection
from web.form_findings import for_form
from web.form_start import MOST_OFFERED, Offer, given, givers, masters_for, offers, pools_of
from web.form_state import FormState, form_state, has_pictures
from web.forms import as_shown
from web.requests import without_place
from web.services import documents, drafts, library, numbers, offices, services, signed_in

LEGAL_BASES: Pool = "dasar_hukum"
EARLIER = 30
"""So many of the office's last documents are looked through for entries to use again."""


@dataclasses.dataclass(frozen=True, slots=True)
class FormPage:
    """A form in somebody's hands: which draft it is, and from which page it is typed.

    `continues` is the document of which this will be the next version.
    """

    kind: DocumentKind[Any]
    office: Satker
    sections: tuple[FormSection, ...]
    draft_id: str
    revision: int
    editor: str
    continues: str | None = None

    def state(self, data: Mapping[str, Any], findings: Sequence[Finding]) -> FormState:
        """How far this data is."""
        return form_state(self.sections, data, findings)

    def save(self, data: Mapping[str, Any]) -> Draft:
        """Save the draft; raises DraftChanged as `Drafts.save`."""
        data = as_shown(self.sections, data)
        state = self.state(data, ())
        title = next((str(data[key]) for key in ("judul", "tentang", "acara") if data.get(key)), "")
        typed = Typed(data, title, state.filled, state.required, self.revision, self.editor)
        try:
            return drafts().save(
                self.draft_id, self.kind.name, self.office.kode, typed, self.continues
            )
        except UnknownSatker:  # the id is of another office's draft
            abort(404)

    def address(self) -> str:
        """Where this draft is gone on with."""
        return url_for(
            "make.show", jenis=self.kind.name, satker=self.office.kode, draf=self.draft_id
        )


def clock_at(moment: dt.datetime, office: Satker) -> str:
    """The time of day at an office: `09.41`."""
    return f"{moment.astimezone(office.zona):%H.%M}"


def render_form(
    page: FormPage,
    data: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    *,
    checked: bool = False,
    go_on_at: str = "",
    picking: str = "",
    draft: Draft | None = None,
    conflict: Draft | None = None,
) -> str:
    """The form's page with this data.

    `checked` says that it was just checked or refused, `go_on_at` which field to go on with,
    `picking` which list's entries are shown to pick from, `conflict` what somebody else saved.
    """
    kind, office = page.kind, page.office
    data = as_shown(page.sections, data)
    pages: Sequence[str] = ()
    if kind.draw is not None and data:
        payload = prepare(kind, data, office).payload
        pages = kind.draw(payload, office) if payload is not None else ()
    by_place: dict[str, list[Finding]] = defaultdict(list)
    findings = for_form(page.sections, data, findings)
    for finding in findings:
        by_place[finding.pointer.removeprefix("/")].append(without_place(kind.payload, finding))
    earlier = documents().newest(satker=office.kode, limit=EARLIER)
    return render_template(
        "isi.html",
        page=page,
        kind=kind,
        office=office,
        sections=page.sections,
        data=data,
        state=page.state(data, findings),
        errors=[finding for finding in findings if finding.is_error],
        warnings=[finding for finding in findings if not finding.is_error],
        by_place=by_place,
        pages=pages,
        checked=checked,
        go_on_at=go_on_at,
        draft=draft,
        saved_at=clock_at(draft.updated_at, office) if draft else "",
        conflict=conflict,
        conflict_at=clock_at(conflict.updated_at, office) if conflict else "",
        has_pictures=has_pictures(one for part in page.sections for one in part.controls),
        pools=_offers(page, earlier),
        picking=picking,
        numbers=_numbers_url(page),
        masters=masters_for(kind, office),
        copies=[one for one in earlier if one.kind == kind.name and one.is_latest][:8],
    )


def _offers(page: FormPage, earlier: Sequence[Document]) -> dict[str, list[Offer]]:
    """What the form's lists may take entries from."""
    own = {
        pool: [*_given(pool, page.office), *_cited(pool, page.office)]
        for pool in pools_of(page.sections)
    }
    return offers(own, [(one.kind, one.data) for one in earlier])


def _given(pool: str, office: Satker) -> Iterator[Mapping[str, Any]]:
    """The office's documents that are entries themselves, in the version in force."""
    for kind in givers(pool):
        for one in library().find(Wanted(kind=kind, satker=office.kode), limit=MOST_OFFERED):
            yield given(pool, kind, one.data)


def _cited(pool: str, office: Satker) -> Iterator[str]:
    """The regulations that offices added for this one to cite."""
    if pool == LEGAL_BASES:
        bases = LegalBases(services().database, signed_in())
        for basis in bases.for_office(office.kode, offices().today(office)):
            if basis.owner_satker:
                yield basis.judul


def _numbers_url(page: FormPage) -> dict[str, str]:
    """Where a number is asked for, for each naskah of the kind that has a pattern at the office."""
    kode, jenis = page.office.kode, page.kind.name
    return {
        naskah: url_for("numbering.take", kode=kode, jenis=jenis, naskah=naskah)
        for kind, naskah in numbers().patterns(kode)
        if kind == jenis
    }
