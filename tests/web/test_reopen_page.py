"""The page that gives a document's form back."""

from io import BytesIO

import docx
import pytest

from docgen.generate import SEMUA, generate, prepare
from docgen.reopening import reopen
from docgen.satker import registry
from docgen.storage import Uploads
from tests.conftest import examples

EXAMPLE = next(one for one in examples() if not one.assets)
ILLUSTRATED = next(one for one in examples() if one.assets)


def files(example):
    payload = prepare(example.kind, example.data, example.satker).valid_payload()
    return generate(example.kind, payload, example.satker, naskah=SEMUA, assets=example.assets)


def send(client, content):
    return client.send("/buka", {"berkas": (BytesIO(content), "surat.docx")})


def draft_data(app, location):
    from urllib.parse import parse_qs, urlsplit

    from docgen.storage.tables import DraftRow
    from web.services import EXTENSION

    draft_id = parse_qs(urlsplit(location).query)["draf"][0]
    with app.extensions[EXTENSION].database.read() as session:
        return session.get_one(DraftRow, draft_id).data


def test_an_untouched_document_leads_straight_to_its_form(client, app):
    answer = send(client, files(EXAMPLE)[0].content)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    data = {**draft_data(app, answer.location), "satker": EXAMPLE.satker.kode}
    again = prepare(EXAMPLE.kind, data, EXAMPLE.satker).valid_payload()
    first = prepare(EXAMPLE.kind, EXAMPLE.data, EXAMPLE.satker).valid_payload()
    assert again.model_dump(exclude={"satker", "master"}) == first.model_dump(
        exclude={"satker", "master"}
    )


def test_pictures_come_back_with_it(client, app, database, blobs):
    file = next(one for one in files(ILLUSTRATED) if not reopen(one.content).missing)
    answer = send(client, file.content)
    data = draft_data(app, answer.location)
    payload = prepare(ILLUSTRATED.kind, data, ILLUSTRATED.satker).valid_payload()
    uploads = Uploads(database, blobs)
    kept = [uploads.get(one.name) for one in ILLUSTRATED.kind.pictures(payload)]
    assert set(kept) == set(ILLUSTRATED.assets.values())


def test_an_edited_document_says_where_before_the_form(client):
    stream = BytesIO()
    document = docx.Document(BytesIO(files(EXAMPLE)[0].content))
    document.add_paragraph("Titipan <b>")
    document.save(stream)
    page = send(client, stream.getvalue())
    assert page.status_code == 200
    assert "ditambahkan “Titipan &lt;b&gt;”" in page.text
    assert "Buka formulirnya" in page.text


@pytest.mark.parametrize("content", [b"", b"bukan dokumen"])
def test_what_is_no_document_of_ours_is_refused_with_a_sentence(client, content):
    answer = send(client, content)
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_a_neighbours_document_is_not_opened(signed_in_for):
    kode = next(s.kode for s in registry().select("kota") if s.kode != EXAMPLE.satker.kode)
    answer = send(signed_in_for(kode), files(EXAMPLE)[0].content)
    assert (answer.status_code, "tidak Anda kelola" in answer.text) == (422, True)
