"""What Prometheus collects, and what the log says of a request."""

import json

import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families

from docgen.logs import set_up_logs
from tests.api.conftest import caller_of, work_off
from web.api import examples

__all__ = ["caller_of", "work_off"]


def counted(app):
    text = app.test_client().get("/metrics").get_data(as_text=True)
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_documents_are_counted_by_kind_and_outcome_with_the_seconds_of_each_stage(
    app, caller_of, work_off
):
    caller = caller_of("semua")
    done = ("docgen_documents_total", ("kind", examples.KIND), ("outcome", "done"))
    fills = ("docgen_stage_seconds_count", ("stage", "fill"))
    before = counted(app)
    document_id = caller.order().json["id"]
    assert counted(app)[("docgen_documents_queued",)] == 1
    work_off(document_id)
    after = counted(app)
    assert after[done] == before.get(done, 0) + 1
    assert after[fills] == before.get(fills, 0) + 1
    assert after[("docgen_documents_queued",)] == 0


@pytest.fixture
def default_logs_afterwards():
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("default_logs_afterwards")
def test_the_log_tells_routes_and_ids_and_nothing_of_what_was_typed(caller_of, work_off, capsys):
    set_up_logs()  # here, because the captured stream of a fixture is another one
    caller = caller_of("semua")
    data = {**examples.DATA}
    document_id = caller.order(data=data).json["id"]
    work_off(document_id)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    told = [line["event"] for line in lines if line.get("document") == document_id]
    assert told == ["document.requested", "document.done"]
    answered = next(line for line in lines if line["event"] == "request.answered")
    assert (answered["route"], answered["status"]) == ("/api/v1/documents", 202)
    typed = [value for value in data.values() if isinstance(value, str) and len(value) > 8]
    assert typed
    assert not [value for value in typed if any(value in json.dumps(line) for line in lines)]
