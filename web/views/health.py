"""For those who watch the service: is it alive, is it ready."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from docgen.jobs import readiness
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
