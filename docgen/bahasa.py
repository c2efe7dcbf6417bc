"""Dates, numbers and lists as Indonesian official documents write them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from num2words import num2words

BULAN = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
).split()
HARI = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()

# Words that stay small inside a title, save at its beginning (EYD V, huruf kapital pada judul).
KATA_TUGAS = frozenset(
    "di ke dari dan yang untuk pada dengan dalam atas oleh atau sebagai bagi serta terhadap "
    "tentang kepada menuju".split()
)


def tanggal(day: dt.date) -> str:
    """Write a date the Indonesian way.

    >>> tanggal(dt.date(2025, 9, 8))
    '8 September 2025'
    """
    return f"{day.day} {bulan(day.month)} {day.year}"


def hari(day: dt.date) -> str:
    """The weekday.

    >>> hari(dt.date(2026, 3, 5))
    'Kamis'
    """
    return HARI[day.weekday()]


def hari_tanggal(day: dt.date) -> str:
    """Weekday and date.

    >>> hari_tanggal(dt.date(2026, 3, 5))
    'Kamis, 5 Maret 2026'
    """
    return f"{hari(day)}, {tanggal(day)}"


def bulan(number: int) -> str:
    """The month's name, 1 for January.

    >>> bulan(8)
    'Agustus'
    """
    return BULAN[number - 1]


def tanggal_terbilang(day: dt.date) -> str:
    """A date in words, as a berita acara opens with it.

    >>> tanggal_terbilang(dt.date(2025, 8, 19))
    'Selasa, tanggal Sembilan Belas bulan Agustus tahun Dua Ribu Dua Puluh Lima'
    """
    words = f"tanggal {_besar(day.day)} bulan {bulan(day.month)} tahun {_besar(day.year)}"
    return f"{hari(day)}, {words}"


def _besar(number: int) -> str:
    return terbilang(number).title()


def pukul(time: dt.time, zona: str = "") -> str:
    """A time of day, with its zone where one is given.

    >>> pukul(dt.time(9, 5), "WIB")
    '09.05 WIB'
    """
    return f"{time:%H.%M} {zona}".rstrip()


def rentang_pukul(mulai: dt.time, selesai: dt.time | None, zona: str) -> str:
    """From when to when; without an end, `selesai`.

    >>> rentang_pukul(dt.time(9, 0), None, "WIB")
    '09.00 WIB s.d. selesai'
    >>> rentang_pukul(dt.time(9, 0), dt.time(11, 30), "WIT")
    '09.00 s.d. 11.30 WIT'
    """
    if selesai is None:
        return f"{pukul(mulai, zona)} s.d. selesai"
    return f"{pukul(mulai)} s.d. {pukul(selesai, zona)}"


def terbilang(number: int) -> str:
    """A whole number in words.

    >>> terbilang(1945)
    'seribu sembilan ratus empat puluh lima'
    >>> terbilang(-5)
    'minus lima'
    """
    words = str(num2words(abs(number), lang="id"))
    return f"minus {words}" if number < 0 else words


def angka(number: float) -> str:
    """A number with points between thousands and a comma before decimals.

    >>> angka(1234567.5), angka(1000)
    ('1.234.567,5', '1.000')
    """
    whole, _, rest = f"{number:,}".partition(".")
    grouped = whole.replace(",", ".")
    return f"{grouped},{rest}" if rest.strip("0") else grouped


def rupiah(amount: int) -> str:
    """An amount of money.

    >>> rupiah(1250000)
    'Rp1.250.000,00'
    >>> rupiah(-500)
    '-Rp500,00'
    """
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{angka(abs(amount))},00"


_ROMAWI = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
)


def romawi(number: int) -> str:
    """A roman numeral, 1 to 3999.

    >>> romawi(2026)
    'MMXXVI'
    """
    if not 0 < number < 4000:
        raise ValueError(f"{number} has no roman numeral")
    written = []
    for value, sign in _ROMAWI:
        count, number = divmod(number, value)
        written.append(sign * count)
    return "".join(written)


def huruf(number: int) -> str:
    """The letter of an item, 1 for a, after z comes aa.

    >>> [huruf(n) for n in (1, 26, 27, 28, 52, 53)]
    ['a', 'z', 'aa', 'ab', 'az', 'ba']
    """
    if number < 1:
        raise ValueError(f"{number} has no letter")
    letters = ""
    while number:
        number, position = divmod(number - 1, 26)
        letters = chr(ord("a") + position) + letters
    return letters


def urutan_diktum(number: int) -> str:
    """The ordinal that heads a diktum.

    >>> urutan_diktum(1), urutan_diktum(12), urutan_diktum(50)
    ('KESATU', 'KEDUA BELAS', 'KELIMA PULUH')
    """
    if number < 1:
        raise ValueError(f"{number} has no ordinal")
    return f"KE{terbilang(number)}".upper()


def daftar(items: Sequence[str], kata: str = "dan") -> str:
    """Items joined as in a sentence.

    >>> daftar(["a"]), daftar(["a", "b"]), daftar(["a", "b", "c"])
    ('a', 'a dan b', 'a, b, dan c')
    """
    if len(items) < 3:
        return f" {kata} ".join(items)
    return f"{', '.join(items[:-1])}, {kata} {items[-1]}"


def nip(number: str) -> str:
    """An employee number in its groups; what has not 18 digits stays as it is.

    >>> nip("197203141998031002")
    '19720314 199803 1 002'
    """
    digits = number.replace(" ", "")
    if len(digits) != 18 or not (digits.isascii() and digits.isdigit()):
        return number
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def kapital(words: str) -> str:
    """All letters large."""
    return words.upper()


def judul_kapital(words: str) -> str:
    """A title: each word large but the small ones inside; words with capitals stay as they are.

    >>> judul_kapital("pembentukan tim kerja di lingkungan KPU kota padang")
    'Pembentukan Tim Kerja di Lingkungan KPU Kota Padang'
    """
    titled = [
        word
        if not word.islower() or (position and word in KATA_TUGAS)
        else word[:1].upper() + word[1:]
        for position, word in enumerate(words.split(" "))
    ]
    return " ".join(titled)


FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            tanggal,
            hari,
            hari_tanggal,
            bulan,
            tanggal_terbilang,
            pukul,
            rentang_pukul,
            terbilang,
            angka,
            rupiah,
            romawi,
            huruf,
            urutan_diktum,
            daftar,
            nip,
            kapital,
            judul_kapital,
        )
    }
)
"""What templates may use of it, by name."""
