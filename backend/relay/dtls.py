"""The DTLS handshake as a pure object: datagrams in, datagrams out, SRTP keys at the end (RFC 5764, 8827).

It knows no socket, loop or timer. `docs/decisions/010-relay-own-dtls.md` has the reasons.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL

# RFC 8827 §6.5 wants the first; all need DTLS 1.2.
CIPHERS: Final = b"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384"
EXPORTER_LABEL: Final = b"EXTRACTOR-dtls_srtp"
MAX_DATAGRAM_BYTES: Final = 1200
RECORD_HEADER_BYTES: Final = 13
DIGESTS: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha-256": hashes.SHA256(),
    "sha-384": hashes.SHA384(),
    "sha-512": hashes.SHA512(),
}


class SrtpProfile(NamedTuple):
    """A protection profile: its name in DTLS, lengths in bytes of key, salt and authentication tag."""

    name: str
    key: int
    salt: int
    tag: int


# In our order of preference. The DTLS server's order decides, so the relay answers `setup:passive`: GCM costs
# half of AES-CM with SHA-1.
SRTP_PROFILES: Final = (
    SrtpProfile("SRTP_AEAD_AES_256_GCM", 32, 12, 16),
    SrtpProfile("SRTP_AEAD_AES_128_GCM", 16, 12, 16),
    SrtpProfile("SRTP_AES128_CM_SHA1_80", 16, 14, 10),
)


class SrtpKeys(NamedTuple):
    """What a finished handshake gives: master key and salt for each direction."""

    profile: SrtpProfile
    sending: bytes
    receiving: bytes


class Fingerprint(NamedTuple):
    """A certificate's digest as SDP carries it: `sha-256`, `AB:CD:…` (RFC 8122)."""

    algorithm: str
    value: str


class DtlsRole(Enum):
    """Who speaks first: the client."""

    CLIENT = "client"
    SERVER = "server"


class DtlsState(Enum):
    """Where a session stands."""

    HANDSHAKE = "handshake"
    OPEN = "open"
    CLOSED = "closed"
    FAILED = "failed"


class DtlsIdentity:
    """A self-signed certificate and the context all sessions share, for making one costs much."""

    def __init__(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _self_signed(key)
        self.fingerprint = Fingerprint("sha-256", certificate_digest(certificate, "sha-256"))
        self.context = SSL.Context(SSL.DTLS_METHOD)
        self.context.set_options(SSL.OP_NO_QUERY_MTU | SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION)
        # Any certificate will do: the fingerprint from the SDP says whether it is the right one.
        self.context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
        self.context.use_certificate(certificate)
        self.context.use_privatekey(key)
        self.context.set_cipher_list(CIPHERS)
        self.context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        self.context.set_tlsext_use_srtp(":".join(profile.name for profile in SRTP_PROFILES).encode())


class DtlsSession:
    """One peer's handshake and its end.

    Every method that can cause traffic returns the datagrams to send. After each call look at `state`; `keys`
    is set once it is OPEN.
    """

    def __init__(self, identity: DtlsIdentity, role: DtlsRole, expected: Sequence[Fingerprint]) -> None:
        self.state = DtlsState.HANDSHAKE
        self.keys: SrtpKeys | None = None
        self.failure = ""
        self._role = role
        self._expected = expected
        self._ssl = SSL.Connection(identity.context)
        self._ssl.set_ciphertext_mtu(MAX_DATAGRAM_BYTES)
        if role is DtlsRole.SERVER:
            self._ssl.set_accept_state()
        else:
            self._ssl.set_connect_state()

    def start(self) -> list[bytes]:
        """Begin: a client speaks, a server waits."""
        return self._step() if self._role is DtlsRole.CLIENT else []

    def receive(self, datagram: bytes) -> list[bytes]:
        """Take in a datagram of the peer."""
        if self.state in (DtlsState.CLOSED, DtlsState.FAILED):
            return []
        try:
            self._ssl.bio_write(datagram)
        except SSL.Error:
            return []
        return self._step() if self.state is DtlsState.HANDSHAKE else self._read_closing()

    def on_timer(self) -> list[bytes]:
        """Send the last flight again if its time has come; call it about every 100 ms in the handshake."""
        if self.state is not DtlsState.HANDSHAKE:
            return []
        try:
            self._ssl.DTLSv1_handle_timeout()
        except SSL.Error:
            self._fail("handshake timed out")
        return self._outgoing()

    def close(self) -> list[bytes]:
        """Say goodbye (close_notify)."""
        if self.state is not DtlsState.OPEN:
            return []
        self.state = DtlsState.CLOSED
        try:
            self._ssl.shutdown()
        except SSL.Error:
            return []
        return self._outgoing()

    def _step(self) -> list[bytes]:
        try:
            self._ssl.do_handshake()
        except SSL.WantReadError:
            return self._outgoing()
        except SSL.Error as error:
            self._fail(f"handshake failed: {error}")
            return self._outgoing()
        self._finish()
        return self._outgoing()

    def _finish(self) -> None:
        certificate = self._ssl.get_peer_certificate(as_cryptography=True)
        if certificate is None or not matches(certificate, self._expected):
            self._fail("the certificate is not the one whose fingerprint the SDP told")
            return
        name = self._ssl.get_selected_srtp_profile().decode()
        profile = next((profile for profile in SRTP_PROFILES if profile.name == name), None)
        if profile is None:
            self._fail("no SRTP profile in common")
            return
        size = profile.key + profile.salt
        material = self._ssl.export_keying_material(EXPORTER_LABEL, 2 * size)
        # RFC 5764 §4.2: client key, server key, client salt, server salt.
        key, salt = profile.key, 2 * profile.key
        client = material[:key] + material[salt : salt + profile.salt]
        server = material[key : 2 * key] + material[salt + profile.salt :]
        mine, theirs = (server, client) if self._role is DtlsRole.SERVER else (client, server)
        self.keys = SrtpKeys(profile, mine, theirs)
        self.state = DtlsState.OPEN

    def _read_closing(self) -> list[bytes]:
        """After the handshake only two things can come: a repeated flight, to be answered, and the end.

        All of it is read: what stayed behind would fill memory for as long as the peer is there.
        """
        try:
            while True:
                self._ssl.recv(MAX_DATAGRAM_BYTES)
        except SSL.ZeroReturnError:
            self.state = DtlsState.CLOSED
        except SSL.Error:
            pass
        return self._outgoing()

    def _fail(self, reason: str) -> None:
        self.state = DtlsState.FAILED
        self.failure = reason

    def _outgoing(self) -> list[bytes]:
        waiting = b""
        while True:
            try:
                waiting += self._ssl.bio_read(65536)
            except SSL.Error:
                return split_records(waiting)


def split_records(data: bytes) -> list[bytes]:
    """Records put into datagrams of `MAX_DATAGRAM_BYTES`; a memory BIO forgets where datagrams ended."""
    datagrams: list[bytes] = []
    position = 0
    while position + RECORD_HEADER_BYTES <= len(data):
        length = int.from_bytes(data[position + 11 : position + 13], "big")
        record = data[position : position + RECORD_HEADER_BYTES + length]
        position += len(record)
        if datagrams and len(datagrams[-1]) + len(record) <= MAX_DATAGRAM_BYTES:
            datagrams[-1] += record
        else:
            datagrams.append(record)
    return datagrams


def certificate_digest(certificate: x509.Certificate, algorithm: str) -> str:
    """The digest as SDP writes it; `algorithm` is one of `DIGESTS`."""
    return certificate.fingerprint(DIGESTS[algorithm]).hex(":").upper()


def matches(certificate: x509.Certificate, expected: Sequence[Fingerprint]) -> bool:
    """Whether all fingerprints of known algorithms are the certificate's, and there is one (RFC 8122 §5)."""
    known = [one for one in expected if one.algorithm.lower() in DIGESTS]
    return bool(known) and all(
        one.value.upper() == certificate_digest(certificate, one.algorithm.lower()) for one in known
    )


def _self_signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, secrets.token_hex(8))])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365))
    )
    return builder.sign(key, hashes.SHA256())
