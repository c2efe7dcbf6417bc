"""Documents: their stages and versions, the list, the packets; who may do what with them."""

import html
import io
import re
import zipfile

import pytest

from docgen.rendering.text import read_text
from docgen.storage import Audit, Documents, Library, Scope, Wanted, Work
from tests.conftest import examples
from tests.web.test_making import ADDRESS, EXAMPLE, KIND, fields

PACKET = next(one for one in examples() if len(one.kind.naskah) > 2 and not one.assets)


@pytest.fixture
def requested(visitor, clock):
    """Somebody who may all at the office, and the address of a document that they asked for."""
    clerk = visitor("admin_satker", "13.71")

    def requested(example=EXAMPLE, **changes):
        clock.forward(1)  # ids sort by time
        address = f"/buat/{example.kind.name}?satker=13.71"
        answer = clerk.send(address, [*fields(example, **changes), ("buat", "1")])
        assert answer.status_code == 303, answer.text
        return clerk, answer.location

    return requested


def id_of(location):
    return location.rpartition("/")[2]


def deeds(database, location):
    subject = id_of(location)
    found = Audit(database, Scope("00")).newest(subject=subject)
    return sorted(deed.action for deed in found)


def test_a_document_is_checked_then_approved_and_it_is_written_down(requested, make, database):
    clerk, location = requested()
    assert make(id_of(location)).status == "done"
    for early in ("periksa", "setujui", "tarik"):
        assert clerk.send(f"{location}/{early}", from_page=location).status_code == 409
    assert clerk.send(f"{location}/ajukan", from_page=location).status_code == 303
    assert clerk.send(f"{location}/periksa", from_page=location).status_code == 303
    assert clerk.send(f"{location}/setujui", from_page=location).status_code == 303
    document = Documents(database, Scope("00")).get(id_of(location))
    assert document.stage == "approved"
    assert document.checked_name == document.approved_name == "Admin_Satker@13.71"
    assert deeds(database, location) == [
        "document.approved",
        "document.checked",
        "document.requested",
        "document.submitted",
    ]
    page = clerk.get(location).text
    assert "menyetujui dokumen" in page
    assert page.count('class="done"') == 4
    late = clerk.send(
        f"{location}/periksa", {"kembalikan": "1", "catatan": "x"}, from_page=location
    )
    assert late.status_code == 409


def test_sending_back_needs_a_note_which_the_asker_reads_at_home(requested, make, database):
    clerk, location = requested()
    make(id_of(location))
    clerk.send(f"{location}/ajukan", from_page=location)
    mute = clerk.send(f"{location}/periksa", {"kembalikan": "1"}, from_page=location)
    assert mute.status_code == 422
    assert "tulis apa yang perlu diperbaiki" in mute.text
    back = {"kembalikan": "1", "catatan": "NIP <b>belum</b> 18 angka"}
    assert clerk.send(f"{location}/periksa", back, from_page=location).status_code == 303
    for address in ("/", location):
        page = clerk.get(address).text
        assert "NIP &lt;b&gt;belum&lt;/b&gt; 18 angka" in page
    assert "Perlu perbaikan" in clerk.get("/dokumen").text
    assert deeds(database, location) == [
        "document.requested",
        "document.sent_back",
        "document.submitted",
    ]
    assert clerk.send(f"{location}/ajukan", from_page=location).status_code == 303
    assert "Dikembalikan untuk diperbaiki" not in clerk.get(location).text


def test_what_is_handed_in_waits_for_the_reviewer_until_it_is_taken_back(
    requested, make, visitor, database
):
    _, location = requested()
    make(id_of(location))
    operator, reviewer = visitor("operator", "13.71"), visitor("pemeriksa", "13.71")

    def waiting():
        page = reviewer.get("/").text
        return id_of(location) in page.partition("Menunggu saya")[2].partition("</section>")[0]

    assert not waiting()
    assert "Nyatakan sudah diperiksa" not in reviewer.get(location).text
    assert operator.send(f"{location}/ajukan", from_page=location).status_code == 303
    assert waiting()
    assert operator.send(f"{location}/ajukan", from_page=location).status_code == 409
    assert "Tarik kembali" in operator.get(location).text
    assert "Nyatakan sudah diperiksa" in reviewer.get(location).text
    assert operator.send(f"{location}/tarik", from_page=location).status_code == 303
    assert not waiting()
    document = Documents(database, Scope("00")).get(id_of(location))
    assert (document.stage, document.submitted_name, document.submitted_at) == ("draft", "", None)
    operator.send(f"{location}/ajukan", from_page=location)
    reviewer.send(f"{location}/periksa", from_page=location)
    assert operator.send(f"{location}/tarik", from_page=location).status_code == 409
    assert Documents(database, Scope("00")).get(id_of(location)).stage == "checked"


def test_who_may_not_check_is_not_asked_to_and_cannot(requested, make, visitor, app):
    _, location = requested()
    make(id_of(location))
    operator = visitor("operator", "13.71")
    assert "Nyatakan sudah diperiksa" not in operator.get(location).text
    app.config["WTF_CSRF_ENABLED"] = False
    for deed in ("periksa", "setujui"):
        assert operator.post(f"{location}/{deed}").status_code == 403
    stranger = visitor("admin_provinsi", "12")
    for deed in ("ajukan", "tarik", "periksa", "setujui", "ulang", "lagi"):
        assert stranger.post(f"{location}/{deed}").status_code == 404
    for place in (location, f"{location}/ubah", f"{location}/paket", f"{location}/sop"):
        assert stranger.get(place).status_code == 404
    picked = stranger.post("/dokumen/unduh", data={"pilih": id_of(location)})
    assert picked.status_code == 303


def test_a_changed_input_is_the_next_version_and_the_approved_one_stays(requested, make, database):
    clerk, location = requested()
    before = make(id_of(location))
    for deed in ("ajukan", "periksa", "setujui"):
        clerk.send(f"{location}/{deed}", from_page=location)
    form = clerk.get(f"{location}/ubah").location
    page = clerk.get(form).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = [(n, "Unit baru" if n == "unit" else v) for n, v in fields(unit="x")]
    sent += [(name, hidden[name]) for name in ("draf", "revisi", "editor", "lanjutan")]
    second = clerk.send(ADDRESS, [*sent, ("buat", "1")]).location
    make(id_of(second))
    after = Documents(database, Scope("00")).get(id_of(location))
    assert (after.stage, after.files, after.data) == ("approved", before.files, before.data)
    told = html.unescape(clerk.get(second).text)
    assert "Versi 2 · yang ini" in told
    assert re.search(r"Unit: .*“Unit baru”\.", told)
    assert "Ada versi yang lebih baru" in clerk.get(location).text
    listed = Library(database, Scope("00")).find(Wanted())
    assert [one.id for one in listed] == [id_of(second)]


def next_form(clerk, location, **changes):
    """The form of the next version as it begins, with this typed into it: names and values."""
    page = clerk.get(f"{location}/ubah", follow_redirects=True).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = [(name, value) for name, value in fields(unit="x") if name not in changes]
    sent += [(name, hidden[name]) for name in ("draf", "revisi", "editor", "lanjutan")]
    begins = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    own = KIND.revision.fields[:2]
    return page, [*sent, *((key, begins[key]) for key in own if key in begins), *changes.items()]


def test_a_next_version_proposes_its_revision_and_the_word_file_carries_it(requested, make, blobs):
    clerk, location = requested(unit="x")
    make(id_of(location))
    page, sent = next_form(clerk, location, unit="Unit baru")
    assert 'name="revisi_ke" value="1"' in " ".join(page.split())
    checked = html.unescape(clerk.send(ADDRESS, [*sent, ("periksa", "1")]).text)
    assert "Unit: “x” menjadi “Unit baru”." in checked
    # The field stays empty, so that what is changed after checking is told too.
    written = re.findall(r"<textarea[^>]*name=\"catatan_revisi[^>]*>([^<]*)<", checked)
    assert "".join(written).strip() == ""
    page, sent = next_form(clerk, location, unit="Unit baru")
    second = make(id_of(clerk.send(ADDRESS, [*sent, ("buat", "1")]).location))
    assert second.data["revisi_ke"] == "1"
    assert second.data["catatan_revisi"] == ["Unit: “x” menjadi “Unit baru”."]
    text = read_text(blobs.get(second.files[0].sha256))
    assert "CATATAN REVISI KE-1:" in text
    assert "(Revisi ke-1)" in text
    told = html.unescape(clerk.get(f"/dokumen/{second.id}").text)
    assert "revisi ke-1" in told
    assert re.findall(r"<li>([^<]*“Unit baru”[^<]*)</li>", told) == [
        "Unit: “x” menjadi “Unit baru”."
    ]


def test_a_draft_that_does_not_hold_yet_is_mended_and_no_revision(requested, make):
    clerk, location = requested(unit="x", tanggal_efektif="")
    make(id_of(location))
    page, sent = next_form(clerk, location, unit="Unit baru")
    assert 'name="revisi_ke" value="1"' not in page
    second = make(id_of(clerk.send(ADDRESS, [*sent, ("buat", "1")]).location))
    assert "revisi_ke" not in second.data


def test_one_that_was_sent_back_and_never_issued_is_no_revision(requested, make):
    clerk, location = requested(unit="x")
    make(id_of(location))
    clerk.send(f"{location}/ajukan", from_page=location)
    back = {"kembalikan": "1", "catatan": "Unit salah"}
    clerk.send(f"{location}/periksa", back, from_page=location)
    page, sent = next_form(clerk, location, unit="Unit baru")
    assert 'name="revisi_ke" value="1"' not in page
    second = make(id_of(clerk.send(ADDRESS, [*sent, ("buat", "1")]).location))
    assert "revisi_ke" not in second.data


def test_making_again_twice_in_one_go_is_one_new_version(requested, make, database):
    clerk, location = requested()
    make(id_of(location))
    key = re.search(r'name="kunci" value="(\w+)"', clerk.get(location).text)[1]
    again = [
        clerk.send(f"{location}/ulang", {"kunci": key}, from_page=location).location
        for _ in range(2)
    ]
    assert again[0] == again[1] != location
    assert Documents(database, Scope("00")).get(id_of(again[0])).version == 2
    assert "Isian sama; dibuat ulang" in clerk.get(again[0]).text


def test_a_failed_document_says_why_and_is_tried_again(requested, make, database, settings):
    clerk, location = requested()
    work = Work(database, settings.lease_seconds)
    work.fail(work.claim(id_of(location), "w"), "Templat sop.docx tidak dapat dibaca.")
    page = clerk.get(location).text
    assert "Templat sop.docx tidak dapat dibaca." in page
    assert "Templat sop.docx" in clerk.get("/").text
    assert clerk.send(f"{location}/lagi", from_page=location).status_code == 303
    assert make(id_of(location)).status == "done"
    assert deeds(database, location) == ["document.requested", "document.retried"]


def names_in(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_all_naskah_come_as_one_zip_and_so_do_picked_documents(requested, make):
    clerk, packet = requested(PACKET)
    document = make(id_of(packet))
    files = [file.filename for file in document.files]
    assert len(files) > 1
    whole = clerk.get(f"{packet}/paket")
    assert whole.mimetype == "application/zip"
    assert names_in(whole) == files
    locations = [requested(unit=unit)[1] for unit in ("a", "b")]
    for location in locations:
        make(id_of(location))
    chosen = clerk.send(
        "/dokumen/unduh",
        [("pilih", id_of(one)) for one in [*locations, packet]] + [("pilih", "entah")],
        from_page="/dokumen",
    )
    names = names_in(chosen)
    assert len(set(names)) == len(names) == len(files) + 2
    assert names[1] == names[0].replace(".docx", "-2.docx")


def test_the_list_is_searched_filtered_counted_and_paged(requested, make, database, monkeypatch):
    monkeypatch.setattr("web.views.documents.PAGE", 2)
    clerk, first = requested(judul="Surat Masuk 100%")
    make(id_of(first))
    for title in ("Surat Keluar", "Arsip", "Peminjaman Ruang"):
        requested(judul=title)

    def titles(address):
        page = clerk.get(address).text
        return re.findall(r'class="doc" href="[^"]*">([^<]*)<', page), page

    newest, page = titles("/dokumen")
    assert newest == ["Peminjaman Ruang", "Arsip"]
    more = re.search(r'href="([^"]*sebelum=[^"]*)"', page)[1].replace("&amp;", "&")
    assert titles(more)[0] == ["Surat Keluar", "Surat Masuk 100%"]
    assert titles("/dokumen?q=surat+KELUAR")[0] == ["Surat Keluar"]
    assert titles("/dokumen?q=%25")[0] == ["Surat Masuk 100%"]
    found, page = titles(f"/dokumen?q=surat&jenis={KIND.name}&keadaan=draft")
    assert found == ["Surat Masuk 100%"]
    assert page.count('class="chip"') == 3
    assert titles("/dokumen?q=gudang")[1].count("Tidak ada yang cocok") == 1
    assert titles("/dokumen?satker=13.01")[0] == []
    counts = Library(database, Scope("13")).counts(Wanted())
    assert counts == {
        "": 4,
        "draft": 1,
        "submitted": 0,
        "checked": 0,
        "approved": 0,
        "making": 3,
        "failed": 0,
    }
    assert titles("/dokumen?jenis=entah&keadaan=entah&sebelum=zzz")[0] == newest


def test_an_empty_list_says_what_to_do(visitor):
    page = visitor("operator", "13.71").get("/dokumen").text
    assert "Belum ada dokumen" in page
    assert 'href="/#buat"' in page


def test_home_tells_what_waits_what_is_due_and_how_many_there_are(requested, make, visitor):
    clerk, due = requested(tanggal_efektif="2025-02-14")
    make(id_of(due))
    _, packet = requested(PACKET)
    make(id_of(packet))
    for location in (due, packet):
        clerk.send(f"{location}/ajukan", from_page=location)
    page = clerk.get("/").text
    assert "8 hari lagi" in page
    assert "14 Februari 2026" in page
    waiting = page.partition("Menunggu saya")[2].partition("</section>")[0]
    assert id_of(due) in waiting
    assert id_of(packet) in waiting
    assert "2 hal" in waiting
    table = page.partition("Dokumen per area perubahan")[2]
    assert "1. Manajemen Perubahan" in table
    row = table.partition("2. Penataan Tatalaksana")[2].partition("</tr>")[0]
    assert f'data-th="{KIND.judul}">1 (0)<' in row
    operator = visitor("operator", "13.71").get("/").text
    assert "Tidak ada yang menunggu Anda" in operator
    chief = visitor("admin_provinsi", "13").get("/").text
    assert "Dokumen per satker" in chief
    assert "Dokumen per satker" not in page


def test_the_text_of_a_document_is_read_in_its_page(requested, make):
    clerk, location = requested()
    make(id_of(location))
    page = html.unescape(clerk.get(location).text)
    assert EXAMPLE.data["langkah"][0]["kegiatan"] in page.partition("<pre")[2]
    assert page.count("<svg") > 1
