"""An office's page: its officials, letterhead and emblem, seen and changed."""

import re
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import update

from docgen.storage.tables import UserRow

KODE = "13.01"
PAGE = f"/satker/{KODE}"


def png(size=(100, 120)):
    stream = BytesIO()
    Image.new("RGB", size).save(stream, "PNG")
    return stream.getvalue()


def upload(client, content, name="lambang.png"):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(PAGE).text)[1]
    sent = {"csrf_token": token, "lambang": (BytesIO(content), name)}
    return client.post(f"{PAGE}/lambang", data=sent, content_type="multipart/form-data")


ROW = [
    ("pejabat/0/nama", "Yusrizal, S.Sos. & <b>"),
    ("pejabat/0/jabatan", "Sekretaris"),
    ("pejabat/0/nip", "197208141998031021"),
    ("pejabat/0/mulai", "2024-01-02"),
]


def test_an_office_is_found_by_name(client):
    assert PAGE in client.get("/satker?q=pesisir+selatan").text
    assert "Tidak ada satker" in client.get("/satker?q=atlantis").text


def test_an_office_without_officials_says_what_that_means(client):
    page = client.get(PAGE).text
    assert "Belum ada pejabat." in page
    assert "di bawah KPU Provinsi Sumatera Barat" in page


def test_what_is_saved_is_shown_and_offered_again(client):
    answer = client.send(f"{PAGE}/ubah", [*ROW, ("alamat", "Jalan A"), ("simpan", "1")])
    assert answer.location == PAGE
    page = client.get(PAGE).text
    for words in (
        "Yusrizal, S.Sos. &amp; &lt;b&gt;",
        "19720814 199803 1 021",
        "Menjabat",
        "Jalan A",
    ):
        assert words in page
    assert "sejak 2 Januari 2024" in page
    assert 'value="Yusrizal, S.Sos. &amp; &lt;b&gt;"' in client.get(f"{PAGE}/ubah").text


def test_a_term_that_ends_soon_is_warned_of_and_a_past_one_put_away(client):
    rows = [*ROW, ("pejabat/0/sampai", "2026-02-20")]
    rows += [("pejabat/1/nama", "Lama"), ("pejabat/1/jabatan", "Sekretaris")]
    rows += [("pejabat/1/sampai", "2024-01-01")]
    client.send(f"{PAGE}/ubah", rows)
    page = client.get(PAGE).text
    assert "Masa tugas Sekretaris berakhir 20 Februari 2026." in page
    assert "14 hari lagi" in page
    assert "1 pejabat sebelumnya" in page


def test_errors_stand_at_their_fields_and_nothing_is_kept(client):
    answer = client.send(f"{PAGE}/ubah", [("pejabat/0/nama", "A"), ("email", "bukan surel")])
    assert answer.status_code == 422
    assert 'id="pejabat-0-jabatan-n1"' in answer.text
    assert 'id="email-n1"' in answer.text
    assert 'value="bukan surel"' in answer.text
    assert "Belum ada pejabat." in client.get(PAGE).text


def test_rows_of_officials_are_added_and_moved_by_submits(client):
    rows = [*ROW, ("pejabat/1/nama", "Kedua"), ("pejabat/1/jabatan", "Ketua")]
    page = client.send(f"{PAGE}/ubah", [*rows, ("naik", "pejabat/1")]).text
    assert page.index("Kedua") < page.index("Yusrizal")
    page = client.send(f"{PAGE}/ubah", [*rows, ("tambah", "pejabat")]).text
    assert 'name="pejabat/2/nama"' in page


def test_an_emblem_is_uploaded_shown_and_taken_away(client):
    assert upload(client, png()).location == PAGE
    shown = client.get(f"{PAGE}/lambang")
    assert (shown.mimetype, shown.data[:4]) == ("image/png", b"\x89PNG")
    client.send(f"{PAGE}/lambang", {"hapus": "1"}, from_page=PAGE)
    assert client.get(f"{PAGE}/lambang").status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg/>", png(size=(10, 10))])
def test_what_is_no_emblem_is_refused_beside_its_field(client, content):
    answer = upload(client, content)
    assert answer.status_code == 422
    assert 'id="lambang-n"' in answer.text
    assert client.get(f"{PAGE}/lambang").status_code == 404


def test_a_neighbour_does_not_find_it(signed_in_for):
    visitor = signed_in_for("13.71")
    assert visitor.get("/satker/13.71").status_code == 200
    for address in (PAGE, f"{PAGE}/ubah", f"{PAGE}/lambang"):
        assert visitor.get(address).status_code == 404
    assert visitor.send(f"{PAGE}/ubah", ROW, from_page="/satker/13.71").status_code == 404
    assert visitor.send(f"{PAGE}/lambang", {}, from_page="/satker/13.71").status_code == 404
    assert PAGE not in visitor.get("/satker?q=13.01").text


def test_who_may_not_change_an_office_is_offered_nothing_that_would_be_refused(client, database):
    with database.write() as session:
        session.execute(update(UserRow).values(role="operator"))
    page = client.get(PAGE).text
    assert client.get(f"{PAGE}/ubah").status_code == 403
    assert "/ubah" not in page
    assert "Unggah lambang" not in page
    assert "Ubah pola nomor" not in page
