"""How the form asks for a rencana aksi."""

from docgen.forms import Form, Hint, Section

_SIGNER = {
    "jabatan": Hint(width="medium"),
    "sifat": Hint("choice", "medium"),
    "nama": Hint(width="medium"),
    "nip": Hint(width="medium"),
    "pangkat": Hint(width="medium"),
}
_QUARTERS = {f"tw{number}": Hint("text", "short") for number in range(1, 5)}

FORM = Form(
    sections=(
        Section("identitas", "Identitas", ("judul", "tahun", "predikat", "nomor")),
        Section(
            "penanda-tangan",
            "Penanda tangan",
            ("ditetapkan_di", "tanggal", "penandatangan"),
            "Yang dikosongkan diambil dari data satker.",
        ),
        Section(
            "mengetahui",
            "Mengetahui",
            ("mengetahui",),
            "Kosongkan bila hanya satu orang yang menandatangani.",
        ),
        Section(
            "baris",
            "Rencana kerja",
            ("baris",),
            "Satu baris satu rencana kerja. Areanya boleh tidak berurutan: naskah mengurutkannya.",
        ),
        Section(
            "laporan",
            "Laporan monitoring dan evaluasi",
            ("laporan",),
            "Angkanya dihitung dari target dan realisasi setiap baris.",
        ),
        Section("opsi", "Tata letak", ("opsi",), "Boleh dibiarkan kosong."),
    ),
    hints={
        "judul": Hint(width="full"),
        "tahun": Hint("number", "short"),
        "predikat": Hint("choice", "short"),
        "nomor": Hint(width="medium", numbers="matriks", own=True),
        "ditetapkan_di": Hint(width="medium", office="ibu_kota"),
        "tanggal": Hint("date", "short", own=True),
        "penandatangan": Hint("group", official="Sekretaris"),
        **{f"penandatangan/{key}": hint for key, hint in _SIGNER.items()},
        "mengetahui": Hint("group"),
        **{f"mengetahui/{key}": hint for key, hint in _SIGNER.items()},
        "baris": Hint("rows"),
        "baris/*/area": Hint("choice"),
        "baris/*/lke": Hint("text", "short"),
        "baris/*/rencana_kerja": Hint("area"),
        "baris/*/penanggung_jawab": Hint("text_lines"),
        "baris/*/kegiatan": Hint("text_lines"),
        "baris/*/output": Hint("text_lines"),
        "baris/*/target": Hint("group"),
        **{f"baris/*/target/{key}": hint for key, hint in _QUARTERS.items()},
        "baris/*/realisasi": Hint("group"),
        **{f"baris/*/realisasi/{key}": hint for key, hint in _QUARTERS.items()},
        "baris/*/jadwal": Hint("text", "short", several=True),
        "baris/*/anggaran": Hint("number", "short"),
        "baris/*/eviden": Hint("text_lines"),
        "baris/*/kendala": Hint("text_lines"),
        "baris/*/tindak_lanjut": Hint("text_lines"),
        "laporan": Hint("group"),
        "laporan/nomor": Hint(width="medium", numbers="laporan_monev", own=True),
        "laporan/tanggal": Hint("date", "short", own=True),
        "laporan/simpulan": Hint("text_lines"),
        "laporan/rekomendasi": Hint("text_lines"),
        "opsi": Hint("group"),
        "opsi/kertas": Hint("choice", "short"),
        "opsi/huruf": Hint("choice", "medium"),
        "opsi/ukuran_huruf": Hint("number", "short"),
        "opsi/jadwal": Hint("choice", "short"),
        "opsi/periode": Hint("choice", "short"),
    },
)
