"""For those who watch the service: is it alive, is it ready."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from docgen.jobs import readiness
from docgen.metrics import CONTENT_TYPE, exposition
from docgen.storage import Post, Work
from web.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """This process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Everything that a request needs is there; 503 where something is not."""
    checks = readiness(services().settings, services().database)
    is_ready = all(checks.values())
    return jsonify(
        status="ok" if is_ready else "not ready", checks=checks
    ), 200 if is_ready else 503


@blueprint.get("/metrics")
def counts() -> Response:
    """What Prometheus collects: numbers only, nothing of anybody's."""
    database = services().database
    standing = Work(database, services().settings.lease_seconds).standing()
    now = {f"documents_{name}": count for name, count in standing.items()}
    now["deliveries_waiting"] = Post(database).waiting()
    return Response(exposition(now), content_type=CONTENT_TYPE)
