"""The record of a meeting: every fact in one field, from which all four naskah are made."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from docgen.kinds import Bilangan, Jam, Opsi, Part, Payload, Tanggal, Teks, TeksAtauDaftar

MAX_PESERTA = 300
MAX_DOKUMENTASI = 100

JudulNaskah = Literal["Notulen", "Notula", "Risalah Rapat"]
Moda = Literal["luring", "daring", "hibrida"]
Sifat = Literal["definitif", "Plt.", "Plh.", "Pj."]


class OpsiRapat(Opsi):
    """How the papers of a meeting are laid out."""

    baris_kosong: Annotated[Bilangan, Field(ge=0, le=100)] = Field(
        0,
        title="Baris kosong di daftar hadir",
        description="Untuk peserta yang namanya belum tercatat.",
    )


class Orang(Part):
    """Somebody at the meeting."""

    nama: Teks = Field(title="Nama", examples=["Rina Wati"])
    jabatan: Teks | None = Field(None, title="Jabatan", examples=["Kepala Subbagian Hukum"])


class Petugas(Part):
    """Somebody with a task at the meeting, who may sign."""

    nama: Teks = Field(title="Nama", examples=["Rina Wati"])
    jabatan: Teks = Field(title="Jabatan", examples=["Sekretaris"])
    nip: Teks | None = Field(
        None, title="NIP", description="18 angka.", examples=["197203141998031002"]
    )
    sifat: Sifat = Field("definitif", title="Bertindak sebagai")


class Undangan(Part):
    """The letter that calls to the meeting."""

    tanggal: Tanggal = Field(title="Tanggal surat")
    kepada: TeksAtauDaftar = Field(title="Kepada", min_length=1, examples=["Para Kepala Subbagian"])
    nomor: Teks | None = Field(
        None,
        title="Nomor",
        description="Boleh kosong sampai diberi nomor.",
        examples=["15/PW.02-Und/1371/2026"],
    )
    sifat: Teks = Field("Biasa", title="Sifat", examples=["Biasa"])
    lampiran: Teks = Field("-", title="Lampiran", examples=["1 (satu) lembar"])
    penanda_tangan: Petugas | None = Field(
        None, title="Penanda tangan", description="Kosong: Ketua satker."
    )


class Narasumber(Part):
    """Somebody who speaks, and what they said."""

    nama: Teks = Field(title="Nama", examples=["Hamdan"])
    jabatan: Teks | None = Field(None, title="Jabatan", examples=["Ketua Divisi Hukum"])
    materi: TeksAtauDaftar = Field((), title="Materi", description="Satu butir satu pokok.")


class Pembahasan(Part):
    """A subject of the meeting, and what was said of it."""

    pokok: Teks = Field(title="Pokok", examples=["Pembukaan"])
    isi: TeksAtauDaftar = Field((), title="Isi", description="Satu butir satu pokok pikiran.")


class TanyaJawab(Part):
    """A question and its answer."""

    penanya: Teks = Field(title="Penanya", examples=["Rina Wati"])
    pertanyaan: Teks = Field(title="Pertanyaan")
    jawaban: Teks | None = Field(None, title="Jawaban")


class TindakLanjut(Part):
    """What is to be done, by whom, until when."""

    uraian: Teks = Field(title="Uraian", examples=["Mengevaluasi SOP setiap subbagian"])
    penanggung_jawab: Teks | None = Field(
        None, title="Penanggung jawab", examples=["Para Kepala Subbagian"]
    )
    tenggat: Tanggal | None = Field(None, title="Tenggat")


class Dokumentasi(Part):
    """A photograph of the meeting."""

    berkas: Teks = Field(
        title="Foto",
        description="JPEG atau PNG, paling besar 10 MB, di folder yang sama dengan isian.",
        examples=["foto-1.jpg"],
    )
    keterangan: Teks | None = Field(None, title="Keterangan", examples=["Suasana rapat"])


class LaporanRapat(Part):
    """What only the report says."""

    nomor: Teks | None = Field(None, title="Nomor laporan")
    tanggal: Tanggal | None = Field(None, title="Tanggal laporan")
    umum: Teks | None = Field(
        None, title="Umum", description="Latar belakang; kosong: satu kalimat dari data rapat."
    )
    maksud_tujuan: Teks | None = Field(None, title="Maksud dan tujuan")


def _title(value: object) -> object:
    return {"judul": value} if isinstance(value, str) else value


class SopDisebut(Part):
    """A procedure that the meeting took up."""

    judul: Teks = Field(title="Judul SOP", examples=["Pelayanan Informasi Publik"])
    nomor: Teks | None = Field(None, title="Nomor SOP")


_SOP_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "minLength": 1, "title": "Judul SOP"},
        {
            "type": "object",
            "properties": {
                "judul": {"type": "string", "minLength": 1, "title": "Judul SOP"},
                "nomor": {"type": "string", "minLength": 1, "title": "Nomor SOP"},
            },
            "required": ["judul"],
            "additionalProperties": False,
        },
    ]
}

Sop = Annotated[SopDisebut, BeforeValidator(_title), WithJsonSchema(_SOP_SCHEMA)]
"""A procedure by its title, or by title and number."""


class Rapat(Payload):
    """A meeting that makes Zona Integritas and the procedures known to the staff."""

    acara: Teks = Field(
        title="Acara",
        description="Nama rapat; menjadi judul semua naskah.",
        examples=["Internalisasi SOP Layanan Informasi Publik"],
    )
    judul_naskah: JudulNaskah = Field("Notulen", title="Sebutan naskah")
    nomor: Teks | None = Field(
        None, title="Nomor notulen", description="Boleh kosong bila notulen tidak dinomori."
    )
    penyelenggara: Teks | None = Field(
        None, title="Penyelenggara", description="Kosong: satker ini."
    )
    tanggal: Tanggal = Field(title="Tanggal rapat", description="Harinya dihitung sendiri.")
    mulai: Jam = Field(title="Mulai", examples=["09.00"])
    selesai: Jam | None = Field(
        None, title="Selesai", description="Kosong: ditulis “selesai”.", examples=["11.30"]
    )
    tempat: Teks = Field(title="Tempat", examples=["Aula KPU Kota Padang"])
    moda: Moda = Field("luring", title="Pelaksanaan")
    lanjutan_dari: Teks | None = Field(
        None,
        title="Lanjutan dari rapat",
        description="Diisi bila rapat ini melanjutkan rapat sebelumnya.",
    )
    dasar: TeksAtauDaftar = Field(
        (), title="Dasar", description="Surat atau peraturan yang mendasari rapat."
    )
    undangan: Undangan | None = Field(None, title="Undangan")
    pimpinan: Petugas = Field(title="Pimpinan rapat")
    notulis: Petugas = Field(title="Notulis")
    mengesahkan: Petugas | None = Field(
        None, title="Mengesahkan", description="Kosong: pimpinan rapat."
    )
    agenda: TeksAtauDaftar = Field((), title="Agenda", examples=["Pembukaan"])
    peserta: tuple[Orang, ...] = Field(title="Peserta", min_length=1, max_length=MAX_PESERTA)
    jumlah_pegawai: Annotated[Bilangan, Field(ge=1)] | None = Field(
        None,
        title="Jumlah pegawai",
        description="Seluruh pegawai yang seharusnya hadir; laporan memuat hadir dari jumlah ini.",
    )
    narasumber: tuple[Narasumber, ...] = Field((), title="Narasumber")
    pembahasan: tuple[Pembahasan, ...] = Field((), title="Pembahasan")
    sop_diinternalisasi: tuple[Sop, ...] = Field(
        (),
        title="SOP yang diinternalisasi",
        description="Judul setiap SOP, sama dengan judul pada SOP-nya.",
        examples=["Pelayanan Informasi Publik"],
    )
    area_zi: TeksAtauDaftar = Field(
        (),
        title="Area perubahan",
        description="Area Zona Integritas yang dibahas.",
        examples=["Manajemen Perubahan"],
    )
    tanya_jawab: tuple[TanyaJawab, ...] = Field((), title="Tanya jawab")
    kesimpulan: TeksAtauDaftar = Field((), title="Kesimpulan")
    tindak_lanjut: tuple[TindakLanjut, ...] = Field((), title="Tindak lanjut")
    dokumentasi: tuple[Dokumentasi, ...] = Field(
        (), title="Dokumentasi", max_length=MAX_DOKUMENTASI
    )
    laporan: LaporanRapat = Field(LaporanRapat(), title="Laporan")
    opsi: OpsiRapat = Field(OpsiRapat(), title="Tata letak")
