"""What an office says of itself lies over what we ship, on the day that a document is made."""

import datetime as dt
from io import BytesIO

import pytest
from PIL import Image

from docgen.errors import InvalidPicture, UnknownSatker
from docgen.letterhead import checked_emblem
from docgen.satker import registry
from docgen.storage import OfficeData, Offices, Scope
from docgen.validation import validate

KODE = "13.01"


@pytest.fixture
def offices(database):
    return Offices(database, Scope("00"))


def data(*pejabat, **rest):
    kept, findings = validate(OfficeData, {"pejabat": list(pejabat), **rest})
    assert kept, findings
    return kept


def official(nama, jabatan="Sekretaris", **rest):
    return {"nama": nama, "jabatan": jabatan, **rest}


def test_an_office_that_said_nothing_is_as_shipped(offices):
    assert offices.get(KODE) == registry().get(KODE)
    assert offices.officials(KODE) == ()


def test_what_an_office_says_lies_over_what_is_shipped(offices):
    offices.save(KODE, data(alamat="Jalan A", telepon="0756", email="a@kpu.go.id", ibu_kota="X"))
    office = offices.get(KODE)
    assert (office.alamat, office.telepon, office.email) == ("Jalan A", "0756", "a@kpu.go.id")
    assert (office.ibu_kota, office.nama) == ("X", registry().get(KODE).nama)


def test_what_is_left_out_again_is_as_shipped_again(offices):
    offices.save(KODE, data(ibu_kota="X"))
    offices.save(KODE, data())
    assert offices.get(KODE).ibu_kota == registry().get(KODE).ibu_kota


def test_a_document_names_who_holds_the_post_that_day(offices):
    offices.save(
        KODE,
        data(
            official("Lama", sampai="2026-02-05"),
            official("Baru", mulai="2026-02-06", sampai="2026-03-31"),
            official("Pelaksana Harian", sifat="Plh.", mulai="2026-03-10", sampai="2026-03-12"),
        ),
    )

    def sekretaris(day):
        return offices.get(KODE, dt.date.fromisoformat(day)).sekretaris.nama

    assert sekretaris("2026-02-05") == "Lama"
    assert sekretaris("2026-02-06") == "Baru"
    assert sekretaris("2026-03-11") == "Pelaksana Harian"
    assert sekretaris("2026-03-13") == "Baru"
    assert sekretaris("2026-04-01") == "NAMA SEKRETARIS"


def test_today_is_the_day_at_the_office(offices, clock):
    # 15.30 UTC is half past midnight of the next day in Jayapura, and 22.30 in Padang.
    clock.now = dt.datetime(2026, 2, 5, 15, 30, tzinfo=dt.UTC)
    for kode in (KODE, "91.03"):
        offices.save(kode, data(official("Baru", mulai="2026-02-06")))
    assert offices.get(KODE).sekretaris.nama == "NAMA SEKRETARIS"
    assert offices.get("91.03").sekretaris.nama == "Baru"


def test_saving_keeps_the_emblem_and_the_order_of_officials(offices):
    offices.set_emblem(KODE, b"gambar")
    offices.save(KODE, data(official("B"), official("A", "Ketua")))
    offices.save(KODE, data(official("A", "Ketua"), official("B")))
    assert offices.get(KODE).lambang == b"gambar"
    assert [one.nama for one in offices.officials(KODE)] == ["A", "B"]
    offices.set_emblem(KODE, None)
    assert offices.get(KODE).lambang is None


@pytest.mark.parametrize("root", ["13.71", "12", "13.0"])
def test_a_neighbour_neither_sees_nor_changes_it(database, root):
    theirs = Offices(database, Scope(root))
    for act in (
        lambda: theirs.get(KODE),
        lambda: theirs.officials(KODE),
        lambda: theirs.save(KODE, data()),
        lambda: theirs.set_emblem(KODE, b"x"),
    ):
        with pytest.raises(UnknownSatker):
            act()


def test_the_office_above_sees_and_changes_it(database, offices):
    Offices(database, Scope("13")).save(KODE, data(alamat="Jalan B"))
    assert offices.get(KODE).alamat == "Jalan B"


def test_every_error_of_an_officials_row_is_said_with_its_place():
    _, findings = validate(
        OfficeData,
        {"pejabat": [{"nama": "A", "jabatan": "Ketua", "mulai": "2026-02-31", "sifat": "Pak"}]},
    )
    assert [(f.pointer, f.message) for f in findings] == [
        ("/pejabat/0/sifat", "Pejabat 1, bertindak sebagai: “Pak” tidak dikenal."),
        ("/pejabat/0/mulai", "Pejabat 1, menjabat sejak: “2026-02-31” tidak ada di kalender."),
    ]


def test_a_term_that_ends_before_it_begins_is_an_error():
    row = official("A", mulai="2026-02-02", sampai="2026-02-01")
    _, findings = validate(OfficeData, {"pejabat": [row]})
    assert [f.pointer for f in findings] == ["/pejabat/0/sampai"]


def picture(shape="PNG", size=(200, 240), mode="RGB"):
    stream = BytesIO()
    Image.new(mode, size, 1).save(stream, shape)
    return stream.getvalue()


@pytest.mark.parametrize(("shape", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK")])
def test_an_emblem_is_a_png_or_jpeg(shape, mode):
    kept = checked_emblem(picture(shape, mode=mode))
    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.size) == (shape, (200, 240))


def test_nothing_but_the_picture_is_kept():
    assert b"<script>" not in checked_emblem(picture() + b"<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "bukan gambar"),
        (b"GIF89a" + b"\0" * 100, "bukan gambar"),
        (picture("GIF", mode="P"), "bukan gambar"),
        (picture()[:-60], "bukan gambar"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan gambar"),
        (picture(size=(20, 20)), "20 × 20 piksel"),
        (picture(size=(5000, 4000), mode="1"), "5000 × 4000 piksel"),
        (picture(size=(900, 100)), "terlalu panjang"),
        (b"\x89PNG" + b"x" * (1 << 20), "lebih besar dari 1 MB"),
    ],
)
def test_what_is_no_fitting_picture_is_refused_with_a_sentence(raw, words):
    with pytest.raises(InvalidPicture, match=words):
        checked_emblem(raw)
