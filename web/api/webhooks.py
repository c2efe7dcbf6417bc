"""Receivers of webhooks: registered, rotated, looked after."""

from dataclasses import asdict

from apiflask import EmptySchema

from docgen.findings import Finding
from docgen.storage import Endpoints
from docgen.webhooks import ForbiddenAddress, check_url, new_secret
from web.api import examples
from web.api.bodies import views
from web.api.caller import caller, need, scope
from web.api.openapi import problems
from web.api.problems import invalid, not_found
from web.api.schemas import (
    DeliveriesOut,
    DeliveryOut,
    EndpointCreatedOut,
    EndpointIn,
    EndpointOut,
    EndpointsOut,
    SecretOut,
)
from web.services import services

blueprint = views("webhooks", __name__, tag="Kabar ke sistem lain", url_prefix="/webhooks")


@blueprint.post("")
@blueprint.input(EndpointIn, arg_name="wanted", example=examples.ENDPOINT)
@blueprint.output(EndpointCreatedOut, 201, "Didaftarkan.")
@blueprint.doc(
    summary="Mendaftarkan penerima", responses=problems(400, 403, 413, 415), operation_id="webhook"
)
def create(wanted: EndpointIn) -> EndpointCreatedOut:
    """Kiriman ditandatangani menurut Standard Webhooks dengan `secret` ini."""
    need("webhooks")
    try:
        check_url(wanted.url, services().settings.webhook_allow)
    except ForbiddenAddress as error:
        raise invalid([Finding("W01", "error", "/url", str(error))]) from error
    secret = new_secret()
    endpoint_id = _endpoints().create(wanted.url, wanted.events, caller().selector, secret)
    return EndpointCreatedOut(id=endpoint_id, secret=secret)


@blueprint.get("")
@blueprint.output(EndpointsOut)
@blueprint.doc(summary="Daftar penerima", responses=problems(403), operation_id="webhooks")
def newest() -> EndpointsOut:
    """Tanpa secret."""
    need("webhooks")
    return EndpointsOut(items=[EndpointOut(**asdict(one)) for one in _endpoints().all()])


@blueprint.delete("/<endpoint_id>")
@blueprint.output(EmptySchema, 204, "Dihapus.")
@blueprint.doc(
    summary="Menghapus penerima", responses=problems(403, 404), operation_id="delete_webhook"
)
def delete(endpoint_id: str) -> str:
    """Kiriman yang belum sampai ikut dihapus."""
    need("webhooks")
    if not _endpoints().delete(endpoint_id):
        raise not_found()
    return ""


@blueprint.post("/<endpoint_id>/rotate")
@blueprint.output(SecretOut)
@blueprint.doc(
    summary="Mengganti secret", responses=problems(403, 404), operation_id="rotate_webhook"
)
def rotate(endpoint_id: str) -> SecretOut:
    """Selama 24 jam kiriman membawa dua tanda tangan: dengan secret baru dan yang lama."""
    need("webhooks")
    secret = new_secret()
    if not _endpoints().rotate(endpoint_id, secret):
        raise not_found()
    return SecretOut(secret=secret)


@blueprint.get("/<endpoint_id>/deliveries")
@blueprint.output(DeliveriesOut)
@blueprint.doc(
    summary="Kiriman kepada penerima", responses=problems(403, 404), operation_id="deliveries"
)
def deliveries(endpoint_id: str) -> DeliveriesOut:
    """Terbaru dahulu, dengan setiap percobaannya."""
    need("webhooks")
    if _endpoints().get(endpoint_id) is None:
        raise not_found()
    found = _endpoints().deliveries(endpoint_id)
    return DeliveriesOut(items=[DeliveryOut.model_validate(asdict(one)) for one in found])


@blueprint.post("/<endpoint_id>/deliveries/<delivery_id>/redeliver")
@blueprint.output(EmptySchema, 202, "Dikirim lagi sebentar lagi.")
@blueprint.doc(
    summary="Mengirim ulang satu kiriman", responses=problems(403, 404), operation_id="redeliver"
)
def redeliver(endpoint_id: str, delivery_id: str) -> tuple[dict[str, str], int]:
    """Dengan `webhook-id` yang sama."""
    need("webhooks")
    if not _endpoints().redeliver(endpoint_id, delivery_id):
        raise not_found()
    return {}, 202


def _endpoints() -> Endpoints:
    return Endpoints(services().database, scope())
