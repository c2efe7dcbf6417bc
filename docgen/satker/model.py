"""An office and its officials, as documents name them."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Jenis = Literal["pusat", "provinsi", "kabupaten", "kota"]
Sifat = Literal["definitif", "Plt.", "Plh.", "Pj."]

# Fixed offsets: Indonesia knows no summer time, and a bare machine may have no time zone data.
ZONES = {
    name: dt.timezone(dt.timedelta(hours=hours), name)
    for name, hours in (("WIB", 7), ("WITA", 8), ("WIT", 9))
}


@dataclass(frozen=True, slots=True)
class Pejabat:
    """Somebody who holds a post; `mulai` and `sampai` are the term's first and last day, if known."""

    jabatan: str
    nama: str
    nip: str = ""
    pangkat: str = ""
    sifat: Sifat = "definitif"
    mulai: dt.date | None = None
    sampai: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether this is the holder on that day."""
        return (self.mulai is None or self.mulai <= day) and (
            self.sampai is None or day <= self.sampai
        )


@dataclass(frozen=True, slots=True)
class Satker:
    """One office.

    `wilayah` is written as in its official name (`Kota Padang`, `Sumatera Barat`); `kode_surat` is
    the region code without its point, as letters carry it. `lambang` is a PNG or JPEG, if the
    office uploaded one.
    """

    kode: str
    jenis: Jenis
    nama: str
    nama_lengkap: str
    wilayah: str
    kode_induk: str | None
    ibu_kota: str
    zona_waktu: str
    kode_surat: str
    alamat: str = ""
    telepon: str = ""
    email: str = ""
    pejabat: tuple[Pejabat, ...] = ()
    lambang: bytes | None = None

    @property
    def is_aceh(self) -> bool:
        """Whether the office is a KIP, under UU 11/2006 tentang Pemerintahan Aceh."""
        return self.nama.startswith("KIP")

    @property
    def zona(self) -> dt.tzinfo:
        return ZONES[self.zona_waktu]

    @property
    def lembaga(self) -> str:
        return "Komisi Independen Pemilihan" if self.is_aceh else "Komisi Pemilihan Umum"

    @property
    def kop(self) -> tuple[str, str]:
        """The letterhead's two lines, in capitals."""
        return self.lembaga.upper(), self.nama_lengkap.removeprefix(self.lembaga).strip().upper()

    @property
    def ketua(self) -> Pejabat:
        return self.holder("Ketua")

    @property
    def sekretaris(self) -> Pejabat:
        return self.holder("Sekretaris")

    def holder(self, jabatan: str, day: dt.date | None = None) -> Pejabat:
        """Who holds the post, on that day if one is given; a placeholder where nobody is known.

        Of several the one whose term began last: who acts for somebody comes after them.
        """
        holders = [
            pejabat
            for pejabat in self.pejabat
            if pejabat.jabatan == jabatan and (day is None or pejabat.holds_on(day))
        ]
        if not holders:
            return Pejabat(jabatan, f"NAMA {jabatan.upper()}")
        return max(holders, key=lambda pejabat: pejabat.mulai or dt.date.min)

    def jabatan_lengkap(self, jabatan: str) -> str:
        """The post with its office: `Sekretaris KPU Kota Padang`; the national one is Jenderal."""
        if jabatan == "Sekretaris" and self.jenis == "pusat":
            return "Sekretaris Jenderal KPU"
        return f"{jabatan} {self.nama}"

    def placeholder_values(self) -> dict[str, str]:
        """What `{{ satker.X }}` stands for in a master."""
        return {
            "kode": self.kode,
            "nama": self.nama,
            "nama_lengkap": self.nama_lengkap,
            "wilayah": self.wilayah,
            "ibu_kota": self.ibu_kota,
            "zona_waktu": self.zona_waktu,
            "ketua": self.jabatan_lengkap("Ketua"),
            "sekretaris": self.jabatan_lengkap("Sekretaris"),
        }

    def as_dict(self) -> dict[str, str | None]:
        """What other programs are told of an office; no names of people."""
        return {
            "kode": self.kode,
            "jenis": self.jenis,
            "nama": self.nama,
            "nama_lengkap": self.nama_lengkap,
            "wilayah": self.wilayah,
            "kode_induk": self.kode_induk,
            "ibu_kota": self.ibu_kota,
            "zona_waktu": self.zona_waktu,
            "kode_surat": self.kode_surat,
        }
