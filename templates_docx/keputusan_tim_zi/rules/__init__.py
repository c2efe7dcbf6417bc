"""What a reviewer would raise about a decree on the team and the plenary meeting before it.

Codes: W when (dates, years, numbers), H legal basis, R wording, T team, P people who sign. Errors
are only what no decree can say: one that is older than the meeting that it rests on, and a group
without a member. All else is a warning.
"""

from docgen.findings import Finding
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi.rules import basis, dates, signing, team, texts, wording
from templates_docx.keputusan_tim_zi.schema import KeputusanTim


def check(keputusan: KeputusanTim, satker: Satker) -> list[Finding]:
    """All findings, part by part."""
    return [
        *dates.check(keputusan),
        *wording.check(keputusan, satker),
        *basis.check(keputusan, satker),
        *team.check(keputusan),
        *signing.check(keputusan, satker),
        *texts.check(keputusan, satker),
    ]
