"""Puts the API into the application: its blueprints, its door, its errors."""

from apiflask import APIBlueprint, APIFlask
from flask import Response

from docgen.storage.events import API_PREFIX
from web.api import batches, catalogue, documents, files, hooks, openapi, webhooks
from web.api.caller import let_in
from web.api.problems import Problem, answer

PREFIX = API_PREFIX


def init_app(app: APIFlask) -> None:
    """Serve the API."""
    openapi.init_app(app)
    api = APIBlueprint("api", __name__, url_prefix=PREFIX)
    api.before_request(let_in)
    for part in (documents, batches, files, catalogue, webhooks, hooks):
        api.register_blueprint(part.blueprint)
    app.register_blueprint(api)
    app.register_blueprint(openapi.blueprint, url_prefix=PREFIX)
    app.register_error_handler(Problem, _problem)


def _problem(problem: Problem) -> Response:
    return answer(problem)
