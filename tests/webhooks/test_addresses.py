"""Where a message may go, and where never."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.webhooks.addresses import (
    ForbiddenAddress,
    UnknownHost,
    check_url,
    find_target,
    resolve,
)

OFFICE = (ipaddress.ip_network("10.20.0.0/16"),)
PUBLIC = "93.184.215.14"


def answers(*addresses):
    return lambda _host, _port: addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://localhost/",
        "https://0.0.0.0/",
        "https://10.0.0.1/",
        "https://172.16.5.4/",
        "https://192.168.1.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:a00:1]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[64:ff9b:1::a00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:7f00:1::]/",
        "https://[ff02::1]/",
        "https://[fe80::1%25eth0]/",
    ],
)
def test_no_message_goes_inside_however_the_address_is_written(url):
    with pytest.raises(ForbiddenAddress):
        find_target(url, ())


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/", "https://"),
        ("file:///etc/passwd", "https://"),
        ("example.org/kabar", "https://"),
        ("https:///kabar", "https://"),
        ("https://admin:rahasia@example.org/", "nama pengguna"),
        ("https://example.org:99999/", "dibaca"),
        ("https://[::1", "dibaca"),
        ("https://contoh.id/a b", "URL biasa"),
        ("https://contoh.id/\n", "URL biasa"),
        ("https://еxample.org/", "URL biasa"),
        ("https://contoh.id/" + "a" * 2048, "URL biasa"),
    ],
)
def test_an_address_that_is_none_is_refused_with_its_reason(url, why):
    with pytest.raises(ForbiddenAddress, match=why):
        find_target(url, (), answers(PUBLIC))


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(ForbiddenAddress, match=r"10\.0\.0\.1"):
        find_target("https://contoh.id/", (), answers(PUBLIC, "10.0.0.1"))


def test_the_connection_goes_to_the_address_that_was_judged():
    asked = []

    def rebinding(host, _port):
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    target = find_target("https://contoh.id/kabar?a=1", (), rebinding)
    assert (str(target.address), target.path, target.port) == (PUBLIC, "/kabar?a=1", 443)
    assert asked == ["contoh.id"]


def test_http_is_only_for_networks_that_the_operator_named():
    with pytest.raises(ForbiddenAddress, match="https"):
        find_target("http://contoh.id/", OFFICE, answers(PUBLIC))
    assert find_target("http://arsip.kantor/", OFFICE, answers("10.20.3.4")).port == 80


def test_a_named_network_does_not_open_its_neighbours():
    with pytest.raises(ForbiddenAddress):
        find_target("http://arsip.kantor/", OFFICE, answers("10.21.3.4"))


def test_a_name_that_does_not_answer_now_may_be_registered_but_not_sent_to():
    def fails(_host, _port):
        raise OSError("no such name")

    check_url("https://besok.contoh.id/", (), fails)
    with pytest.raises(UnknownHost):
        find_target("https://besok.contoh.id/", (), fails)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_fares_the_same_in_every_disguise(address):
    def is_refused(host):
        try:
            find_target(f"https://{host}/", (), resolve)
        except ForbiddenAddress:
            return True
        return False

    number = int(address)
    disguises = [
        f"[::ffff:{address}]",
        f"[64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}]",
        f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::]",
        str(number),
    ]
    if is_refused(str(address)):
        assert all(is_refused(one) for one in disguises)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_sentence(text):
    try:
        find_target(text, (), answers(PUBLIC))
    except ForbiddenAddress as error:
        said = str(error)
    else:
        said = "Alamat ini boleh."
    assert said.endswith(".")
