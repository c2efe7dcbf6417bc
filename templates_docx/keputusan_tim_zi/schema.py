"""The input of a decree on the Zona Integritas team; names follow the decree's own parts."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from docgen.kinds import Bilangan, Jam, Opsi, Part, Payload, Tanggal, Teks, YaTidak

MAX_BUTIR = 100
MAX_ANGGOTA = 300
MAX_TEMBUSAN = 15
"""A longer list would not stay on one page with the signature above it."""

Penerbit = Literal["kpu", "sekretariat"]
Sifat = Literal["definitif", "Plt.", "Plh.", "Pj."]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Nomor = Annotated[
    Teks,
    BeforeValidator(_as_text),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, {"type": "integer"}]}),
]
"""A number that may carry letters or strokes: `12`, `59.a`, `7/PK.01-BA/13/2026`."""


class Diktum(Part):
    """One ruling, with its sub-items."""

    isi: Teks = Field(
        title="Isi",
        description="Urutannya (KESATU, KEDUA, …) ditulis otomatis.",
        examples=["Keputusan ini mulai berlaku pada tanggal ditetapkan."],
    )
    butir: tuple[Teks, ...] = Field(
        (),
        title="Butir",
        description="Rincian diktum; huruf a, b, c ditulis otomatis.",
        examples=["menyusun rencana kerja dan rencana aksi pembangunan Zona Integritas;"],
        max_length=MAX_BUTIR,
    )


class Penandatangan(Part):
    """Who signs; what is left out comes from the office's data."""

    jabatan: Teks | None = Field(
        None,
        title="Jabatan",
        description="Ketua atau Sekretaris. Kosong: menurut penerbitnya.",
        examples=["Ketua"],
    )
    nama: Teks | None = Field(None, title="Nama", description="Ketua: tanpa gelar.")
    nip: Teks | None = Field(
        None, title="NIP", description="18 angka.", examples=["197203141998031002"]
    )
    pangkat: Teks | None = Field(None, title="Pangkat", examples=["Pembina Tingkat I"])
    sifat: Sifat = Field("definitif", title="Bertindak sebagai")


class PejabatSalinan(Part):
    """Who certifies the copy."""

    jabatan: Teks | None = Field(
        None,
        title="Jabatan",
        description="Kosong: kepala bagian atau subbagian yang membidangi hukum.",
        examples=["Kepala Subbagian Teknis Penyelenggaraan Pemilu dan Hukum"],
    )
    nama: Teks | None = Field(None, title="Nama")
    nip: Teks | None = Field(None, title="NIP", description="18 angka.")


class Anggota(Part):
    """One member of the team: one row of Lampiran I."""

    nama: Teks = Field(title="Nama", examples=["Rina Marlina"])
    nip: Teks | None = Field(
        None, title="NIP", description="18 angka.", examples=["197203141998031002"]
    )
    jabatan_dinas: Teks = Field(title="Jabatan dalam dinas", examples=["Kepala Subbagian Hukum"])
    kedudukan: Teks = Field(title="Kedudukan dalam tim", examples=["Koordinator"])


class Kelompok(Part):
    """A group of the team, such as one of the six areas."""

    kelompok: Teks = Field(title="Kelompok", examples=["Area Manajemen Perubahan"])
    anggota: tuple[Anggota, ...] = Field(
        (), title="Anggota", description="Satu baris satu orang.", max_length=MAX_ANGGOTA
    )


class UraianTugas(Part):
    """The duties of a group: one heading of Lampiran II."""

    kelompok: Teks = Field(title="Kelompok", examples=["Area Manajemen Perubahan"])
    tugas: tuple[Teks, ...] = Field(
        title="Tugas",
        examples=["menyusun rencana pembangunan Zona Integritas;"],
        min_length=1,
        max_length=MAX_BUTIR,
    )


class Peserta(Part):
    """Somebody who took part in the plenary; the Ketua and every Anggota sign."""

    nama: Teks = Field(title="Nama")
    jabatan: Teks = Field(title="Jabatan", examples=["Anggota"])


class Pleno(Part):
    """The plenary meeting that decided on the team: what its berita acara is made from."""

    nomor: Nomor | None = Field(None, title="Nomor berita acara", examples=["7/PK.01-BA/13/2026"])
    tentang: Teks | None = Field(
        None,
        title="Tentang",
        description="Judul berita acara. Kosong: agenda yang tunggal, atau judul keputusan.",
    )
    tanggal: Tanggal = Field(title="Tanggal rapat")
    mulai: Jam | None = Field(None, title="Mulai", examples=["10.00"])
    selesai: Jam | None = Field(None, title="Selesai", examples=["11.30"])
    tempat: Teks = Field(title="Tempat", examples=["Ruang Rapat KPU Kota Padang"])
    jenis: Literal["rutin", "tertutup", "terbuka"] = Field("rutin", title="Jenis rapat pleno")
    agenda: tuple[Teks, ...] = Field(
        title="Agenda",
        examples=["Pembentukan Tim Kerja Pembangunan Zona Integritas Tahun 2026"],
        min_length=1,
        max_length=MAX_BUTIR,
    )
    peserta: tuple[Peserta, ...] = Field(
        title="Peserta",
        description="Ketua dan semua Anggota menandatangani berita acara.",
        min_length=1,
        max_length=MAX_BUTIR,
    )
    keputusan: tuple[Teks, ...] = Field(
        title="Keputusan rapat",
        examples=["menyetujui pembentukan Tim Kerja Pembangunan Zona Integritas Tahun 2026;"],
        min_length=1,
        max_length=MAX_BUTIR,
    )


class KeputusanTim(Payload):
    """A decree that forms the team, and the plenary meeting that decided on it."""

    penerbit: Penerbit | None = Field(
        None,
        title="Penerbit",
        description=(
            "kpu: ditandatangani Ketua; sekretariat: ditandatangani Sekretaris. "
            "Kosong: menurut jabatan penanda tangan."
        ),
    )
    nomor: Nomor | None = Field(
        None, title="Nomor", description="Boleh kosong sampai diberi nomor.", examples=["12"]
    )
    tahun: Annotated[Bilangan, Field(ge=1945, le=2100)] | None = Field(
        None,
        title="Tahun",
        description="Tahun nomor. Kosong: tahun tanggal penetapan.",
        examples=["2026"],
    )
    tentang: Teks = Field(
        title="Tentang",
        description="Judul keputusan, huruf awal kapital, tanpa kata “tentang”.",
        examples=["Tim Kerja Pembangunan Zona Integritas Tahun 2026"],
    )
    menimbang: tuple[Teks, ...] = Field(
        title="Menimbang",
        description="Awali dengan “bahwa”. Butir penutup dibuat otomatis.",
        examples=["bahwa pembangunan Zona Integritas memerlukan tim kerja"],
        min_length=1,
        max_length=MAX_BUTIR,
    )
    mengingat: tuple[Teks, ...] = Field(
        title="Mengingat",
        description="Dari yang tertinggi: undang-undang, peraturan pemerintah, seterusnya.",
        examples=["Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum (…)"],
        min_length=1,
        max_length=MAX_BUTIR,
    )
    memperhatikan: tuple[Teks, ...] = Field(
        (),
        title="Memperhatikan",
        description="Misalnya berita acara rapat pleno yang memutuskan tim.",
        max_length=MAX_BUTIR,
    )
    diktum: tuple[Diktum, ...] = Field(title="Diktum", min_length=1, max_length=MAX_BUTIR)
    ditetapkan_di: Teks | None = Field(
        None, title="Ditetapkan di", description="Kosong: ibu kota satker.", examples=["Padang"]
    )
    tanggal: Tanggal | None = Field(None, title="Tanggal penetapan")
    penandatangan: Penandatangan = Field(
        Penandatangan(),
        title="Penanda tangan",
        description="Yang dikosongkan diambil dari data satker.",
    )
    salinan: YaTidak = Field(
        False,
        title="Salinan",
        description="ya: bertanda SALINAN, dengan “Salinan sesuai dengan aslinya”.",
    )
    salinan_oleh: PejabatSalinan = Field(PejabatSalinan(), title="Yang mengesahkan salinan")
    tembusan: tuple[Teks, ...] = Field(
        (), title="Tembusan", examples=["Ketua KPU RI di Jakarta"], max_length=MAX_TEMBUSAN
    )
    tim: tuple[Kelompok, ...] = Field(
        title="Kelompok tim",
        min_length=1,
        max_length=MAX_BUTIR,
    )
    uraian_tugas: tuple[UraianTugas, ...] = Field(
        (),
        title="Uraian tugas",
        max_length=MAX_BUTIR,
    )
    pleno: Pleno | None = Field(
        None, title="Rapat pleno", description="Untuk naskah Berita Acara; boleh kosong."
    )
    opsi: Opsi = Field(Opsi(), title="Tata letak")
