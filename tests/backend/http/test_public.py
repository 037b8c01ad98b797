from pathlib import Path

import pytest

from backend.data_folder import StartError
from backend.http.public import check_certificate, own_base, trusted, viewer_base
from backend.options import ServeOptions
from backend.public_names import read_name
from tests.support.certificate import Certificate, make_certificate


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"), "shop.example.com")


def with_tls(cert: Path | None, key: Path | None) -> ServeOptions:
    return ServeOptions(tls_cert=cert, tls_key=key)


def test_an_address_of_ipv4_is_trusted_as_a_socket_of_ipv6_sees_it_too() -> None:
    assert trusted(["10.0.0.0/8", "::1/128"]) == ["10.0.0.0/8", "::1/128", "::ffff:10.0.0.0/104"]


def test_without_a_name_viewers_are_given_the_address() -> None:
    options = ServeOptions(prefix="/live")

    assert viewer_base(options, "192.168.1.5", 8787) == "http://192.168.1.5:8787/live"
    assert viewer_base(options, "2001:db8::5", 8787) == "http://[2001:db8::5]:8787/live"


@pytest.mark.parametrize(
    ("name", "proxies", "url"),
    [
        ("shop.example.com", (), "http://shop.example.com:8787"),
        ("shop.example.com", ("127.0.0.1",), "https://shop.example.com"),
        ("http://shop.lan", ("127.0.0.1",), "http://shop.lan"),
        ("https://shop.example.com:8443", ("127.0.0.1",), "https://shop.example.com:8443"),
        ("shop.example.com:9000", (), "http://shop.example.com:9000"),
    ],
)
def test_viewers_are_given_the_first_name(name: str, proxies: tuple[str, ...], url: str) -> None:
    names = (read_name(name), read_name("other.example.com"))

    assert viewer_base(ServeOptions(names=names, trusted_proxies=proxies), "192.168.1.5", 8787) == url


def test_programs_are_given_the_backend_itself_past_any_proxy() -> None:
    options = ServeOptions(names=(read_name("shop.example.com"),), trusted_proxies=("127.0.0.1",))

    assert own_base(options, "127.0.0.1", 8787) == "http://127.0.0.1:8787"


def test_with_a_certificate_of_its_own_it_is_reached_by_the_name_in_it(certificate: Certificate) -> None:
    options = ServeOptions(
        names=(read_name("shop.example.com"),), tls_cert=certificate.chain, tls_key=certificate.key
    )

    assert viewer_base(options, "192.168.1.5", 443) == "https://shop.example.com"
    assert own_base(options, "127.0.0.1", 8443) == "https://shop.example.com:8443"


def test_a_certificate_that_fits_its_key_is_fine(certificate: Certificate) -> None:
    check_certificate(with_tls(certificate.chain, certificate.key))
    check_certificate(with_tls(None, None))


def test_a_certificate_and_its_key_come_together(certificate: Certificate) -> None:
    with pytest.raises(StartError, match="--tls-cert and --tls-key together"):
        check_certificate(with_tls(certificate.chain, None))


def test_a_file_that_is_not_there_is_named(certificate: Certificate, tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"gone\.pem cannot be read .* Check the path"):
        check_certificate(with_tls(certificate.chain, tmp_path / "gone.pem"))


def test_what_is_no_pair_is_told_with_the_remedy(certificate: Certificate, tmp_path: Path) -> None:
    other = make_certificate(tmp_path, "other.example.com")
    locked = make_certificate(tmp_path, "locked.example.com", passphrase=b"secret")
    for chain, key in (
        (certificate.chain, other.key),
        (certificate.key, certificate.chain),
        (locked.chain, locked.key),
    ):
        with pytest.raises(StartError, match="Give both as PEM"):
            check_certificate(with_tls(chain, key))
