"""What the pages about other systems share."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from docgen.errors import DocgenError
from docgen.storage import Endpoints, Sources, Tokens
from web.selection import checked_selector, own_selector
from web.services import services, signed_in

blueprint = Blueprint("connections", __name__, url_prefix="/sambungan")

EVENT_WORDS = {
    "document.generated": "Dokumen jadi",
    "document.failed": "Dokumen belum berhasil",
    "batch.finished": "Buat sekaligus selesai",
}


def tokens() -> Tokens:
    """The tokens; what is done with them is written down under the one who is asking."""
    return Tokens(services().database, signed_in())


def endpoints() -> Endpoints:
    """The receivers within the scope of the one who is asking."""
    return Endpoints(services().database, signed_in().scope, signed_in())


def sources() -> Sources:
    """The sources; what is done with them is written down under the one who is asking."""
    return Sources(services().database, signed_in())


def first_selector() -> str:
    """What a form for something new offers: all that is theirs."""
    return own_selector(signed_in().root)


def read_selector(errors: dict[str, str]) -> str:
    """The offices that were typed; what is wrong with them goes to `errors`."""
    try:
        return checked_selector(request.form.get("satker", ""), signed_in().scope)
    except DocgenError as error:
        errors["satker"] = f"Satker: {error}"
        return ""


def secret_page(judul: str, secret: str, note: str, back: str) -> str:
    """The page that shows a secret, once."""
    return render_template(
        "sambungan_rahasia.html", judul=judul, secret=secret, note=note, back=back
    )


def typed() -> Mapping[str, str]:
    """The single fields as they were typed, for a form that is shown again."""
    return request.form.to_dict()
