"""Documents over HTTP, from the request to the file."""

import hashlib
from io import BytesIO

import docx
import pytest
from PIL import Image

from docgen.registry import kinds
from docgen.storage import OfficeData, Offices, OfficialData, Scope
from web.api import examples


def test_a_document_is_asked_for_made_and_fetched(caller, work_off):
    accepted = caller.order()
    assert accepted.status_code == 202
    here = accepted.json["links"]["self"]
    assert accepted.headers["Location"] == here
    assert caller.get(here).json["status"] == "queued"

    work_off(accepted.json["id"])
    document = caller.get(here).json
    assert (document["status"], document["error"]) == ("done", "")
    (file,) = document["files"]
    fetched = caller.get(file["href"])
    assert hashlib.sha256(fetched.data).hexdigest() == file["sha256"]
    assert len(fetched.data) == file["size"]
    assert file["filename"] in fetched.headers["Content-Disposition"]
    assert docx.Document(BytesIO(fetched.data)).tables


def test_the_same_key_and_body_is_the_same_document(caller):
    first = caller.order(key="a")
    assert caller.order(key="a").json == first.json
    turned = dict(reversed(examples.DOCUMENT.items()))  # the same, in another order
    again = caller.post("/documents", turned, headers={"Idempotency-Key": "a"})
    assert again.json == first.json
    assert caller.order(key="b").json["id"] != first.json["id"]
    assert caller.order().json["id"] != caller.order().json["id"]


def test_the_same_key_with_another_body_is_a_conflict(caller):
    caller.order(key="a")
    refused = caller.order(key="a", satker="14")
    assert (refused.status_code, refused.json["code"]) == (409, "kunci_terpakai")


def test_a_key_is_a_callers_own_and_ends_after_a_day(caller_of, clock):
    one, other = caller_of("semua"), caller_of("semua")
    first = one.order(key="a").json["id"]
    assert other.order(key="a").json["id"] != first
    clock.forward(24 * 3600 + 1)
    assert one.order(key="a").json["id"] != first


def test_an_input_with_errors_is_refused_with_all_of_them_at_once(caller):
    refused = caller.order(data={"judull": "x"}, kind=examples.KIND)
    assert (refused.status_code, refused.json["code"]) == (422, "isian_salah")
    assert refused.mimetype == "application/problem+json"
    assert len(refused.json["errors"]) >= 2
    assert all(error["level"] == "error" for error in refused.json["errors"])
    assert "/judull" in {error["pointer"] for error in refused.json["errors"]}
    assert caller.get("/documents").json["items"] == []


def test_kind_and_satker_and_data_are_all_looked_at(caller):
    refused = caller.order(kind="spo", satker="99.99")
    pointers = {error["pointer"] for error in refused.json["errors"]}
    assert {"/kind", "/satker"} <= pointers


def test_the_input_may_name_its_office_and_a_difference_is_a_warning(caller):
    named = {**examples.DATA, "satker": "14"}
    order = {"kind": examples.KIND, "data": named}
    accepted = caller.post("/documents", order)
    assert caller.get(accepted.json["links"]["self"]).json["satker"] == "14"
    overridden = caller.post("/documents", {**order, "satker": "13.71"})
    document = caller.get(overridden.json["links"]["self"]).json
    assert document["satker"] == "13.71"
    assert "S02" in {finding["code"] for finding in document["findings"]}
    nameless = {key: value for key, value in examples.DATA.items() if key != "satker"}
    refused = caller.post("/documents", {"kind": examples.KIND, "data": nameless})
    assert [error["pointer"] for error in refused.json["errors"]] == ["/satker"]


def test_a_naskah_that_the_kind_has_not_is_an_error_that_names_those_it_has(caller):
    (error,) = caller.order(naskah="memo").json["errors"]
    assert error["pointer"] == "/naskah"
    assert all(one.naskah[0].name in error["message"] for one in [kinds()[examples.KIND]])


def test_checking_stores_nothing_and_answers_with_findings(caller):
    checked = caller.post("/check", examples.CHECK)
    assert checked.status_code == 200
    assert {"code", "level", "pointer", "message", "hint", "source", "input"} == set(
        checked.json["findings"][0]
    )
    assert caller.get("/documents").json == {"items": [], "next": None}


def test_the_list_is_newest_first_and_goes_on_from_its_cursor(caller, clock):
    made = []
    for _ in range(5):
        made.append(caller.order().json["id"])
        clock.forward(1)
    first = caller.get("/documents?limit=2").json
    second = caller.get(f"/documents?limit=2&cursor={first['next']}").json
    last = caller.get(f"/documents?limit=2&cursor={second['next']}").json
    listed = [one["id"] for page in (first, second, last) for one in page["items"]]
    assert listed == made[::-1]
    assert last["next"] is None


def test_the_list_can_be_narrowed(caller, work_off):
    padang = caller.order(satker="13.71").json["id"]
    caller.order(satker="14").json["id"]
    work_off(padang)
    for narrowed in ("satker=13.71", "status=done", f"kind={examples.KIND}&satker=13.71"):
        assert [one["id"] for one in caller.get(f"/documents?{narrowed}").json["items"]] == [padang]
    assert caller.get("/documents?kind=lain").json["items"] == []


@pytest.mark.parametrize("naskah", ["memo", "..", "sop.docx"])
def test_a_file_that_was_not_made_is_not_there(caller, work_off, naskah):
    document_id = caller.order().json["id"]
    work_off(document_id)
    assert caller.get(f"/documents/{document_id}/files/{naskah}").status_code == 404


def picture(form="PNG", size=(40, 30)):
    stream = BytesIO()
    Image.new("RGB", size, "white").save(stream, form)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_kept_under_an_id(caller, form):
    sent = caller.post("/files", data={"file": (BytesIO(picture(form)), "foto.bin")})
    assert sent.status_code == 201
    assert set(sent.json) == {"id"}


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"GIF89a", 422), (b"", 422), (picture()[:50], 422), (picture("GIF"), 422)],
)
def test_what_is_no_picture_is_refused_with_a_sentence(caller, content, status):
    refused = caller.post("/files", data={"file": (BytesIO(content), "foto.png")})
    assert refused.status_code == status
    assert refused.json["detail"].endswith(".")


def test_kinds_schemas_and_offices_say_what_can_be_asked_for(caller_of):
    caller = caller_of("13.*")
    listed = caller.get("/kinds").json["items"]
    assert [one["kind"] for one in listed] == list(kinds())
    for one in listed:
        schema = caller.get(f"/kinds/{one['kind']}/schema").json
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    offices = caller.get("/satker?q=padang").json["items"]
    assert "13.71" in {one["kode"] for one in offices}
    assert all(one["kode"].startswith("13") for one in caller.get("/satker").json["items"])


def test_what_is_said_of_an_input_counts_on_what_the_office_says_of_itself(caller, database):
    kind = next(kind for kind in kinds().values() if kind.masters)
    step = {"kegiatan": "Menerima surat", "pelaksana": "Staf", "waktu": "5 menit"}
    data = {"judul": "Surat", "pelaksana": ["Staf"], "langkah": [step]}
    ask = {"kind": kind.name, "satker": "13.71", "data": data}

    def missing_name():
        found = caller.post("/check", ask).json["findings"]
        return [one for one in found if "nama Sekretaris belum diketahui" in one["message"]]

    assert missing_name()
    official = OfficialData(nama="Rina, S.H.", jabatan="Sekretaris", nip="197203141998032002")
    Offices(database, Scope("13")).save("13.71", OfficeData(pejabat=[official]))
    assert missing_name() == []
