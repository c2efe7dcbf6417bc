"""What can be asked for, and for whom."""

from typing import Any

from flask import Response, jsonify

from docgen.errors import UnknownKind
from docgen.masters import load_masters
from docgen.registry import get_kind, kinds
from docgen.satker import registry
from docgen.schema import json_schema
from web.api.bodies import views
from web.api.caller import need, scope
from web.api.openapi import Responses, problems
from web.api.problems import not_found
from web.api.schemas import (
    KindOut,
    KindsOut,
    MasterOut,
    MastersOut,
    NaskahOut,
    OfficesOut,
    SatkerOut,
    SearchIn,
)

blueprint = views("catalogue", __name__, tag="Acuan")

SCHEMA: dict[str, Any] = {"type": "object", "description": "JSON Schema 2020-12."}
SCHEMA_ANSWERS: Responses = {
    200: {"description": "Skema.", "content": {"application/json": {"schema": SCHEMA}}},
    **problems(404),
}


@blueprint.get("/kinds")
@blueprint.output(KindsOut)
@blueprint.doc(summary="Jenis dokumen dan naskahnya", operation_id="kinds")
def list_kinds() -> KindsOut:
    """Semua yang dapat dibuat."""
    need("read")
    return KindsOut(
        items=[
            KindOut(
                kind=kind.name,
                judul=kind.judul,
                keterangan=kind.keterangan,
                naskah=[NaskahOut(naskah=one.name, judul=one.judul) for one in kind.naskah],
            )
            for kind in kinds().values()
        ]
    )


@blueprint.get("/kinds/<kind>/schema")
@blueprint.doc(
    summary="Skema isian sebuah jenis",
    responses=SCHEMA_ANSWERS,
    operation_id="schema",
)
def schema(kind: str) -> Response:
    """JSON Schema 2020-12, berjudul dan berketerangan bahasa Indonesia."""
    need("read")
    try:
        return jsonify(json_schema(get_kind(kind)))
    except UnknownKind as error:
        raise not_found() from error


@blueprint.get("/satker")
@blueprint.input(SearchIn, location="query", arg_name="wanted")
@blueprint.output(OfficesOut)
@blueprint.doc(summary="Satker dalam lingkup token", operation_id="satker")
def offices(wanted: SearchIn) -> OfficesOut:
    """Setiap kata harus ada pada kode atau nama resminya."""
    need("read")
    within = scope()
    found = registry().search(wanted.q, limit=len(registry().all()))
    return OfficesOut(items=[SatkerOut.of(one) for one in found if within.covers(one.kode)])


@blueprint.get("/masters")
@blueprint.output(MastersOut)
@blueprint.doc(summary="Master yang dapat dipakai banyak satker", operation_id="masters")
def masters() -> MastersOut:
    """Id-nya dipakai di POST /batches."""
    need("read")
    return MastersOut(
        items=[
            MasterOut(id=one.id, kind=kind.name, judul=one.judul, berlaku=one.berlaku)
            for kind in kinds().values()
            for one in load_masters(kind).values()
        ]
    )
