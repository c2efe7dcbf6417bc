"""The input of a SOP: the field names are those of PermenPAN-RB 35/2012."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from docgen.kinds import Bilangan, Opsi, Part, Payload, Tanggal, Teks, TeksAtauDaftar

MAX_LANGKAH = 200
MAX_PELAKSANA = 20
"""More lanes than this are narrower than a symbol on F4 landscape."""

MAX_REVISI = 999

Jenis = Literal["mulai", "proses", "keputusan", "selesai"]
GayaMulai = Literal["langkah", "tambahan", "terpisah"]


def _targets(value: object) -> object:
    values = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(
        str(one) if isinstance(one, int) and not isinstance(one, bool) else one for one in values
    )


_TARGET_SCHEMA = {"anyOf": [{"type": "integer"}, {"type": "string", "minLength": 1}]}

Tujuan = Annotated[
    tuple[Teks, ...],
    BeforeValidator(_targets),
    WithJsonSchema(
        {"anyOf": [*_TARGET_SCHEMA["anyOf"], {"type": "array", "items": _TARGET_SCHEMA}]}
    ),
]
"""Where the flow goes: each an id of a step, else a 1-based position. One value is a list of one."""


class Master(Part):
    """What makes an input a master: its own name, and the offices that it holds for."""

    id: Teks = Field(title="Id master", examples=["paw-dprd"])
    berlaku: Teks = Field(
        title="Berlaku untuk",
        description="Satker yang memakai master ini, misalnya: provinsi,kabupaten,kota.",
        examples=["provinsi,kabupaten,kota"],
    )
    catatan: Teks | None = Field(
        None,
        title="Catatan",
        description="Bagi yang menyesuaikan master ini; tidak tercetak.",
        examples=["Titik awal untuk disesuaikan satker; bukan SOP resmi."],
    )
    sumber: tuple[Teks, ...] = Field((), title="Sumber")
    belum_diverifikasi: tuple[Teks, ...] = Field((), title="Belum diverifikasi")


class OpsiSop(Opsi):
    """How the SOP is laid out and drawn."""

    gaya_mulai: GayaMulai = Field(
        "langkah",
        title="Gambar mulai dan selesai",
        description=(
            "langkah: langkah pertama dan terakhir digambar sebagai kapsul; tambahan: kapsul "
            "ditambahkan di barisnya; terpisah: kapsul di lajur sebelah kirinya."
        ),
    )
    label_ya: Teks = Field("Ya", title="Kata untuk jawaban ya", examples=["Lengkap"])
    label_tidak: Teks = Field("Tidak", title="Kata untuk jawaban tidak", examples=["Tidak lengkap"])


class Pengesah(Part):
    """Who signs the SOP; what is left out is the satker's Sekretaris."""

    jabatan: Teks | None = Field(None, title="Jabatan", examples=["Sekretaris"])
    nama: Teks | None = Field(
        None, title="Nama dan gelar", description="Lengkap dengan gelar.", examples=["Rina, S.H."]
    )
    nip: Teks | None = Field(
        None, title="NIP", description="18 angka.", examples=["197203141998031002"]
    )
    pangkat: Teks | None = Field(None, title="Pangkat", examples=["Pembina Tingkat I"])
    sifat: Literal["definitif", "Plt.", "Plh.", "Pj."] = Field(
        "definitif", title="Bertindak sebagai"
    )


class Langkah(Part):
    """One step: one row of the flowchart."""

    kegiatan: Teks = Field(
        title="Kegiatan",
        description="Kata kerja aktif di depan, tanpa menyebut pelakunya.",
        examples=["Memeriksa kelengkapan berkas permohonan"],
    )
    pelaksana: TeksAtauDaftar = Field(
        title="Pelaksana",
        description="Nama kolom pelaksana; boleh beberapa.",
        examples=["Petugas Layanan"],
        min_length=1,
    )
    id: Teks | None = Field(
        None, title="Tanda langkah", description="Nama pendek untuk dirujuk langkah lain."
    )
    jenis: Jenis | None = Field(
        None,
        title="Jenis",
        description="Kosong: langkah pertama mulai, terakhir selesai, lainnya proses.",
    )
    ya: Tujuan = Field((), title="Bila ya, ke langkah", description="Nomor atau tanda langkah.")
    tidak: Tujuan = Field(
        (), title="Bila tidak, ke langkah", description="Nomor atau tanda langkah."
    )
    lanjut: Tujuan = Field((), title="Lanjut ke langkah", description="Kosong: langkah berikutnya.")
    kelengkapan: TeksAtauDaftar = Field((), title="Kelengkapan", examples=["Berkas permohonan"])
    waktu: Teks | None = Field(
        None,
        title="Waktu",
        description="Angka dengan satuan: menit, jam, atau hari.",
        examples=["15 menit"],
    )
    output: TeksAtauDaftar = Field((), title="Output", examples=["Berkas terperiksa"])
    keterangan: Teks | None = Field(None, title="Keterangan")


class Sop(Payload):
    """A standard operating procedure with its flowchart."""

    judul: Teks = Field(
        title="Nama SOP",
        description="Awali dengan kata benda, tanpa kata “SOP”.",
        examples=["Pelayanan Permohonan Informasi Publik"],
    )
    nomor: Teks | None = Field(
        None,
        title="Nomor",
        description="Boleh kosong sampai diberi nomor.",
        examples=["12/SOP/2026"],
    )
    unit: Teks | None = Field(
        None, title="Unit", examples=["Subbagian Keuangan, Umum, dan Logistik"]
    )
    tanggal_pembuatan: Tanggal | None = Field(
        None, title="Tanggal pembuatan", description="Tanggal SOP selesai dibuat."
    )
    tanggal_revisi: Tanggal | None = Field(
        None, title="Tanggal revisi", description="Kosong selama SOP belum pernah direvisi."
    )
    revisi_ke: Annotated[Bilangan, Field(ge=0, le=MAX_REVISI)] | None = Field(
        None, title="Revisi ke", description="0 atau kosong untuk SOP yang baru.", examples=["1"]
    )
    catatan_revisi: tuple[Teks, ...] = Field(
        (),
        title="Catatan revisi",
        description="Yang berubah sejak versi sebelumnya; tercetak sesudah langkah terakhir.",
        examples=["Langkah 3, waktu: “1 hari” menjadi “2 jam”."],
    )
    tanggal_efektif: Tanggal | None = Field(
        None, title="Tanggal efektif", description="Tanggal SOP mulai berlaku."
    )
    disahkan_oleh: Pengesah = Field(
        Pengesah(),
        title="Disahkan oleh",
        description="Yang dikosongkan diambil dari data Sekretaris satker.",
    )
    dasar_hukum: tuple[Teks, ...] = Field(
        (),
        title="Dasar hukum",
        examples=["Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik"],
    )
    kualifikasi_pelaksana: tuple[Teks, ...] = Field(
        (), title="Kualifikasi pelaksana", examples=["Memahami tata naskah dinas"]
    )
    keterkaitan: tuple[Teks, ...] = Field(
        (), title="Keterkaitan", description="SOP lain yang berkaitan.", examples=["Surat Masuk"]
    )
    peralatan: tuple[Teks, ...] = Field(
        (), title="Peralatan dan perlengkapan", examples=["Komputer, pencetak, dan pemindai"]
    )
    peringatan: tuple[Teks, ...] = Field(
        (),
        title="Peringatan",
        examples=["Apabila SOP ini tidak dilaksanakan maka pelayanan terlambat"],
    )
    pencatatan: tuple[Teks, ...] = Field(
        (), title="Pencatatan dan pendataan", examples=["Register permohonan"]
    )
    pelaksana: tuple[Teks, ...] = Field(
        title="Pelaksana",
        description="Satu kolom gambar masing-masing, dari kiri ke kanan.",
        min_length=1,
        max_length=MAX_PELAKSANA,
        examples=["Petugas Layanan"],
    )
    langkah: tuple[Langkah, ...] = Field(
        title="Langkah",
        description="Satu baris satu kegiatan.",
        min_length=1,
        max_length=MAX_LANGKAH,
    )
    master: Master | None = Field(
        None, title="Master", description="Hanya untuk master SOP yang dipakai banyak satker."
    )
    opsi: OpsiSop = Field(OpsiSop(), title="Tata letak")
