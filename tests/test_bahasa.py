"""Dates, numbers and lists as Indonesian official documents write them, case by case."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import bahasa

TANGGAL = """
2026-01-01 | Kamis, 1 Januari 2026
2026-02-06 | Jumat, 6 Februari 2026
2026-03-05 | Kamis, 5 Maret 2026
2026-04-30 | Kamis, 30 April 2026
2026-05-20 | Rabu, 20 Mei 2026
2026-06-01 | Senin, 1 Juni 2026
2026-07-31 | Jumat, 31 Juli 2026
2026-08-17 | Senin, 17 Agustus 2026
2026-09-08 | Selasa, 8 September 2026
2026-10-28 | Rabu, 28 Oktober 2026
2026-11-10 | Selasa, 10 November 2026
2026-12-31 | Kamis, 31 Desember 2026
2025-08-19 | Selasa, 19 Agustus 2025
2025-09-08 | Senin, 8 September 2025
2024-02-14 | Rabu, 14 Februari 2024
2024-02-29 | Kamis, 29 Februari 2024
2024-11-27 | Rabu, 27 November 2024
2023-02-28 | Selasa, 28 Februari 2023
2000-01-01 | Sabtu, 1 Januari 2000
2000-02-29 | Selasa, 29 Februari 2000
1999-06-07 | Senin, 7 Juni 1999
1955-09-29 | Kamis, 29 September 1955
1945-08-17 | Jumat, 17 Agustus 1945
1908-05-20 | Rabu, 20 Mei 1908
2100-03-01 | Senin, 1 Maret 2100
"""

TANGGAL_TERBILANG = """
2025-08-19 | Selasa, tanggal Sembilan Belas bulan Agustus tahun Dua Ribu Dua Puluh Lima
2026-01-01 | Kamis, tanggal Satu bulan Januari tahun Dua Ribu Dua Puluh Enam
2026-10-31 | Sabtu, tanggal Tiga Puluh Satu bulan Oktober tahun Dua Ribu Dua Puluh Enam
2024-02-29 | Kamis, tanggal Dua Puluh Sembilan bulan Februari tahun Dua Ribu Dua Puluh Empat
2000-11-11 | Sabtu, tanggal Sebelas bulan November tahun Dua Ribu
1999-12-10 | Jumat, tanggal Sepuluh bulan Desember tahun Seribu Sembilan Ratus Sembilan Puluh Sembilan
"""

TERBILANG = """
0 | nol
1 | satu
2 | dua
3 | tiga
4 | empat
5 | lima
6 | enam
7 | tujuh
8 | delapan
9 | sembilan
10 | sepuluh
11 | sebelas
12 | dua belas
13 | tiga belas
15 | lima belas
18 | delapan belas
19 | sembilan belas
20 | dua puluh
21 | dua puluh satu
35 | tiga puluh lima
40 | empat puluh
55 | lima puluh lima
90 | sembilan puluh
99 | sembilan puluh sembilan
100 | seratus
101 | seratus satu
110 | seratus sepuluh
111 | seratus sebelas
119 | seratus sembilan belas
120 | seratus dua puluh
199 | seratus sembilan puluh sembilan
200 | dua ratus
211 | dua ratus sebelas
553 | lima ratus lima puluh tiga
900 | sembilan ratus
999 | sembilan ratus sembilan puluh sembilan
1000 | seribu
1001 | seribu satu
1010 | seribu sepuluh
1011 | seribu sebelas
1100 | seribu seratus
1111 | seribu seratus sebelas
1945 | seribu sembilan ratus empat puluh lima
1999 | seribu sembilan ratus sembilan puluh sembilan
2000 | dua ribu
2026 | dua ribu dua puluh enam
9999 | sembilan ribu sembilan ratus sembilan puluh sembilan
10000 | sepuluh ribu
11000 | sebelas ribu
12000 | dua belas ribu
21000 | dua puluh satu ribu
33180 | tiga puluh tiga ribu seratus delapan puluh
100000 | seratus ribu
101000 | seratus satu ribu
111111 | seratus sebelas ribu seratus sebelas
200000 | dua ratus ribu
1000000 | satu juta
1000001 | satu juta satu
1001000 | satu juta seribu
1001017 | satu juta seribu tujuh belas
1100000 | satu juta seratus ribu
1250000 | satu juta dua ratus lima puluh ribu
2001000 | dua juta seribu
10000000 | sepuluh juta
11000000 | sebelas juta
100000000 | seratus juta
204656053 | dua ratus empat juta enam ratus lima puluh enam ribu lima puluh tiga
1000000000 | satu miliar
1000001000 | satu miliar seribu
1001000000 | satu miliar satu juta
2500000000 | dua miliar lima ratus juta
999999999999 | sembilan ratus sembilan puluh sembilan miliar sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan
1000000000000 | satu triliun
1000000000001 | satu triliun satu
71300000000000 | tujuh puluh satu triliun tiga ratus miliar
100000000000000 | seratus triliun
999000000000000 | sembilan ratus sembilan puluh sembilan triliun
-1 | minus satu
-1000 | minus seribu
0.5 | nol koma lima
1.5 | satu koma lima
81.25 | delapan puluh satu koma dua lima
100.0 | seratus
3.05 | tiga koma nol lima
-2.75 | minus dua koma tujuh lima
"""

ANGKA = """
0 | 0
7 | 7
999 | 999
1000 | 1.000
12345 | 12.345
1234567 | 1.234.567
1000000000000 | 1.000.000.000.000
-5 | -5
-1234 | -1.234
0.5 | 0,5
-0.5 | -0,5
1.0 | 1
1.10 | 1,1
81.25 | 81,25
1234567.5 | 1.234.567,5
-1234.5 | -1.234,5
0.30000000000000004 | 0,3
0.123456789 | 0,123457
99.9999999 | 100
"""

RUPIAH = """
0 | Rp0,00
1 | Rp1,00
500 | Rp500,00
1000 | Rp1.000,00
75000 | Rp75.000,00
1250000 | Rp1.250.000,00
71300000000000 | Rp71.300.000.000.000,00
-500 | -Rp500,00
-1250000 | -Rp1.250.000,00
0.5 | Rp0,50
1250000.25 | Rp1.250.000,25
-0.25 | -Rp0,25
99.995 | Rp100,00
"""

ROMAWI = """
1 | I
2 | II
3 | III
4 | IV
5 | V
6 | VI
7 | VII
8 | VIII
9 | IX
10 | X
11 | XI
12 | XII
14 | XIV
15 | XV
16 | XVI
19 | XIX
20 | XX
24 | XXIV
29 | XXIX
40 | XL
44 | XLIV
49 | XLIX
50 | L
90 | XC
99 | XCIX
100 | C
400 | CD
444 | CDXLIV
500 | D
900 | CM
999 | CMXCIX
1000 | M
1945 | MCMXLV
1999 | MCMXCIX
2024 | MMXXIV
2026 | MMXXVI
3999 | MMMCMXCIX
"""

HURUF = """
1 | a
2 | b
3 | c
13 | m
25 | y
26 | z
27 | aa
28 | ab
52 | az
53 | ba
78 | bz
79 | ca
676 | yz
677 | za
702 | zz
703 | aaa
704 | aab
"""

DIKTUM = """
KESATU KEDUA KETIGA KEEMPAT KELIMA KEENAM KETUJUH KEDELAPAN KESEMBILAN KESEPULUH KESEBELAS
KEDUA_BELAS KETIGA_BELAS KEEMPAT_BELAS KELIMA_BELAS KEENAM_BELAS KETUJUH_BELAS KEDELAPAN_BELAS
KESEMBILAN_BELAS KEDUA_PULUH KEDUA_PULUH_SATU KEDUA_PULUH_DUA KEDUA_PULUH_TIGA KEDUA_PULUH_EMPAT
KEDUA_PULUH_LIMA KEDUA_PULUH_ENAM KEDUA_PULUH_TUJUH KEDUA_PULUH_DELAPAN KEDUA_PULUH_SEMBILAN
KETIGA_PULUH KETIGA_PULUH_SATU KETIGA_PULUH_DUA KETIGA_PULUH_TIGA KETIGA_PULUH_EMPAT
KETIGA_PULUH_LIMA KETIGA_PULUH_ENAM KETIGA_PULUH_TUJUH KETIGA_PULUH_DELAPAN KETIGA_PULUH_SEMBILAN
KEEMPAT_PULUH KEEMPAT_PULUH_SATU KEEMPAT_PULUH_DUA KEEMPAT_PULUH_TIGA KEEMPAT_PULUH_EMPAT
KEEMPAT_PULUH_LIMA KEEMPAT_PULUH_ENAM KEEMPAT_PULUH_TUJUH KEEMPAT_PULUH_DELAPAN
KEEMPAT_PULUH_SEMBILAN KELIMA_PULUH KELIMA_PULUH_SATU
"""

NIP = """
197203141998031002 | 19720314 199803 1 002
19720314 199803 1 002 | 19720314 199803 1 002
1972 0314 1998 0310 02 | 19720314 199803 1 002
200001312024212001 | 20000131 202421 2 001
- | -
19720314199803100 | 19720314199803100
1972031419980310023 | 1972031419980310023
19720314199803100x | 19720314199803100x
NRP 12345 | NRP 12345
１９７２０３１４１９９８０３１００２ | １９７２０３１４１９９８０３１００２
"""

PUKUL = """
00:00 | | 00.00
00:05 | WIB | 00.05 WIB
07:30 | WIB | 07.30 WIB
09:00 | WITA | 09.00 WITA
09:05 | WIT | 09.05 WIT
12:00 | WIB | 12.00 WIB
13:45 | | 13.45
23:59 | WIT | 23.59 WIT
"""

RENTANG = """
09:00 | 11:30 | WIB | 09.00 s.d. 11.30 WIB
08:00 | 16:00 | WITA | 08.00 s.d. 16.00 WITA
13:05 | 13:06 | WIT | 13.05 s.d. 13.06 WIT
22:00 | 02:00 | WIB | 22.00 s.d. 02.00 WIB
09:00 | | WIB | 09.00 WIB s.d. selesai
10:15 | | WIT | 10.15 WIT s.d. selesai
"""

DAFTAR = """
| dan |
a | dan | a
a;b | dan | a dan b
a;b;c | dan | a, b, dan c
a;b;c;d | dan | a, b, c, dan d
ya;tidak | atau | ya atau tidak
a;b;c | atau | a, b, atau c
Ketua, Anggota;Sekretaris | dan | Ketua, Anggota dan Sekretaris
"""

JUDUL = """
pembentukan tim kerja | Pembentukan Tim Kerja
pembentukan tim kerja di lingkungan KPU kota padang | Pembentukan Tim Kerja di Lingkungan KPU Kota Padang
di lingkungan | Di Lingkungan
pengelolaan surat masuk dan surat keluar | Pengelolaan Surat Masuk dan Surat Keluar
penetapan daftar pemilih tetap pada pemilu | Penetapan Daftar Pemilih Tetap pada Pemilu
laporan dari PPK kepada KPU | Laporan dari PPK kepada KPU
rapat pleno tentang hasil pemilihan | Rapat Pleno tentang Hasil Pemilihan
peraturan bagi pegawai serta atasan | Peraturan bagi Pegawai serta Atasan
tata cara oleh dan untuk pemilih | Tata Cara oleh dan untuk Pemilih
WBK dan WBBM | WBK dan WBBM
e-monev dan PPID | E-monev dan PPID
surat  masuk | Surat  Masuk
évaluasi kinerja | Évaluasi Kinerja
yang terhormat | Yang Terhormat
"""

BULAN = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
).split()


def rows(table):
    return [tuple(map(str.strip, line.split("|"))) for line in table.strip("\n").splitlines()]


def number(words):
    return float(words) if "." in words else int(words)


def time(words):
    return dt.time.fromisoformat(words)


@pytest.mark.parametrize(("day", "written"), rows(TANGGAL))
def test_a_date_with_and_without_its_weekday(day, written):
    date = dt.date.fromisoformat(day)
    weekday, _, rest = written.partition(", ")
    assert bahasa.hari_tanggal(date) == written
    assert (bahasa.hari(date), bahasa.tanggal(date)) == (weekday, rest)


@pytest.mark.parametrize(("day", "written"), rows(TANGGAL_TERBILANG))
def test_a_date_in_words(day, written):
    assert bahasa.tanggal_terbilang(dt.date.fromisoformat(day)) == written


@pytest.mark.parametrize(("month", "name"), list(enumerate(BULAN, 1)))
def test_a_month(month, name):
    assert bahasa.bulan(month) == name


@pytest.mark.parametrize(("value", "written"), rows(TERBILANG))
def test_a_number_in_words(value, written):
    assert bahasa.terbilang(number(value)) == written


@pytest.mark.parametrize(("value", "written"), rows(ANGKA))
def test_a_number_in_digits(value, written):
    assert bahasa.angka(number(value)) == written


@pytest.mark.parametrize(("value", "written"), rows(RUPIAH))
def test_an_amount_of_money(value, written):
    assert bahasa.rupiah(number(value)) == written


@pytest.mark.parametrize(("value", "written"), rows(ROMAWI))
def test_a_roman_numeral(value, written):
    assert bahasa.romawi(int(value)) == written


@pytest.mark.parametrize(("value", "written"), rows(HURUF))
def test_a_letter(value, written):
    assert bahasa.huruf(int(value)) == written


@pytest.mark.parametrize(("value", "written"), list(enumerate(DIKTUM.split(), 1)))
def test_the_head_of_a_diktum(value, written):
    assert bahasa.urutan_diktum(value) == written.replace("_", " ")


@pytest.mark.parametrize(("value", "written"), rows(NIP))
def test_an_employee_number(value, written):
    assert bahasa.nip(value) == written


@pytest.mark.parametrize(("value", "zone", "written"), rows(PUKUL))
def test_a_time_of_day(value, zone, written):
    assert bahasa.pukul(time(value), zone) == written


@pytest.mark.parametrize(("begins", "ends", "zone", "written"), rows(RENTANG))
def test_a_span_of_time(begins, ends, zone, written):
    assert bahasa.rentang_pukul(time(begins), time(ends) if ends else None, zone) == written


@pytest.mark.parametrize(("items", "word", "written"), rows(DAFTAR))
def test_a_list_in_a_sentence(items, word, written):
    assert bahasa.daftar(items.split(";") if items else [], word) == written


@pytest.mark.parametrize(("words", "written"), rows(JUDUL))
def test_a_title(words, written):
    assert bahasa.judul_kapital(words) == written


@pytest.mark.parametrize(
    ("function", "value"),
    [
        (bahasa.bulan, 0),
        (bahasa.bulan, 13),
        (bahasa.bulan, -1),
        (bahasa.romawi, 0),
        (bahasa.romawi, -1),
        (bahasa.romawi, 4000),
        (bahasa.huruf, 0),
        (bahasa.huruf, -26),
        (bahasa.urutan_diktum, 0),
        (bahasa.terbilang, 10**15),
        (bahasa.terbilang, float("inf")),
        (bahasa.angka, float("nan")),
        (bahasa.rupiah, float("inf")),
    ],
)
def test_what_cannot_be_written_is_refused(function, value):
    with pytest.raises(ValueError, match=str(value)):
        function(value)


_ONES = {word: value for value, word in enumerate(bahasa.SATUAN)} | {
    "seratus": 100,
    "seribu": 1000,
}
_TIMES = {"ratus": 100, "ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(words):
    """The number that these words say, as a person adds it up."""
    total = group = 0
    for word in words.split():
        if word == "seribu":
            total += 1000
        elif word in _ONES:
            group += _ONES[word]
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group += group % 10 * 9
        elif word == "ratus":
            group += group % 10 * 99
        else:
            total += group * _TIMES[word]
            group = 0
    return total + group


@given(st.integers(0, 10**15 - 1))
def test_words_read_back_are_the_number(value):
    assert read(bahasa.terbilang(value)) == value


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_letters_and_no_others_tell_numbers_apart(one, other):
    assert (bahasa.huruf(one) == bahasa.huruf(other)) == (one == other)


@given(st.dates())
def test_a_weekday_comes_again_after_a_week(day):
    if day < dt.date.max - dt.timedelta(7):
        assert bahasa.hari(day) == bahasa.hari(day + dt.timedelta(7))
