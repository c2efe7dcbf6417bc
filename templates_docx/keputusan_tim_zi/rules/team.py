"""Who is in the team: areas, roles that exclude each other, numbers of employees."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docgen.bahasa import daftar
from docgen.findings import Finding
from docgen.review import nip_problem
from docgen.zi import Area, areas, find_area, nearest_area
from templates_docx.keputusan_tim_zi.rules.findings import PEMBANGUNAN_ZI, Steps, warn
from templates_docx.keputusan_tim_zi.schema import Anggota, KeputusanTim

STEERING = frozenset({"pembina", "pengarah", "penasihat", "pelindung"})
LEADING = frozenset({"penanggung jawab", "ketua", "ketua tim", "sekretaris", "sekretaris tim"})
DOING = frozenset({"koordinator", "anggota", "operator"})
COORDINATING = frozenset({"koordinator", "ketua", "ketua tim", "ketua pokja", "penanggung jawab"})


def check(keputusan: KeputusanTim) -> Iterator[Finding]:
    """Findings about the team and its duties."""
    yield from _groups(keputusan)
    yield from _areas(keputusan)
    yield from _people(keputusan)
    yield from _duties(keputusan)


def area_of(kelompok: str) -> Area | None:
    """The area that a group's name means, with or without the word `Area` or `Pokja`."""
    words = kelompok.split()
    while words and words[0].casefold() in {"area", "pokja", "kelompok", "kerja", "bidang"}:
        words = words[1:]
    return find_area(" ".join(words))


def _groups(keputusan: KeputusanTim) -> Iterator[Finding]:
    for position, group in enumerate(keputusan.tim):
        steps = ("tim", position)
        if not group.anggota:
            yield warn(
                "T09",
                (*steps, "anggota"),
                f"kelompok “{group.kelompok}” belum punya anggota.",
                "Isi anggotanya, atau hapus kelompok ini.",
                PEMBANGUNAN_ZI,
                "error",
            )
        area = area_of(group.kelompok)
        if area is None and group.kelompok.casefold().startswith("area "):
            near = nearest_area(group.kelompok[5:])
            yield warn(
                "T03",
                (*steps, "kelompok"),
                f"“{group.kelompok}” bukan nama salah satu dari enam area perubahan.",
                f"Mungkin “Area {near.nama}”?" if near else "",
                PEMBANGUNAN_ZI,
            )
        if area and area.nama.casefold() not in group.kelompok.casefold():
            yield warn(
                "T03",
                (*steps, "kelompok"),
                f"“{group.kelompok}” adalah nama lama.",
                f"Sekarang “Area {area.nama}”.",
                PEMBANGUNAN_ZI,
            )
        roles = {_role(orang) for orang in group.anggota}
        if area and group.anggota and not roles & COORDINATING:
            yield warn("T04", steps, "area ini tanpa koordinator.", "Tunjuk satu koordinator.")


def _areas(keputusan: KeputusanTim) -> Iterator[Finding]:
    found = {area.nomor for group in keputusan.tim if (area := area_of(group.kelompok))}
    missing = [area.nama for area in areas() if area.nomor not in found]
    if missing:
        which = "keenam area perubahan" if not found else f"area {daftar(missing)}"
        yield warn(
            "T02",
            ("tim",),
            f"belum ada kelompok untuk {which}.",
            "Setiap area perubahan dipegang satu kelompok.",
            PEMBANGUNAN_ZI,
        )


@dataclass(frozen=True, slots=True)
class _Seat:
    """A place in the team: of which group, and in which row of it."""

    group: int
    row: int
    orang: Anggota

    @property
    def steps(self) -> Steps:
        return "tim", self.group, "anggota", self.row


def _people(keputusan: KeputusanTim) -> Iterator[Finding]:
    seats = [
        _Seat(group, row, orang)
        for group, one in enumerate(keputusan.tim)
        for row, orang in enumerate(one.anggota)
    ]
    for seat in seats:
        if seat.orang.nip and (problem := nip_problem(seat.orang.nip)):
            steps = (*seat.steps, "nip")
            yield warn("T05", steps, f"{problem}.", "Bandingkan dengan SK-nya.", "bentuk NIP")
    yield from _two_numbers(seats)
    for of_one in _by_person(seats).values():
        yield from _roles(of_one)


def _two_numbers(seats: list[_Seat]) -> Iterator[Finding]:
    """One NIP belongs to one name, one name to one NIP."""
    names: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for seat in seats:
        if not seat.orang.nip:
            continue
        nip, name = "".join(seat.orang.nip.split()), _name(seat.orang.nama)
        if names.setdefault(nip, name) != name or numbers.setdefault(name, nip) != nip:
            yield warn(
                "T06",
                (*seat.steps, "nip"),
                "NIP ini dan nama ini di tempat lain tidak sepasang.",
                "Satu NIP untuk satu nama.",
            )


def _by_person(seats: list[_Seat]) -> Mapping[str, list[_Seat]]:
    found: dict[str, list[_Seat]] = defaultdict(list)
    for seat in seats:
        found[_name(seat.orang.nama)].append(seat)
    return found


def _roles(seats: list[_Seat]) -> Iterator[Finding]:
    """Who steers does not carry out, who leads is not led, nobody sits twice in one group."""
    for position, seat in enumerate(seats):
        for before in seats[:position]:
            if seat.group == before.group:
                yield warn(
                    "T08",
                    seat.steps,
                    f"“{seat.orang.nama}” dua kali dalam satu kelompok.",
                    "Hapus salah satunya.",
                )
            elif _exclude(_role(before.orang), _role(seat.orang)):
                yield warn(
                    "T01",
                    (*seat.steps, "kedudukan"),
                    f"“{seat.orang.nama}” {seat.orang.kedudukan} di sini dan "
                    f"{before.orang.kedudukan} di kelompok {before.group + 1}; keduanya tidak "
                    "dapat dirangkap.",
                    "Pilih satu kedudukan.",
                )


def _exclude(one: str, other: str) -> bool:
    if one in STEERING or other in STEERING:
        others = LEADING | DOING
        return (one in others) or (other in others)
    return one != other and one in LEADING and other in LEADING


def _role(orang: Anggota) -> str:
    return " ".join(orang.kedudukan.casefold().split())


def _name(nama: str) -> str:
    """A name without the titles after its comma."""
    return " ".join(nama.partition(",")[0].casefold().split())


def _duties(keputusan: KeputusanTim) -> Iterator[Finding]:
    """Duties belong to a group of the team, and no group is without them."""
    if not keputusan.uraian_tugas:
        return
    groups = {_name(group.kelompok) for group in keputusan.tim}
    described = {_name(one.kelompok) for one in keputusan.uraian_tugas}
    for position, one in enumerate(keputusan.uraian_tugas):
        if _name(one.kelompok) not in groups:
            yield warn(
                "T07",
                ("uraian_tugas", position, "kelompok"),
                f"“{one.kelompok}” tidak ada dalam susunan tim.",
                "Samakan penulisannya dengan susunan tim.",
            )
    without = [group.kelompok for group in keputusan.tim if _name(group.kelompok) not in described]
    if without:
        yield warn(
            "T07",
            ("uraian_tugas",),
            f"belum ada tugas untuk {daftar(without)}.",
            "Lengkapi, agar setiap kelompok tahu tugasnya.",
        )
