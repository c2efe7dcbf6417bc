"""The OpenAPI document: true to the code, its examples carried out as they stand."""

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from web.api import PREFIX

OPENAPI = f"{PREFIX}/openapi.json"
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def spec(app):
    return app.test_client().get(OPENAPI).json


def operations(spec):
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield method, path, operation


def test_it_is_openapi_3_1_with_a_name_for_every_operation(spec):
    assert spec["openapi"] == "3.1.0"
    names = [operation["operationId"] for _, _, operation in operations(spec)]
    assert len(names) == len(set(names))
    assert all(operation["summary"] for _, _, operation in operations(spec))


def test_every_call_of_the_contract_is_in_it(spec):
    here = {(method.upper(), path.removeprefix(PREFIX)) for method, path, _ in operations(spec)}
    assert {
        ("POST", "/documents"),
        ("GET", "/documents"),
        ("GET", "/documents/{document_id}"),
        ("GET", "/documents/{document_id}/files/{naskah}"),
        ("POST", "/check"),
        ("POST", "/files"),
        ("GET", "/masters"),
        ("POST", "/batches"),
        ("GET", "/batches/{batch_id}"),
        ("GET", "/batches/{batch_id}/archive"),
        ("POST", "/batches/{batch_id}/cancel"),
        ("POST", "/batches/{batch_id}/retry"),
        ("GET", "/kinds"),
        ("GET", "/kinds/{kind}/schema"),
        ("GET", "/satker"),
        ("POST", "/webhooks"),
        ("GET", "/webhooks"),
        ("DELETE", "/webhooks/{endpoint_id}"),
        ("POST", "/webhooks/{endpoint_id}/rotate"),
        ("GET", "/webhooks/{endpoint_id}/deliveries"),
        ("POST", "/webhooks/{endpoint_id}/deliveries/{delivery_id}/redeliver"),
        ("POST", "/hooks/{source}"),
    } <= here


def test_every_problem_has_one_form(spec):
    for method, path, operation in operations(spec):
        problems = {
            status: response
            for status, response in operation["responses"].items()
            if int(status) >= 400
        }
        assert {"401", "429", "500"} <= set(problems), (method, path)
        assert all(set(one["content"]) == {"application/problem+json"} for one in problems.values())


def test_every_body_has_an_example_that_is_carried_out_as_it_stands(spec, caller):
    carried_out = 0
    for method, path, operation in operations(spec):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body is None or "{" in path:
            continue
        answer = caller.send(method, path, json=body["example"])
        wanted = str(answer.status_code)
        schema = operation["responses"][wanted]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json, {**schema, "components": spec["components"]})
        assert answer.status_code < 300, (path, answer.json)
        carried_out += 1
    assert carried_out >= 3


def test_the_page_of_it_needs_nothing_from_outside(app, spec):
    page = app.test_client().get(f"{PREFIX}/docs").get_data(as_text=True)
    assert "//" not in page.replace("https://arsip.example.id", "").replace(
        "https://json-schema", ""
    )
    assert all(operation["summary"] in page for _, _, operation in operations(spec))


def try_every_operation(app, caller, examples_each):
    """No server error, no undocumented status, no answer that its schema does not know."""
    schema = schemathesis.openapi.from_wsgi(OPENAPI, app)
    operations = [result.ok() for result in schema.get_all_operations()]

    def tried(operation, mode):
        @settings(
            max_examples=examples_each,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def attempt(case):
            case.call_and_validate(headers=caller.headers, checks=CHECKED)

        attempt()

    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            tried(operation, mode)
    return len(operations)


def test_nothing_that_is_sent_breaks_an_operation(app, caller):
    assert try_every_operation(app, caller, examples_each=8) > 10


@pytest.mark.long
def test_nothing_that_is_sent_in_great_number_breaks_an_operation(app, caller):
    assert try_every_operation(app, caller, examples_each=200) > 10
