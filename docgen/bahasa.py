"""Dates, numbers and lists as Indonesian official documents write them."""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

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
    if not 0 < number < 13:
        raise ValueError(f"{number} bukan nomor bulan")
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


SATUAN = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_RIBUAN = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"))


def terbilang(number: float) -> str:
    """A number in words, below a thousand trillion; decimals are read digit by digit.

    >>> terbilang(1945), terbilang(-5)
    ('seribu sembilan ratus empat puluh lima', 'minus lima')
    >>> terbilang(81.25)
    'delapan puluh satu koma dua lima'
    """
    whole, _, decimals = _plain(abs(number)).partition(".")
    words = _bulat(int(whole))
    if decimals:
        words = " ".join((words, "koma", *(SATUAN[int(digit)] for digit in decimals)))
    return f"minus {words}" if number < 0 else words


def _bulat(number: int) -> str:
    if number < 12:
        return SATUAN[number]
    if number < 20:
        return f"{SATUAN[number - 10]} belas"
    if number < 100:
        return _dengan_sisa(f"{SATUAN[number // 10]} puluh", number % 10)
    if number >= 10**15:
        raise ValueError(f"{number} terlalu besar untuk ditulis dengan kata")
    value, word = next(one for one in _RIBUAN if number >= one[0])
    count, rest = divmod(number, value)
    # One thousand and one hundred have a word of their own; one million has not.
    is_one = count == 1 and value <= 1000
    return _dengan_sisa(f"se{word}" if is_one else f"{_bulat(count)} {word}", rest)


def _dengan_sisa(words: str, rest: int) -> str:
    return f"{words} {_bulat(rest)}" if rest else words


def _plain(number: float) -> str:
    """The digits, with a point before decimals, of which there are at most six."""
    if isinstance(number, int):
        return str(number)
    if not math.isfinite(number):
        raise ValueError(f"{number} bukan bilangan")
    return f"{number:.6f}".rstrip("0").rstrip(".")


def angka(number: float) -> str:
    """A number with points between thousands and a comma before decimals, at most six.

    >>> angka(1234567.5), angka(1000)
    ('1.234.567,5', '1.000')
    """
    whole, _, decimals = _plain(number).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if whole == "-0" and decimals else ""
    return f"{sign}{grouped},{decimals}" if decimals else grouped


def rupiah(amount: float) -> str:
    """An amount of money, with its sen.

    >>> rupiah(1250000)
    'Rp1.250.000,00'
    >>> rupiah(-500)
    '-Rp500,00'
    """
    whole, _, sen = _plain(round(abs(amount), 2)).partition(".")
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{angka(int(whole))},{sen:0<2}"


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
        raise ValueError(f"{number} tidak dapat ditulis sebagai angka romawi")
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
        raise ValueError(f"{number} tidak dapat ditulis sebagai huruf")
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
        raise ValueError(f"{number} bukan urutan diktum")
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
