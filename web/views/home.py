"""The start: what to go on with, what waits, what is due, what to make for whom."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.registry import get_kind, kinds
from docgen.satker import Satker, registry
from docgen.storage import Document, Stage, Total, Wanted
from docgen.zi import areas
from web.auth import needs
from web.services import drafts, library, master_documents, offices, signed_in

blueprint = Blueprint("home", __name__)

SOON_DAYS = 60
SHOWN, RECENT = 5, 3
OFFICES_SHOWN = 40
NO_AREA = "Tanpa area perubahan"


@dataclass(frozen=True, slots=True)
class Due:
    """A document whose evaluation is near or past; `days` is how many are left."""

    document: Document
    day: dt.date
    days: int

    @property
    def sort(self) -> Literal["bad", "warn", "wait"]:
        """How pressing it is."""
        return "bad" if self.days < 0 else "warn" if self.days <= SOON_DAYS // 4 else "wait"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of totals: count and approved per kind, in the kinds' order."""

    words: str
    cells: tuple[tuple[int, int], ...]
    kode: str = ""


@blueprint.get("/")
@needs("lihat")
def show() -> ResponseReturnValue:
    """The start page."""
    return _page("")


@blueprint.get("/buat")
@needs("isi")
def choose() -> ResponseReturnValue:
    """Go to the form of the chosen kind, for the office that was named."""
    kind, words = request.args.get("jenis", ""), request.args.get("satker", "")
    office = _office(words)
    if office is None or kind not in kinds():
        return _page(words), 422
    return redirect(url_for("make.show", jenis=kind, satker=office.kode), 303)


def _page(words: str) -> str:
    own = registry().get(signed_in().root)
    within = [office for office in registry().all() if signed_in().scope.covers(office.kode)]
    return render_template(
        "beranda.html",
        office=own,
        today=offices().today(own),
        kinds=kinds().values(),
        offices=within,
        words=words,
        drafts=drafts().mine(limit=SHOWN),
        draft_count=drafts().count(),
        to_mend=library().to_mend(signed_in().user_id),
        waiting=library().waiting(_my_stages()) if _my_stages() else [],
        due=_due(offices().today(own)),
        by_area=_by_area(library().totals_by_area()),
        by_office=_by_office(library().totals_by_office()) if len(within) > 1 else [],
        from_masters=sum(master_documents().counts().values()),
        shown=OFFICES_SHOWN,
        recent=library().find(Wanted(), limit=RECENT),
    )


def _my_stages() -> list[Stage]:
    """At which stages a document waits for the one who is asking."""
    stages: list[Stage] = []
    if signed_in().may("periksa"):
        stages.append("submitted")
    if signed_in().may("setujui"):
        stages.append("checked")
    return stages


def _due(today: dt.date) -> list[Due]:
    """Documents to be evaluated within two months or earlier, the most pressing first."""
    due = []
    for years in {kind.evaluasi_tahun for kind in kinds().values()} - {0}:
        of_these = [kind.name for kind in kinds().values() if kind.evaluasi_tahun == years]
        until = _years_from(today + dt.timedelta(days=SOON_DAYS), -years)
        for document in library().dated(of_these, until):
            if document.tanggal:
                day = _years_from(document.tanggal, get_kind(document.kind).evaluasi_tahun)
                due.append(Due(document, day, (day - today).days))
    return sorted(due, key=lambda one: one.day)


def _years_from(day: dt.date, years: int) -> dt.date:
    """The same day of another year; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _by_area(totals: Sequence[Total]) -> list[Row]:
    named = {0: NO_AREA, **{area.nomor: f"{area.nomor}. {area.nama}" for area in areas()}}
    return [
        Row(named[number], _cells(totals, number))
        for number in [*(area.nomor for area in areas()), 0]
    ]


def _by_office(totals: Sequence[Total]) -> list[Row]:
    places = dict.fromkeys(total.place for total in totals)
    return [
        Row(registry().get(str(place)).nama, _cells(totals, place), str(place)) for place in places
    ]


def _cells(totals: Sequence[Total], place: str | int) -> tuple[tuple[int, int], ...]:
    counted = {one.kind: (one.count, one.approved) for one in totals if one.place == place}
    return tuple(counted.get(kind, (0, 0)) for kind in kinds())


def _office(words: str) -> Satker | None:
    """The office that was typed: by its code, alone or before its name, or by its name."""
    scope = signed_in().scope
    wanted = words.strip().casefold()
    for office in registry().all():
        names = {office.kode, f"{office.kode} {office.nama}", office.nama, office.nama_lengkap}
        if scope.covers(office.kode) and wanted in {name.casefold() for name in names}:
            return office
    return None
