"""Which offices somebody means, within what is theirs."""

from docgen.errors import DocgenError
from docgen.satker import registry
from docgen.storage import Scope
from docgen.storage.scope import PUSAT

BELOW_THE_CENTRE = {"provinsi", "kabupaten", "kota"}


class OutsideScope(DocgenError):
    """A selection of offices that reaches further than the one who makes it."""


def own_selector(root: str) -> str:
    """The selector of an office with all below it.

    >>> own_selector("00"), own_selector("13"), own_selector("13.71")
    ('semua', '13.*', '13.71')
    """
    if root == PUSAT:
        return "semua"
    has_below = any(office.kode_induk == root for office in registry().all())
    return f"{root}.*" if has_below else root


def checked_selector(words: str, scope: Scope) -> str:
    """The selector that was typed, without blanks.

    Raises:
        UnknownSatker: It names a code that does not exist.
        InvalidSelector: It cannot be read.
        OutsideScope: An office in it is not theirs.
    """
    selector = ",".join(part.strip() for part in words.split(","))
    foreign = [one.nama for one in registry().select(selector) if not scope.covers(one.kode)]
    if foreign:
        more = f" dan {len(foreign) - 1} lainnya" if len(foreign) > 1 else ""
        raise OutsideScope(f"{foreign[0]}{more} di luar lingkup Anda.")
    return selector


def selector_words(selector: str) -> str:
    """What a selector means, for people.

    >>> selector_words("semua"), selector_words("13.*"), selector_words("13.71,kota")
    ('Semua satker', 'KPU Provinsi Sumatera Barat dan di bawahnya', 'KPU Kota Padang, semua kota')
    """
    if set(selector.split(",")) == BELOW_THE_CENTRE:
        return "Semua satker selain pusat"
    return ", ".join(_part_words(part) for part in selector.split(","))


def _part_words(part: str) -> str:
    if part == "semua":
        return "Semua satker"
    if part.endswith(".*"):
        return f"{registry().get(part.removesuffix('.*')).nama} dan di bawahnya"
    if part.replace(".", "").isdigit():
        return registry().get(part).nama
    return f"semua {part}"
