"""Who may do what: five roles, each with its rights, over an office and all below it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Role = Literal["operator", "pemeriksa", "admin_satker", "admin_provinsi", "admin_pusat"]
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal[
    "lihat",  # see documents and offices
    "isi",  # fill forms, ask for documents
    "periksa",  # say that a document was checked
    "setujui",  # approve a document
    "massal",  # make many at once
    "satker",  # say who holds which post, the letterhead
    "pengguna",  # let people in
    "sambungan",  # tokens, receivers, sources
    "catatan",  # read who did what
    "acuan",  # masters, legal bases: what all offices share
]
RIGHTS: tuple[Right, ...] = get_args(Right)

_OPERATOR: frozenset[Right] = frozenset({"lihat", "isi"})
_REVIEWER: frozenset[Right] = _OPERATOR | {"periksa", "setujui"}
_ADMIN: frozenset[Right] = _REVIEWER | {"massal", "satker", "pengguna", "sambungan", "catatan"}

RIGHTS_OF: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        "operator": _OPERATOR,
        "pemeriksa": _REVIEWER,
        "admin_satker": _ADMIN,
        "admin_provinsi": _ADMIN,
        "admin_pusat": frozenset(RIGHTS),
    }
)

ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        "operator": "Operator satker",
        "pemeriksa": "Pemeriksa",
        "admin_satker": "Admin satker",
        "admin_provinsi": "Admin provinsi",
        "admin_pusat": "Admin pusat",
    }
)


def may_give(giver: Role) -> tuple[Role, ...]:
    """The roles that somebody of this role may give to others: their own and those below.

    >>> may_give("admin_satker")
    ('operator', 'pemeriksa', 'admin_satker')
    >>> may_give("operator")
    ()
    """
    return ROLES[: ROLES.index(giver) + 1] if "pengguna" in RIGHTS_OF[giver] else ()
