"""What a reviewer would raise about a SOP that can be drawn.

All of it is a warning: real SOPs break these rules, and their owners must see them drawn. The codes
are those of the catalogue: F flow, D decision, K wording, M mutu baku, P pelaksana, I identity; T, in `tata_letak`, are ours.
"""

import functools
import itertools
import re
from collections.abc import Iterator

from docgen.findings import Finding, pointer
from docgen.peraturan import outdated_in
from docgen.review import nip_problem
from docgen.satker import Satker, mentions_of_other_office, mentions_region
from templates_docx.sop import mutu_baku
from templates_docx.sop.flow import jenis_of
from templates_docx.sop.schema import Langkah, Sop

SUMBER = "PermenPAN-RB 35/2012"
LONGEST_KEGIATAN = 150
OWN_OF_OFFICE = {
    "nomor",
    "tanggal_pembuatan",
    "tanggal_revisi",
    "revisi_ke",
    "catatan_revisi",
    "tanggal_efektif",
    "disahkan_oleh",
}
"""What no master states: these come from the office that takes it over."""

_VERB = re.compile(r"(?:me[a-z]{2,}|ber[a-z]{2,})", re.IGNORECASE)
_ENUMERATOR = re.compile(r"^(?:[a-z][.)]\s+|[\W\d_]+)+", re.IGNORECASE)
_SECOND_VERB = re.compile(
    r"(?:\b(?:dan|serta|lalu|kemudian|selanjutnya)|,)\s+((?:me|ber)[a-z]{3,})\b", re.IGNORECASE
)
# Words that begin like verbs and are none.
NOT_VERBS = frozenset(
    "berkas berita media meja memo mekanisme metode menteri meterai merek mesin berkala bersama "
    "berikut berlaku berwenang berkaitan berdasarkan berupa mengenai melalui menuju menurut "
    "merupakan memadai berbeda bersangkutan berkepentingan medis mereka bernilai berisi".split()
)


def check(sop: Sop, satker: Satker) -> list[Finding]:
    """All warnings, in the order in which a reader meets their places."""
    return [
        *_identity(sop, satker),
        *_texts(sop, satker),
        *_actors(sop),
        *_flow(sop),
        *(finding for position in range(len(sop.langkah)) for finding in _step(sop, position)),
        *mutu_baku.check(sop),
    ]


def _warn(code: str, place: str, message: str, hint: str, source: str = SUMBER) -> Finding:
    return Finding(code, "warning", place, message, hint, source)


def _identity(sop: Sop, satker: Satker) -> Iterator[Finding]:
    if not _is_bare_master(sop):
        yield from _unfilled(sop, satker)
    yield from _dates(sop)
    if sop.disahkan_oleh.nip:
        yield from _nip(sop.disahkan_oleh.nip)
    for key, label in (
        ("dasar_hukum", "Dasar hukum"),
        ("kualifikasi_pelaksana", "Kualifikasi pelaksana"),
        ("peralatan", "Peralatan dan perlengkapan"),
        ("peringatan", "Peringatan"),
        ("pencatatan", "Pencatatan dan pendataan"),
    ):
        if not getattr(sop, key):
            yield _warn("I01", pointer(key), f"{label}: belum diisi.", "Isi sebelum disahkan.")


def _is_bare_master(sop: Sop) -> bool:
    """Whether nobody has yet filled in what a master leaves open to its office."""
    return sop.master is not None and not OWN_OF_OFFICE & sop.model_fields_set


def _unfilled(sop: Sop, satker: Satker) -> Iterator[Finding]:
    """What every office fills in for itself."""
    if sop.nomor is None:
        yield _warn(
            "I02",
            pointer("nomor"),
            "Nomor: belum diisi.",
            "Biarkan kosong bila nomornya diberikan kemudian.",
        )
    jabatan = sop.disahkan_oleh.jabatan or "Sekretaris"
    if sop.disahkan_oleh.nama is None and not any(p.jabatan == jabatan for p in satker.pejabat):
        yield _warn(
            "I03",
            _place_of_name(sop),
            f"Pengesah: nama {jabatan} belum diketahui.",
            "Isi namanya, atau lengkapi data pejabat satker.",
        )
    for key, label in (
        ("tanggal_pembuatan", "Tanggal pembuatan"),
        ("tanggal_efektif", "Tanggal efektif"),
    ):
        if getattr(sop, key) is None:
            yield _warn("I02", pointer(key), f"{label}: belum diisi.", "Isi sebelum disahkan.")


def _place_of_name(sop: Sop) -> str:
    """The missing name's place, or that of the whole signatory where nothing of them is stated."""
    parts = ("nama",) if "disahkan_oleh" in sop.model_fields_set else ()
    return pointer("disahkan_oleh", *parts)


def _dates(sop: Sop) -> Iterator[Finding]:
    order = [
        ("tanggal_pembuatan", "tanggal pembuatan", sop.tanggal_pembuatan),
        ("tanggal_revisi", "tanggal revisi", sop.tanggal_revisi),
        ("tanggal_efektif", "tanggal efektif", sop.tanggal_efektif),
    ]
    known = [(key, label, day) for key, label, day in order if day is not None]
    for (_, before, first), (key, label, second) in itertools.pairwise(known):
        if second < first:
            yield _warn(
                "I12",
                pointer(key),
                f"{label.capitalize()}: mendahului {before}.",
                "Urutannya: pembuatan, revisi, efektif.",
            )


def _nip(text: str) -> Iterator[Finding]:
    if problem := nip_problem(text):
        yield _warn(
            "I11",
            pointer("disahkan_oleh", "nip"),
            f"Pengesah, NIP: {problem}.",
            "Bandingkan dengan SK atau kartu pegawai.",
        )


def _texts(sop: Sop, satker: Satker) -> Iterator[Finding]:
    for steps, text in _all_texts(sop):
        if _is_unremarkable(text):
            continue
        place, label = pointer(*steps), _label(*steps)
        if _has_marks(text):
            yield _warn(
                "I10",
                place,
                f"{label}: ada tanda isian yang belum diganti.",
                "Ganti atau hapus.",
                "",
            )
        for one in outdated_in(text):
            yield _warn("I13", place, f"{label}: {one.wrong}.", one.instead, "")
        for name in mentions_of_other_office(text, satker):
            yield _warn(
                "I14",
                place,
                f"{label}: menyebut {name}, padahal SOP ini milik {satker.nama}.",
                "Ganti bila ini sisa salinan dari satker lain.",
                "",
            )


# Many offices' SOPs say the same: what nothing can be said of is found once.
@functools.lru_cache(maxsize=8192)
def _is_unremarkable(text: str) -> bool:
    return not (_has_marks(text) or outdated_in(text) or mentions_region(text))


def _has_marks(text: str) -> bool:
    return "{{" in text or "{%" in text


_LISTS = {
    "dasar_hukum": "Dasar hukum",
    "kualifikasi_pelaksana": "Kualifikasi pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan": "Peralatan",
    "peringatan": "Peringatan",
    "pencatatan": "Pencatatan",
    "pelaksana": "Pelaksana",
}
_LABELS = {"judul": "Nama SOP", "unit": "Unit", **_LISTS, "langkah": "Langkah"}


def _all_texts(sop: Sop) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text with the keys and positions that lead to it."""
    yield ("judul",), sop.judul
    if sop.unit:
        yield ("unit",), sop.unit
    for key in _LISTS:
        for position, text in enumerate(getattr(sop, key)):
            yield (key, position), text
    for position, step in enumerate(sop.langkah):
        for key, text in _step_texts(step):
            yield ("langkah", position, key), text


def _label(key: str | int, position: int | str | None = None, *inside: str | int) -> str:
    """The place in words: `Langkah 3, kegiatan`."""
    number = f" {int(position) + 1}" if position is not None else ""
    return ", ".join([f"{_LABELS[str(key)]}{number}", *map(str, inside)])


def _step_texts(step: Langkah) -> Iterator[tuple[str, str]]:
    yield "kegiatan", step.kegiatan
    yield "kelengkapan", "\n".join(step.kelengkapan)
    yield "output", "\n".join(step.output)
    yield "keterangan", step.keterangan or ""


def _actors(sop: Sop) -> Iterator[Finding]:
    used = list(dict.fromkeys(label for step in sop.langkah for label in step.pelaksana))
    for position, label in enumerate(sop.pelaksana):
        if label not in used:
            yield _warn(
                "P04",
                pointer("pelaksana", position),
                f"Pelaksana {position + 1}: “{label}” tidak mengerjakan langkah apa pun.",
                "Hapus kolomnya, atau pilih di langkah yang dikerjakannya.",
            )
    columns = [label for label in sop.pelaksana if label in used]
    if columns != used:
        yield _warn(
            "P05",
            pointer("pelaksana"),
            "Pelaksana: urutan kolom berbeda dari urutan pertama kali bertindak.",
            f"Urutan menurut langkah: {', '.join(used)}.",
        )


_OWN_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s")


def _numbering(sop: Sop) -> Iterator[Finding]:
    """Marks of steps that do not tell them apart, and numbers typed before a kegiatan."""
    marks: dict[str, int] = {}
    for position, step in enumerate(sop.langkah):
        mark = (step.id or "").strip()
        first = marks.setdefault(mark, position) if mark else position
        if first != position:
            yield _warn(
                "F05",
                pointer("langkah", position, "id"),
                f"Langkah {position + 1}: tanda “{mark}” sudah dipakai langkah {first + 1}.",
                "Beri tanda yang berbeda; rujukan menuju langkah yang pertama.",
                "",
            )
        typed = _OWN_NUMBER.match(step.kegiatan)
        if typed and int(typed[1]) != position + 1:
            yield _warn(
                "F05",
                pointer("langkah", position, "kegiatan"),
                f"Langkah {position + 1}, kegiatan: bernomor {typed[1]}.",
                "Hapus nomornya; nomor langkah ditulis sendiri di kolom No.",
            )


def _flow(sop: Sop) -> Iterator[Finding]:
    yield from _numbering(sop)
    kinds = [jenis_of(sop, position) for position in range(len(sop.langkah))]
    if kinds[0] != "mulai" and len(kinds) > 1:
        yield _warn(
            "F01",
            pointer("langkah", 0),
            "Langkah 1: langkah pertama seharusnya berjenis mulai.",
            "Pilih jenis mulai, atau kosongkan jenisnya.",
        )
    for position, jenis in enumerate(kinds):
        if jenis == "mulai" and position:
            yield _warn(
                "F03",
                pointer("langkah", position, "jenis"),
                f"Langkah {position + 1}: hanya langkah pertama yang berjenis mulai.",
                "Ganti jenisnya dengan proses.",
            )
    if kinds[-1] != "selesai":
        yield _warn(
            "F02",
            pointer("langkah", len(kinds) - 1),
            f"Langkah {len(kinds)}: langkah terakhir seharusnya berjenis selesai.",
            "Pilih jenis selesai, atau pindahkan langkah selesai ke baris terakhir.",
        )


def _step(sop: Sop, position: int) -> Iterator[Finding]:
    step = sop.langkah[position]
    yield from _branching(sop, position, step)
    yield from _wording(sop, position, step)


def _branching(sop: Sop, position: int, step: Langkah) -> Iterator[Finding]:
    number = position + 1
    is_decision = jenis_of(sop, position) == "keputusan"
    if len(step.pelaksana) > 1:
        if is_decision:
            yield _warn(
                "D05",
                pointer("langkah", position, "pelaksana"),
                f"Langkah {number}: keputusan diambil oleh lebih dari satu pelaksana.",
                "Pilih satu pelaksana yang memutuskan.",
            )
        else:
            yield _warn(
                "P02",
                pointer("langkah", position, "pelaksana"),
                f"Langkah {number}: ada {len(step.pelaksana)} pelaksana dalam satu kegiatan.",
                "Pertimbangkan satu baris untuk setiap pelaksana.",
            )
    if not is_decision and (step.ya or step.tidak or len(step.lanjut) > 1):
        yield _warn(
            "D06",
            pointer("langkah", position),
            f"Langkah {number}: bercabang tanpa keputusan.",
            "Jadikan keputusan dengan jawaban, atau lanjutkan ke satu langkah.",
        )
    if is_decision and step.lanjut:
        yield _warn(
            "D07",
            pointer("langkah", position, "lanjut"),
            f"Langkah {number}: keputusan hanya bercabang lewat jawaban ya dan tidak.",
            "Kosongkan isian lanjut.",
        )


def _wording(sop: Sop, position: int, step: Langkah) -> Iterator[Finding]:
    place = pointer("langkah", position, "kegiatan")
    where = f"Langkah {position + 1}, kegiatan"
    text = step.kegiatan.strip()
    if text.endswith("?") or text.lower().startswith("apakah"):
        yield _warn(
            "K03",
            place,
            f"{where}: berbentuk pertanyaan.",
            "Tulis kegiatannya, misalnya “Memeriksa kelengkapan berkas”.",
        )
    elif actor := _actor_at_start(sop, text):
        yield _warn(
            "K02",
            place,
            f"{where}: menyebut pelakunya, “{actor}”.",
            "Mulai dengan kata kerjanya; pelakunya sudah tampak di kolom pelaksana.",
        )
    elif not _is_verb(_ENUMERATOR.sub("", text).split(" ")[0]):
        yield _warn(
            "K01",
            place,
            f"{where}: tidak diawali kata kerja aktif (me- atau ber-).",
            "Misalnya “Memverifikasi berkas”, bukan “Verifikasi berkas”.",
        )
    if any(_is_verb(match[1]) for match in _SECOND_VERB.finditer(text)):
        yield _warn(
            "K05",
            place,
            f"{where}: ada dua kegiatan dalam satu baris.",
            "Pertimbangkan memecahnya menjadi dua langkah.",
        )
    if len(text) > LONGEST_KEGIATAN:
        yield _warn(
            "K04",
            place,
            f"{where}: {len(text)} huruf; kegiatan sebaiknya paling banyak {LONGEST_KEGIATAN}.",
            "Ringkas, atau pindahkan penjelasannya ke keterangan.",
        )


def _actor_at_start(sop: Sop, text: str) -> str:
    folded = text.casefold()
    named = [label for label in sop.pelaksana if _begins_with(folded, label.casefold())]
    return max(named, key=len, default="")


def _begins_with(text: str, words: str) -> bool:
    """Whether the text begins with these words, and the last of them ends there."""
    return text.startswith(words) and not text[len(words) :][:1].isalnum()


def _is_verb(word: str) -> bool:
    bare = word.strip(".,;:()").casefold()
    return bool(_VERB.fullmatch(bare)) and bare not in NOT_VERBS
