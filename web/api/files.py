"""Pictures, sent before the document that shows them."""

from flask import request

from docgen.photographs import check_picture
from web.api.bodies import views
from web.api.caller import caller, need, uploads
from web.api.openapi import problems
from web.api.problems import Problem
from web.api.schemas import UploadOut

blueprint = views("files", __name__, tag="Gambar")

FIELD = "file"


@blueprint.post("/files")
@blueprint.output(UploadOut, 201, "Disimpan.")
@blueprint.doc(
    summary="Mengirim gambar",
    responses=problems(400, 403, 413, 415, 422),
    operation_id="upload",
    extensions={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": [FIELD],
                        "properties": {FIELD: {"type": "string", "format": "binary"}},
                    }
                }
            },
        }
    },
)
def upload() -> UploadOut:
    """Multipart dengan satu berkas bernama `file`, JPEG atau PNG."""
    need("write")
    if request.mimetype != "multipart/form-data":
        raise Problem(415, "jenis_isi", "Kirim gambarnya sebagai multipart/form-data.")
    sent = request.files.get(FIELD)
    if sent is None:
        raise Problem(400, "gambar_tidak_ada", f"Tidak ada berkas bernama {FIELD}.")
    content = sent.read()
    if wrong := check_picture(content):
        raise Problem(422, "gambar_salah", wrong)
    return UploadOut(id=uploads().keep(content, caller().id))
