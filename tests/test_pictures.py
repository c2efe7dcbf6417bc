"""Pictures that an input names: what is taken, how it is made ready, what is refused and where."""

import contextlib
import os
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from docgen.assets import NamedPicture, folder_source, gather
from docgen.errors import UnusablePicture
from docgen.photographs import LONGEST_PX, MAX_BYTES, fitted, ready

RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION = 0x0112


def picture(width=90, height=60, form="JPEG", orientation=1, mode="RGB"):
    """Red above, blue below, as the camera's chip saw it."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    made = BytesIO()
    image.convert(mode).save(made, form, exif=exif)
    return made.getvalue()


def opened(content):
    return Image.open(BytesIO(content))


def looks_like(pixel, colour):
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def bomb(side=20_000):
    """A small PNG that claims to be very large."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(3 * side + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def refusal(content):
    with pytest.raises(UnusablePicture) as refused:
        ready(content)
    return refused.value.code


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_large_picture_becomes_a_small_jpeg_of_the_same_shape(form):
    made = opened(ready(picture(3000, 1500, form)))
    assert (made.format, made.size) == ("JPEG", (LONGEST_PX, LONGEST_PX // 2))


def test_a_small_picture_is_not_enlarged():
    assert opened(ready(picture(90, 60, "PNG"))).size == (90, 60)


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [(1, (90, 60), RED), (3, (90, 60), BLUE), (6, (60, 90), BLUE), (8, (60, 90), RED)],
)
def test_a_picture_stands_as_the_camera_was_held(orientation, size, corner):
    made = opened(ready(picture(orientation=orientation)))
    assert made.size == size
    assert looks_like(made.getpixel((3, 3)), corner)


def test_what_the_camera_wrote_beside_the_picture_is_left_behind():
    raw = picture(orientation=6)
    assert b"Exif" in raw
    assert b"Exif" not in ready(raw)


def test_a_ready_picture_stays_as_it_is_and_the_same_picture_gives_the_same_bytes():
    raw = picture(3000, 2000, orientation=6)
    once = ready(raw)
    assert ready(raw) == once
    assert ready(once) == once


def test_what_is_transparent_becomes_white():
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    made = BytesIO()
    image.save(made, "PNG")
    assert looks_like(opened(ready(made.getvalue())).getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    image = Image.new(mode, (20, 20))
    made = BytesIO()
    image.save(made, "PNG")
    assert opened(ready(made.getvalue())).mode == "RGB"


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_kind_of_jpeg_is_taken(mode):
    assert opened(ready(picture(mode=mode))).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "G03"),
        (b"%PDF-1.7 bukan gambar", "G03"),
        (picture()[:-200], "G03"),
        (picture(form="PNG")[:-40], "G03"),
        (picture(form="GIF"), "G03"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "G03"),
        (picture() + bytes(MAX_BYTES), "G04"),
        (bomb(8_000), "G05"),
        (bomb(20_000), "G05"),
    ],
    ids="empty text cut-jpeg cut-png gif svg large many-pixels bomb".split(),
)
def test_what_is_no_usable_picture_is_refused(content, code):
    assert refusal(content) == code


# Pillow warns of a damaged Exif block and goes on without it, as we do.
@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.data())
def test_a_damaged_picture_is_refused_or_taken_and_nothing_else(data):
    content = bytearray(data.draw(st.sampled_from([picture(orientation=6), picture(form="PNG")])))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnusablePicture):
        assert opened(ready(bytes(content))).format == "JPEG"


@pytest.mark.parametrize(
    ("size", "wanted_mm"),
    [((300, 200), (150, 100)), ((200, 300), (66.67, 100)), ((600, 100), (150, 25))],
)
def test_a_picture_fills_its_box_and_keeps_its_shape(size, wanted_mm):
    placed = fitted(picture(*size), 150, 100, "Foto")
    assert (placed.lebar_emu / 36_000, placed.tinggi_emu / 36_000) == pytest.approx(
        wanted_mm, abs=0.01
    )


@pytest.fixture
def folder(tmp_path):
    """A folder of an input with a picture in it, and one outside."""
    (tmp_path / "isian" / "foto").mkdir(parents=True)
    (tmp_path / "isian" / "foto" / "satu.jpg").write_bytes(picture())
    (tmp_path / "luar.jpg").write_bytes(picture())
    return tmp_path / "isian"


def found(folder, *names):
    named = [
        NamedPicture(name, f"/dokumentasi/{number}/berkas") for number, name in enumerate(names)
    ]
    assets, findings = gather(named, folder_source(folder))
    return sorted(assets), [(f.code, f.level, f.pointer) for f in findings]


def test_a_picture_in_the_folder_of_the_input_is_taken_once_however_often_it_is_named(folder):
    assert found(folder, "foto/satu.jpg", "foto/satu.jpg") == (["foto/satu.jpg"], [])


def test_each_picture_that_is_missing_is_an_error_at_its_place(folder):
    assert found(folder, "foto", "dua.jpg", "foto/satu.jpg", "a" * 5000) == (
        ["foto/satu.jpg"],
        [(("G01"), "error", f"/dokumentasi/{number}/berkas") for number in (0, 1, 3)],
    )


def test_nothing_outside_the_folder_is_read(folder):
    (folder / "tautan.jpg").symlink_to(folder.parent / "luar.jpg")
    (folder / "sini.jpg").symlink_to(folder / "foto" / "satu.jpg")
    outside = ["../luar.jpg", str(folder.parent / "luar.jpg"), "tautan.jpg", "foto/../../luar.jpg"]
    assert found(folder, *outside, "sini.jpg") == (
        ["sini.jpg"],
        [("G02", "error", f"/dokumentasi/{number}/berkas") for number in range(4)],
    )


def test_a_link_in_a_circle_and_a_pipe_are_not_waited_for(folder):
    (folder / "bulat.jpg").symlink_to(folder / "bulat.jpg")
    os.mkfifo(folder / "pipa.jpg")
    assert [code for code, *_ in found(folder, "bulat.jpg", "pipa.jpg")[1]] == ["G01", "G01"]
