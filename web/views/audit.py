"""Who did what, in words."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from docgen.storage import Audit
from web.auth import needs
from web.presentation import DEEDS
from web.services import services, signed_in

blueprint = Blueprint("audit", __name__)

SHOWN = 50
ACTION_WORDS = {
    "sign_in.institution": "Masuk dengan akun lembaga",
    "sign_in.refused": "Ditolak masuk dengan akun lembaga",
    **{action: words[:1].upper() + words[1:] for action, words in DEEDS.items()},
    "user.let_in": "Memberi akses",
    "user.changed": "Mengubah pengguna",
    "user.reset": "Membuat tautan masuk baru",
    "user.shut_out": "Menutup akses",
    "user.let_back": "Membuka akses lagi",
    "token.created": "Membuat token",
    "token.rotated": "Mengganti token",
    "token.revoked": "Mencabut token",
    "endpoint.created": "Mendaftarkan alamat penerima",
    "endpoint.rotated": "Mengganti kunci alamat penerima",
    "endpoint.enabled": "Menyalakan lagi alamat penerima",
    "endpoint.deleted": "Menghapus alamat penerima",
    "endpoint.redelivered": "Mengirim ulang",
    "source.created": "Mendaftarkan sumber",
    "source.deleted": "Menghapus sumber",
    "legal_basis.saved": "Menyimpan dasar hukum",
    "legal_basis.deleted": "Menghapus dasar hukum",
    "master.changed": "Mengubah master untuk satker",
    "master.restored": "Mengembalikan master seperti semula",
    "number.pattern": "Mengubah pola nomor",
    "number.taken": "Mengambil nomor",
    "batch.requested": "Memulai pembuatan sekaligus",
    "batch.cancelled": "Menghentikan pembuatan sekaligus",
    "batch.resumed": "Melanjutkan pembuatan sekaligus",
    "batch.retried": "Mencoba lagi yang belum berhasil",
}


@blueprint.get("/catatan")
@needs("catatan")
def index() -> ResponseReturnValue:
    """Deeds within the scope, newest first, a page at a time."""
    found = Audit(services().database, signed_in().scope).newest(
        before=request.args.get("sesudah", ""), limit=SHOWN + 1
    )
    return render_template(
        "catatan.html",
        deeds=found[:SHOWN],
        more=found[SHOWN - 1].id if len(found) > SHOWN else "",
        is_first="sesudah" not in request.args,
        action_words=ACTION_WORDS,
    )
