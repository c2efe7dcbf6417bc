"""Receivers of webhooks: registered, looked after, told again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.storage import EVENTS, Endpoint
from docgen.webhooks import ForbiddenAddress, check_url, new_secret
from web.auth import needs
from web.services import services
from web.views.connections.base import (
    EVENT_WORDS,
    blueprint,
    endpoints,
    first_selector,
    read_selector,
    secret_page,
    typed,
)

SHOWN = 25
FILTERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": ("Semua", ()),
    "sampai": ("Terkirim", ("arrived",)),
    "dicoba": ("Dicoba lagi", ("waiting", "sending")),
    "belum": ("Tidak sampai", ("given_up", "stopped")),
}
"""Tabs over the deliveries: their words, and the statuses that they show."""


@dataclass(frozen=True, slots=True)
class State:
    """How a receiver is doing, in a word."""

    tone: Literal["ok", "warn", "off"]
    words: str
    below: str = ""


def state_of(endpoint: Endpoint) -> State:
    """The word, and the reason where it is not a good one."""
    if endpoint.disabled_at:
        return State("off", "Dimatikan", endpoint.disabled_because)
    if endpoint.failing_since:
        return State("warn", "Ada yang tertunda", "Kiriman terakhir tidak diterima.")
    return State("ok", "Lancar")


@blueprint.get("/penerima/baru")
@needs("sambungan")
def new_receiver() -> ResponseReturnValue:
    """The form for a new address."""
    return _form({"satker": first_selector()}, EVENTS, {})


@blueprint.post("/penerima/baru")
@needs("sambungan")
def create_receiver() -> ResponseReturnValue:
    """Register it and show its secret, once; or the form again with what is wrong."""
    errors: dict[str, str] = {}
    url = request.form.get("alamat", "").strip()
    try:
        check_url(url, services().settings.webhook_allow)
    except ForbiddenAddress as error:
        errors["alamat"] = f"Alamat: {error}"
    selector = read_selector(errors)
    chosen = [one for one in EVENTS if one in request.form.getlist("kejadian")]
    if not chosen:
        errors["kejadian"] = "Diberi tahu tentang: pilih paling sedikit satu."
    if errors:
        return _form(typed(), chosen, errors), 422
    secret = new_secret()
    endpoint_id = endpoints().create(url, chosen, selector, secret)
    return _shown(url, secret, "", endpoint_id)


@blueprint.get("/penerima/<endpoint_id>")
@needs("sambungan")
def show_receiver(endpoint_id: str) -> ResponseReturnValue:
    """The receiver with what was sent to it."""
    endpoint = _endpoint(endpoint_id)
    wanted = request.args.get("saring", "")
    if wanted not in FILTERS:
        wanted = ""
    found = endpoints().deliveries(
        endpoint_id, request.args.get("sesudah", ""), SHOWN + 1, FILTERS[wanted][1]
    )
    counts = endpoints().counts(endpoint_id)
    tabs = [
        (key, words, sum(n for status, n in counts.items() if not these or status in these))
        for key, (words, these) in FILTERS.items()
    ]
    return render_template(
        "sambungan_penerima.html",
        endpoint=endpoint,
        host=urlsplit(endpoint.url).hostname,
        state=state_of(endpoint),
        deliveries=found[:SHOWN],
        more=found[SHOWN - 1].id if len(found) > SHOWN else "",
        tabs=tabs,
        wanted=wanted,
        event_words=EVENT_WORDS,
    )


@blueprint.post("/penerima/<endpoint_id>/kunci")
@needs("sambungan")
def rotate_receiver(endpoint_id: str) -> ResponseReturnValue:
    """A new secret, shown once."""
    endpoint, secret = _endpoint(endpoint_id), new_secret()
    endpoints().rotate(endpoint_id, secret)
    note = "Selama 24 jam kiriman membawa tanda tangan dengan kunci baru dan yang lama."
    return _shown(endpoint.url, secret, note, endpoint_id)


@blueprint.post("/penerima/<endpoint_id>/nyalakan")
@needs("sambungan")
def enable_receiver(endpoint_id: str) -> ResponseReturnValue:
    """Tell it of events again."""
    if not endpoints().enable(endpoint_id):
        abort(404)
    return _back(endpoint_id)


@blueprint.post("/penerima/<endpoint_id>/hapus")
@needs("sambungan")
def delete_receiver(endpoint_id: str) -> ResponseReturnValue:
    """Forget it with all that was sent to it."""
    if not endpoints().delete(endpoint_id):
        abort(404)
    return redirect(url_for("connections.show"), 303)


@blueprint.post("/penerima/<endpoint_id>/kirim-ulang")
@needs("sambungan")
def redeliver_all(endpoint_id: str) -> ResponseReturnValue:
    """Send everything again that did not arrive."""
    _endpoint(endpoint_id)
    endpoints().redeliver(endpoint_id)
    return _back(endpoint_id)


@blueprint.post("/penerima/<endpoint_id>/kiriman/<delivery_id>")
@needs("sambungan")
def redeliver(endpoint_id: str, delivery_id: str) -> ResponseReturnValue:
    """Send one message again."""
    if not endpoints().redeliver(endpoint_id, delivery_id):
        abort(404)
    return _back(endpoint_id)


def _endpoint(endpoint_id: str) -> Endpoint:
    endpoint = endpoints().get(endpoint_id)
    if endpoint is None:
        abort(404)
    return endpoint


def _back(endpoint_id: str) -> ResponseReturnValue:
    return redirect(url_for("connections.show_receiver", endpoint_id=endpoint_id), 303)


def _shown(url: str, secret: str, note: str, endpoint_id: str) -> str:
    back = url_for("connections.show_receiver", endpoint_id=endpoint_id)
    return secret_page(f"Kunci rahasia untuk {urlsplit(url).hostname}", secret, note, back)


def _form(sent: Mapping[str, str], chosen: Sequence[str], errors: Mapping[str, str]) -> str:
    return render_template(
        "sambungan_penerima_baru.html",
        sent=sent,
        chosen=chosen,
        errors=errors,
        event_words=EVENT_WORDS,
    )
