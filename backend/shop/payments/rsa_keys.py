"""RSA keys as shops have them: PEM, a certificate, or the bare base64 that Alipay's tool writes."""

import base64
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

_BEGIN: Final = "-----BEGIN "


class NoKeyError(ValueError):
    """The text is no such key; it is not repeated."""


def private_pem(text: str) -> str:
    """Return an RSA private key as PEM of PKCS #8, or raise `NoKeyError`."""
    try:
        key = (
            serialization.load_pem_private_key(text.encode(), None)
            if _BEGIN in text
            else serialization.load_der_private_key(base64.b64decode(text), None)
        )
    except (ValueError, TypeError) as error:
        raise NoKeyError from error
    if not isinstance(key, RSAPrivateKey):
        raise NoKeyError
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_pem(text: str) -> str:
    """Return an RSA public key, or that of a certificate, as PEM, or raise `NoKeyError`."""
    try:
        key = _load_public(text)
    except (ValueError, TypeError) as error:
        raise NoKeyError from error
    if not isinstance(key, RSAPublicKey):
        raise NoKeyError
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def is_certificate(text: str) -> bool:
    """Whether a PEM text is a certificate."""
    return f"{_BEGIN}CERTIFICATE" in text


def serial_of(certificate: str) -> str:
    """Return a certificate's serial number as WeChat Pay writes it, or raise `NoKeyError`."""
    try:
        return f"{x509.load_pem_x509_certificate(certificate.encode()).serial_number:X}"
    except ValueError as error:
        raise NoKeyError from error


def is_pair(private: str, public: str) -> bool:
    """Whether two keys, as PEM, belong together."""
    key = serialization.load_pem_private_key(private.encode(), None)
    other = serialization.load_pem_public_key(public.encode())
    return key.public_key() == other


def _load_public(text: str) -> object:
    if is_certificate(text):
        return x509.load_pem_x509_certificate(text.encode()).public_key()
    if _BEGIN in text:
        return serialization.load_pem_public_key(text.encode())
    return serialization.load_der_public_key(base64.b64decode(text))
