"""Styles and scripts travel compressed, and from nowhere but here."""

import gzip
import re

import pytest

ADDRESS = re.compile(r'(?:href|src)="([^"#]+)')


def assets(client):
    page = client.get("/masuk").text
    return [
        address for address in ADDRESS.findall(page) if "static" in address or "statis" in address
    ]


def test_a_page_loads_nothing_from_elsewhere(client):
    for address in ("/", "/masuk", "/entah"):
        found = ADDRESS.findall(client.get(address).text)
        assert len(found) > 3
        assert [one for one in found if not one.startswith("/") or one.startswith("//")] == []


def test_styles_and_scripts_are_compressed_for_those_who_can_read_it(client):
    assert len(assets(client)) > 3
    for address in assets(client):
        plain = client.get(address, buffered=True)
        packed = client.get(address, buffered=True, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(packed.data) == plain.data
        assert "Content-Encoding" not in plain.headers
        assert "max-age=2592000" in packed.headers["Cache-Control"]


def test_a_page_with_secrets_is_neither_kept_nor_compressed(client):
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in page.headers


@pytest.mark.parametrize("name", ["app.css", "app.js"])
def test_our_own_files_have_an_address_that_changes_with_them(client, name):
    (address,) = [one for one in assets(client) if one.endswith(name)]
    assert re.fullmatch(rf"/statis/[0-9a-f]{{12}}/{re.escape(name)}", address)
