"""How the backend is reached from outside: the URLs it gives, the proxies it trusts, https."""

import ipaddress
import ssl
from collections.abc import Iterable
from pathlib import Path

from backend.data_folder import StartError
from backend.options import ServeOptions
from backend.public_names import DEFAULT_PORTS


def trusted(proxies: Iterable[str]) -> list[str]:
    """Return the networks, and what those of IPv4 look like to a socket on `::` (RFC 4291 §2.5.5)."""
    networks = [ipaddress.ip_network(proxy) for proxy in proxies]
    mapped = [f"::ffff:{one.network_address}/{one.prefixlen + 96}" for one in networks if one.version == 4]
    return [str(one) for one in networks] + mapped


def check_certificate(options: ServeOptions) -> None:
    """Make sure that https can be spoken, where it is asked for.

    Raises:
        StartError: one file is missing, unreadable, or does not fit the other.
    """
    if (options.tls_cert is None) != (options.tls_key is None):
        raise StartError("https needs a certificate and its key: give --tls-cert and --tls-key together.")
    certificate = certificate_of(options)
    if certificate is None:
        return
    for path in certificate:
        _check_readable(path)
    try:
        # Asked for a passphrase, it would wait at a terminal that nobody may be at.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*certificate, password=lambda: "")
    except (ssl.SSLError, OSError, ValueError) as error:
        raise StartError(
            f"{certificate[0]} and {certificate[1]} are no certificate chain and its key ({error}). "
            "Give both as PEM, the server's own certificate first, and the key without a passphrase."
        ) from error


def certificate_of(options: ServeOptions) -> tuple[Path, Path] | None:
    """Return the files of certificate and key; None for http."""
    if options.tls_cert is None or options.tls_key is None:
        return None
    return options.tls_cert, options.tls_key


def _check_readable(path: Path) -> None:
    try:
        path.read_bytes()
    except OSError as error:
        raise StartError(
            f"{path} cannot be read ({error.strerror}). Check the path, and that this user may read it."
        ) from error


def own_base(options: ServeOptions, address: str, port: int) -> str:
    """Return the URL by which programs reach the backend itself, past any proxy; no slash at its end."""
    is_secure = options.tls_cert is not None
    # A certificate is for a name, seldom for an address.
    host = options.names[0].host if is_secure and options.names else address
    return _url("https" if is_secure else "http", host, port) + options.prefix


def viewer_base(options: ServeOptions, address: str, port: int) -> str:
    """Return the URL that viewers are given: the first name's where there is one; no slash at its end.

    A proxy is taken to speak https on the usual port, unless the name says otherwise.
    """
    if not options.names:
        return own_base(options, address, port)
    name = options.names[0]
    has_proxy = bool(options.trusted_proxies)
    scheme = name.scheme or ("https" if has_proxy or options.tls_cert is not None else "http")
    usual = DEFAULT_PORTS[scheme] if has_proxy or name.scheme else port
    return _url(scheme, name.host, name.port or usual) + options.prefix


def _url(scheme: str, host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port == DEFAULT_PORTS[scheme] else f"{scheme}://{shown}:{port}"
