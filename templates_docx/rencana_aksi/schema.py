"""The input of a rencana aksi: the plan and what came of it, one record for both naskah."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from docgen.kinds import Bilangan, Opsi, Part, Payload, Tanggal, Teks, TeksAtauDaftar
from docgen.zi import Predikat, areas, find_area, nearest_area

MAX_BARIS = 500
MAX_ANGGARAN = 10**15

Jadwal = Literal["bulan", "triwulan"]
Periode = Literal["tw1", "tw2", "tw3", "tw4"]
Sifat = Literal["definitif", "Plt.", "Plh.", "Pj."]

PERIODE: tuple[Periode, ...] = ("tw1", "tw2", "tw3", "tw4")
ROMAWI = ("I", "II", "III", "IV")

_GROUPED = re.compile(r"(?:Rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,0{1,2}|,-)?", re.IGNORECASE)


def _number_or_text(value: object) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}".replace(".", ",")
    return value


def _area(value: object) -> object:
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return value
    if found := find_area(str(value)):
        return found.nama
    near = nearest_area(str(value))
    raise PydanticCustomError(
        "area",
        "bukan nama area perubahan",
        {
            "hint": f"Mungkin “{near.nama}”?"
            if near
            else f"Pilihannya: {', '.join(area.nama for area in areas())}."
        },
    )


def _period(value: object) -> object:
    if isinstance(value, (str, int)):
        word = re.sub(r"^(triwulan|tw)?[\s_-]*", "", str(value).strip().casefold()).upper()
        if word in ROMAWI:
            return PERIODE[ROMAWI.index(word)]
        if word in {"1", "2", "3", "4"}:
            return f"tw{word}"
    return value


def _rupiah(value: object) -> object:
    if isinstance(value, str) and (found := _GROUPED.fullmatch(value.strip())):
        return found[1].replace(".", "")
    return value


def _months(value: object) -> object:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


Area = Annotated[
    str, BeforeValidator(_area), WithJsonSchema({"enum": [area.nama for area in areas()]})
]
"""One of the six areas, by its official name; older names and the number are understood."""

Takaran = Annotated[
    Teks, BeforeValidator(_number_or_text), WithJsonSchema({"type": "string", "minLength": 1})
]
"""A target or what was reached of it: `25%`, `1 dokumen`."""

Rupiah = Annotated[
    Bilangan,
    BeforeValidator(_rupiah),
    Field(ge=0, le=MAX_ANGGARAN),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": MAX_ANGGARAN},
                {"type": "string", "pattern": r"^\d{1,15}$"},
            ]
        }
    ),
]
"""Whole rupiah; `1.500.000` and `Rp1.500.000,00` are understood."""

Bulan = Annotated[Bilangan, Field(ge=1, le=12)]

_MONTH_SCHEMA = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": 12}, {"enum": [*map(str, range(1, 13))]}]
}


class OpsiRencana(Opsi):
    """How the plan is laid out, and which quarter the report is about."""

    jadwal: Jadwal = Field(
        "bulan",
        title="Jadwal",
        description="bulan: kisi dua belas bulan; triwulan: jadwal diarsir pada kolom triwulan.",
    )
    periode: Annotated[Periode, BeforeValidator(_period)] | None = Field(
        None,
        title="Periode laporan",
        description="Triwulan yang dilaporkan. Kosong: yang terakhir ada realisasinya.",
    )


class Triwulan(Part):
    """A value for each quarter, where there is one."""

    tw1: Takaran | None
    tw2: Takaran | None
    tw3: Takaran | None
    tw4: Takaran | None

    def pada(self, periode: Periode) -> str:
        """What stands there for the quarter; empty where nothing does, or a dash."""
        words = (getattr(self, periode) or "").strip()
        return "" if words == "-" else words

    @property
    def terisi(self) -> tuple[Periode, ...]:
        """The quarters that have a value."""
        return tuple(periode for periode in PERIODE if self.pada(periode))


class Target(Triwulan):
    """What is to be reached in each quarter, or by its end."""

    tw1: Takaran | None = Field(None, title="Target triwulan I", examples=["25%"])
    tw2: Takaran | None = Field(None, title="Target triwulan II", examples=["50%"])
    tw3: Takaran | None = Field(None, title="Target triwulan III", examples=["75%"])
    tw4: Takaran | None = Field(None, title="Target triwulan IV", examples=["1 dokumen"])


class Realisasi(Triwulan):
    """What was reached in each quarter, or by its end."""

    tw1: Takaran | None = Field(None, title="Realisasi triwulan I", examples=["25%"])
    tw2: Takaran | None = Field(None, title="Realisasi triwulan II", examples=["40%"])
    tw3: Takaran | None = Field(None, title="Realisasi triwulan III", examples=["75%"])
    tw4: Takaran | None = Field(None, title="Realisasi triwulan IV", examples=["1 dokumen"])


class Penandatangan(Part):
    """Who signs; what is left out comes from the satker's data."""

    jabatan: Teks | None = Field(None, title="Jabatan", examples=["Ketua Tim"])
    nama: Teks | None = Field(
        None, title="Nama dan gelar", description="Lengkap dengan gelar.", examples=["Rina, S.H."]
    )
    nip: Teks | None = Field(
        None, title="NIP", description="18 angka.", examples=["197203141998031002"]
    )
    pangkat: Teks | None = Field(None, title="Pangkat", examples=["Pembina Tingkat I"])
    sifat: Sifat = Field("definitif", title="Bertindak sebagai")


class Laporan(Part):
    """What only the monitoring report says; its figures come from the rows."""

    nomor: Teks | None = Field(None, title="Nomor laporan", examples=["12/PW.02-LAP/1371/2026"])
    tanggal: Tanggal | None = Field(None, title="Tanggal laporan")
    simpulan: TeksAtauDaftar = Field(
        (), title="Simpulan", description="Kosong: disusun dari angka capaian."
    )
    rekomendasi: TeksAtauDaftar = Field(
        (),
        title="Rekomendasi",
        examples=["Melengkapi eviden triwulan ini sebelum rapat berikutnya"],
    )


class Baris(Part):
    """One row: a rencana kerja of an area with what is done for it."""

    area: Area = Field(title="Area", description="Salah satu dari enam area perubahan.")
    lke: Teks | None = Field(
        None,
        title="Kode LKE",
        description="Pertanyaan LKE yang dijawab oleh rencana ini.",
        examples=["A.I.1.i.a"],
    )
    rencana_kerja: Teks = Field(
        title="Rencana kerja",
        description="Baris dengan kode LKE dan rencana kerja yang sama digabung selnya.",
        examples=["Membentuk tim kerja Zona Integritas"],
    )
    kegiatan: TeksAtauDaftar = Field(
        (), title="Kegiatan", examples=["Rapat pleno penetapan tim kerja"]
    )
    output: TeksAtauDaftar = Field((), title="Output", examples=["Keputusan tim kerja"])
    indikator: Teks | None = Field(
        None, title="Indikator", examples=["Dokumen tersedia dan dilaksanakan"]
    )
    target: Target = Field(
        Target(), title="Target setahun", description="Persen atau jumlah dengan satuannya."
    )
    jadwal: Annotated[
        tuple[Bulan, ...],
        BeforeValidator(_months),
        WithJsonSchema({"type": "array", "items": _MONTH_SCHEMA}),
    ] = Field(
        (), title="Bulan pelaksanaan", description="Nomor bulan, 1 sampai 12.", examples=["1"]
    )
    penanggung_jawab: TeksAtauDaftar = Field(
        (), title="Penanggung jawab", examples=["Subbagian Hukum dan SDM"]
    )
    anggaran: Rupiah | None = Field(None, title="Anggaran (rupiah)", examples=["1500000"])
    realisasi: Realisasi = Field(
        Realisasi(), title="Realisasi", description="Yang sudah dicapai, dengan satuan targetnya."
    )
    eviden: TeksAtauDaftar = Field(
        (),
        title="Eviden",
        description="Nama berkas atau tautan buktinya.",
        examples=["Keputusan Nomor 5 Tahun 2026"],
    )
    kendala: TeksAtauDaftar = Field((), title="Kendala", examples=["Jadwal narasumber bergeser"])
    tindak_lanjut: TeksAtauDaftar = Field(
        (), title="Tindak lanjut", examples=["Menetapkan jadwal pengganti bulan depan"]
    )
    keterangan: Teks | None = Field(None, title="Keterangan")


class RencanaAksi(Payload):
    """A year's plan for building the Zona Integritas, with its realisation."""

    judul: Teks = Field(
        title="Judul",
        description="Tanpa tahun dan tanpa nama satker.",
        examples=["Rencana Aksi Pembangunan Zona Integritas"],
    )
    tahun: Annotated[Bilangan, Field(ge=2000, le=2100)] = Field(title="Tahun", examples=["2026"])
    predikat: Predikat | None = Field(
        None, title="Predikat yang dituju", description="WBK atau WBBM."
    )
    nomor: Teks | None = Field(None, title="Nomor", description="Boleh kosong.")
    ditetapkan_di: Teks | None = Field(
        None, title="Ditetapkan di", description="Kosong: ibu kota satker.", examples=["Padang"]
    )
    tanggal: Tanggal | None = Field(None, title="Tanggal penetapan")
    penandatangan: Penandatangan = Field(
        Penandatangan(),
        title="Penanda tangan",
        description="Yang dikosongkan diambil dari data Sekretaris satker.",
    )
    mengetahui: Penandatangan | None = Field(
        None, title="Mengetahui", description="Penanda tangan di sebelah kiri, bila ada."
    )
    baris: tuple[Baris, ...] = Field(
        title="Baris",
        description="Satu baris satu rencana kerja; urutan areanya diatur sendiri.",
        min_length=1,
        max_length=MAX_BARIS,
    )
    laporan: Laporan = Field(
        Laporan(),
        title="Laporan triwulanan",
        description="Hanya untuk laporan monitoring dan evaluasi.",
    )
    opsi: OpsiRencana = Field(OpsiRencana(), title="Tata letak")

    @property
    def periode(self) -> Periode | None:
        """The quarter reported: as asked, else the last with a realisation, None where none has."""
        if self.opsi.periode:
            return self.opsi.periode
        filled = {periode for baris in self.baris for periode in baris.realisasi.terisi}
        return max(filled, default=None)
