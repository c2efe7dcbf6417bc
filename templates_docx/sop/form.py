"""How the form asks for a SOP."""

from docgen.forms import Form, Hint, Section

FORM = Form(
    sections=(
        Section(
            "identitas",
            "Identitas",
            (
                "judul",
                "nomor",
                "unit",
                "tanggal_pembuatan",
                "tanggal_efektif",
            ),
        ),
        Section(
            "revisi",
            "Revisi",
            ("revisi_ke", "tanggal_revisi", "catatan_revisi"),
            "Untuk SOP yang baru, biarkan kosong. Pada versi berikutnya, catatan yang dikosongkan "
            "ditulis dari yang berubah saat isian diperiksa atau dokumen dibuat.",
        ),
        Section(
            "pengesah",
            "Pengesah",
            ("disahkan_oleh",),
            "Yang dikosongkan diambil dari data Sekretaris satker.",
        ),
        Section("dasar-hukum", "Dasar hukum", ("dasar_hukum",)),
        Section(
            "kualifikasi",
            "Kualifikasi dan lainnya",
            ("kualifikasi_pelaksana", "keterkaitan", "peralatan", "pencatatan", "peringatan"),
            "Satu butir per baris.",
        ),
        Section(
            "pelaksana",
            "Pelaksana",
            ("pelaksana",),
            "Urutan ini menjadi urutan kolom pada gambar, dari kiri ke kanan. "
            "Mulailah dari yang pertama bertindak.",
        ),
        Section(
            "langkah",
            "Langkah",
            ("langkah",),
            "Satu baris satu kegiatan. Tulis kegiatannya saja; siapa yang mengerjakan dipilih "
            "pada kolom Pelaksana.",
        ),
        Section("opsi", "Tata letak", ("opsi",), "Boleh dibiarkan kosong."),
    ),
    hints={
        "judul": Hint(width="full"),
        "nomor": Hint(width="medium", numbers="sop", own=True),
        "unit": Hint(width="medium"),
        "tanggal_pembuatan": Hint("date", "short", own=True),
        "tanggal_revisi": Hint("date", "short", own=True),
        "tanggal_efektif": Hint("date", "short", own=True),
        "revisi_ke": Hint("number", "short"),
        "catatan_revisi": Hint("text_lines"),
        "disahkan_oleh": Hint("group", official="Sekretaris"),
        "disahkan_oleh/jabatan": Hint(width="medium"),
        "disahkan_oleh/sifat": Hint("choice", "medium"),
        "disahkan_oleh/nama": Hint(width="medium"),
        "disahkan_oleh/nip": Hint(width="medium"),
        "disahkan_oleh/pangkat": Hint(width="medium"),
        "dasar_hukum": Hint("lines", pool="dasar_hukum"),
        "kualifikasi_pelaksana": Hint("text_lines", "medium"),
        "keterkaitan": Hint("text_lines", "medium"),
        "peralatan": Hint("text_lines", "medium"),
        "pencatatan": Hint("text_lines", "medium"),
        "peringatan": Hint("text_lines"),
        "pelaksana": Hint("lanes"),
        "langkah": Hint(
            "sheet",
            columns=(
                ("kegiatan", "keterangan"),
                ("pelaksana", "waktu"),
                ("kelengkapan", "output"),
                ("jenis", "ya", "tidak", "lanjut", "id"),
            ),
        ),
        "langkah/*/kegiatan": Hint("area"),
        "langkah/*/pelaksana": Hint("choice", choices_from="/pelaksana", several=True),
        "langkah/*/jenis": Hint("choice"),
        "langkah/*/ya": Hint("text", "short", several=True, label="Ya ke", refers_to="langkah"),
        "langkah/*/tidak": Hint(
            "text", "short", several=True, label="Tidak ke", refers_to="langkah"
        ),
        "langkah/*/lanjut": Hint(
            "text", "short", several=True, label="Lanjut ke", refers_to="langkah"
        ),
        "langkah/*/id": Hint("text", "short", label="Tanda"),
        "langkah/*/kelengkapan": Hint("text_lines"),
        "langkah/*/output": Hint("text_lines"),
        "opsi": Hint("group"),
        "opsi/kertas": Hint("choice", "short"),
        "opsi/huruf": Hint("choice", "medium"),
        "opsi/ukuran_huruf": Hint("number", "short"),
        "opsi/gaya_mulai": Hint("choice", "medium"),
        "opsi/label_ya": Hint(width="short"),
        "opsi/label_tidak": Hint(width="short"),
    },
    gives={"sop": ("judul", "nomor")},
)
