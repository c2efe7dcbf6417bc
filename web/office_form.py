"""How an office is asked for what it says of itself."""

from docgen.forms import Form, Hint, Section
from docgen.storage import OfficeData
from web.controls import FormSection, model_sections

FORM = Form(
    sections=(
        Section(
            "pejabat",
            "Pejabat",
            ("pejabat",),
            "Mengganti pejabat tidak mengubah dokumen yang sudah dibuat. Pejabat lama cukup diberi "
            "hari terakhirnya.",
        ),
        Section(
            "kop",
            "Kop dan alamat",
            ("ibu_kota", "alamat", "telepon", "email"),
            "Yang dikosongkan memakai data bawaan.",
        ),
    ),
    hints={
        "pejabat": Hint("rows"),
        "pejabat/*/nama": Hint(width="medium"),
        "pejabat/*/jabatan": Hint(width="medium"),
        "pejabat/*/sifat": Hint("choice", "short"),
        "pejabat/*/nip": Hint(width="medium"),
        "pejabat/*/pangkat": Hint(width="medium"),
        "pejabat/*/mulai": Hint("date", "short"),
        "pejabat/*/sampai": Hint("date", "short"),
        "ibu_kota": Hint(width="medium"),
        "alamat": Hint(width="full"),
        "telepon": Hint(width="medium"),
        "email": Hint(width="medium"),
    },
)


def office_sections() -> tuple[FormSection, ...]:
    """The form's sections, in order."""
    return model_sections(OfficeData, FORM)
