"""Many documents at once: chosen, tried dry, made, followed to the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import DocgenError
from docgen.kinds import DocumentKind
from docgen.masters import Master, load_masters
from docgen.registry import get_kind, kinds
from docgen.satker import Satker, registry
from docgen.storage import Batch, archive
from web.auth import needs
from web.selection import own_selector
from web.services import batches, services, signed_in

blueprint = Blueprint("batches", __name__, url_prefix="/massal")

LEVELS = {"provinsi": "Provinsi saja", "kabupaten": "Kabupaten saja", "kota": "Kota saja"}
ONE_BY_ONE = "pilih"
SHOWN_FAILURES = 200
RECENT = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """What is ticked on the page."""

    masters: tuple[Master, ...]
    coverage: str
    offices: tuple[Satker, ...]
    force: bool

    @property
    def selector(self) -> str:
        """The offices as a selector; their codes where they were picked one by one."""
        if self.coverage == ONE_BY_ONE:
            return ",".join(office.kode for office in self.offices)
        return self.coverage

    @property
    def total(self) -> int:
        """How many documents that makes: not every office uses every master."""
        return sum(one.holds_for(office) for one in self.masters for office in self.offices)


@blueprint.get("")
@needs("massal")
def choose() -> ResponseReturnValue:
    """Masters and offices, with counts of what is chosen."""
    return _page(_choice(request.args.getlist("sop"), request.args.get("cakupan", "")))


@blueprint.post("")
@needs("massal")
def start() -> ResponseReturnValue:
    """Ask for a dry run, which says what will happen; or only count."""
    choice = _choice(request.form.getlist("sop"), request.form.get("cakupan", ""))
    if "hitung" in request.form:
        return _page(choice)
    try:
        batch_id = batches().request(
            _kind(),
            [one.id for one in choice.masters],
            choice.selector,
            force=choice.force,
            dry_run=True,
            requested_by=signed_in().user_id,
        )
    except DocgenError:
        return _page(choice, "Pilih paling sedikit satu SOP dan satu satker yang memakainya."), 422
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


@blueprint.get("/<batch_id>")
@needs("massal")
def show(batch_id: str) -> ResponseReturnValue:
    """How far it is; the page asks for itself again until the batch is settled."""
    batch = _batch(batch_id)
    kind = get_kind(batch.kind)
    masters = load_masters(kind)
    return render_template(
        "massal_jalan.html",
        batch=batch,
        kind=kind,
        titles={key: masters[key].judul if key in masters else key for key in batch.masters},
        shares=batches().offices(batch_id),
        failures=batches().failures(batch_id, SHOWN_FAILURES),
        changed=batches().changed(batch_id) if batch.status == "done" else (),
    )


@blueprint.post("/<batch_id>/buat")
@needs("massal")
def make(batch_id: str) -> ResponseReturnValue:
    """Make what a dry run has looked at."""
    batch = _batch(batch_id)
    if not batch.dry_run or batch.status != "done":
        abort(409)
    made = batches().request(
        get_kind(batch.kind),
        list(batch.masters),
        batch.selector,
        force=batch.force,
        requested_by=signed_in().user_id,
    )
    return redirect(url_for("batches.show", batch_id=made), 303)


@blueprint.post("/<batch_id>/hentikan")
@needs("massal")
def cancel(batch_id: str) -> ResponseReturnValue:
    """Stop what is not finished."""
    batches().cancel(_batch(batch_id).id)
    return _back(batch_id)


@blueprint.post("/<batch_id>/lanjutkan")
@needs("massal")
def resume(batch_id: str) -> ResponseReturnValue:
    """Go on with what was stopped."""
    batches().resume(_batch(batch_id).id)
    return _back(batch_id)


@blueprint.post("/<batch_id>/coba-lagi")
@needs("massal")
def retry(batch_id: str) -> ResponseReturnValue:
    """Try again what could not be made."""
    batches().retry(_batch(batch_id).id)
    return _back(batch_id)


@blueprint.get("/<batch_id>/zip")
@needs("massal")
def download(batch_id: str) -> ResponseReturnValue:
    """Everything that is made so far, a folder for each office."""
    batch = _batch(batch_id)
    stream = archive(batches(), batch_id, services().blobs)
    name = f"{batch.kind}-{batch.created_at:%Y%m%d-%H%M}.zip"
    return Response(
        stream,
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _back(batch_id: str) -> ResponseReturnValue:
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


def _batch(batch_id: str) -> Batch:
    batch = batches().get(batch_id)
    if batch is None:
        abort(404)
    return batch


def _kind() -> DocumentKind[Any]:
    """The kind that has masters; where several have, the one that was asked for."""
    with_masters = {name: kind for name, kind in kinds().items() if kind.masters}
    wanted = request.values.get("jenis", "")
    return with_masters.get(wanted) or next(iter(with_masters.values()))


def _choice(wanted: Sequence[str], coverage: str) -> Choice:
    masters = load_masters(_kind())
    coverage = coverage if coverage in {*LEVELS, ONE_BY_ONE} else own_selector(signed_in().root)
    return Choice(
        tuple(masters[name] for name in masters if name in wanted),
        coverage,
        _offices(coverage),
        "ulang" in request.values,
    )


def _offices(coverage: str) -> tuple[Satker, ...]:
    if coverage == ONE_BY_ONE:
        picked = set(request.values.getlist("satker"))
        return tuple(one for one in _mine() if one.kode in picked)
    return tuple(one for one in registry().select(coverage) if signed_in().scope.covers(one.kode))


def _mine() -> list[Satker]:
    return [one for one in registry().all() if signed_in().scope.covers(one.kode)]


def _page(choice: Choice, error: str = "") -> str:
    mine = _mine()
    own = own_selector(signed_in().root)
    levels = {one.jenis for one in mine}
    coverages = [(own, f"Semua {len(mine)} satker"), *(c for c in LEVELS.items() if c[0] in levels)]
    return render_template(
        "massal.html",
        kind=_kind(),
        masters=load_masters(_kind()).values(),
        choice=choice,
        chosen={one.id for one in choice.masters},
        coverages=coverages if len(mine) > 1 else coverages[:1],
        one_by_one=ONE_BY_ONE,
        mine=mine,
        picked={one.kode for one in choice.offices},
        error=error,
        recent=[one for one in batches().newest(limit=RECENT * 2) if not one.dry_run][:RECENT],
    )
