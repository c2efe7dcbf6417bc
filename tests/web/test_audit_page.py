"""The page that says who did what."""

import re
from pathlib import Path

import docgen.storage
from docgen.storage import Tokens
from web.views.audit import ACTION_WORDS, SHOWN


def test_every_deed_has_words():
    sources = Path(docgen.storage.__file__).parent.glob("*.py")
    written = set()
    for path in sources:
        written |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    deeds = {one for one in written if one.split(".")[0] in {w.split(".")[0] for w in ACTION_WORDS}}
    assert deeds - ACTION_WORDS.keys() <= {
        "document.generated",
        "document.failed",
        "batch.finished",
    }
    assert ACTION_WORDS.keys() <= deeds


def test_deeds_are_told_in_words_a_page_at_a_time(client, database):
    assert "Belum ada catatan" in client.get("/catatan").text
    for number in range(SHOWN + 1):
        sent = {"nama": f"Token {number}", "satker": "13", "boleh": "read", "per_menit": "0"}
        client.send("/sambungan/token/baru", sent)
    page = client.get("/catatan").text
    assert "Membuat token" in page
    assert page.count("<tr>") == SHOWN + 1
    older = re.search(r"/catatan\?sesudah=\w+", page)[0]
    assert client.get(older).text.count("<tr>") == 2
    assert len(Tokens(database).within(docgen.storage.Scope("00"))) == SHOWN + 1


def test_a_deed_about_another_office_is_not_told(client, signed_in_for):
    client.send(
        "/sambungan/token/baru",
        {"nama": "Rahasia", "satker": "13", "boleh": "read", "per_menit": "0"},
    )
    assert "Rahasia" in client.get("/catatan").text
    assert "Rahasia" not in signed_in_for("13.71").get("/catatan").text
