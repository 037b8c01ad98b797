import asyncio
import random

import pytest

from backend.relay.dtls import (
    MAX_DATAGRAM_BYTES,
    DtlsIdentity,
    DtlsRole,
    DtlsSession,
    DtlsState,
    Fingerprint,
    split_records,
)


@pytest.fixture(scope="module")
def alice() -> DtlsIdentity:
    return DtlsIdentity()


@pytest.fixture(scope="module")
def bob() -> DtlsIdentity:
    return DtlsIdentity()


def pair(alice: DtlsIdentity, bob: DtlsIdentity) -> tuple[DtlsSession, DtlsSession]:
    server = DtlsSession(alice, DtlsRole.SERVER, [bob.fingerprint])
    return server, DtlsSession(bob, DtlsRole.CLIENT, [alice.fingerprint])


def shake_hands(server: DtlsSession, client: DtlsSession) -> list[bytes]:
    """Carry datagrams until nobody speaks; all of them."""
    carried: list[bytes] = []
    to_server, to_client = client.start(), server.start()
    while to_server or to_client:
        carried += to_server + to_client
        from_server = [answer for datagram in to_server for answer in server.receive(datagram)]
        from_client = [answer for datagram in to_client for answer in client.receive(datagram)]
        to_server, to_client = from_client, from_server
    return carried


def test_two_peers_agree_on_keys_and_the_server_chooses_gcm(alice: DtlsIdentity, bob: DtlsIdentity) -> None:
    server, client = pair(alice, bob)
    carried = shake_hands(server, client)
    assert server.state is client.state is DtlsState.OPEN
    assert server.keys is not None
    assert client.keys is not None
    assert server.keys.profile.name == "SRTP_AEAD_AES_256_GCM"
    assert (server.keys.sending, server.keys.receiving) == (client.keys.receiving, client.keys.sending)
    assert server.keys.sending != server.keys.receiving
    assert max(map(len, carried)) <= MAX_DATAGRAM_BYTES


def test_a_certificate_that_was_not_announced_is_refused(alice: DtlsIdentity, bob: DtlsIdentity) -> None:
    server = DtlsSession(alice, DtlsRole.SERVER, [Fingerprint("sha-256", "AB:CD")])
    client = DtlsSession(bob, DtlsRole.CLIENT, [alice.fingerprint])
    shake_hands(server, client)
    assert server.state is DtlsState.FAILED
    assert server.keys is None
    assert "fingerprint" in server.failure


def test_one_wrong_fingerprint_among_right_ones_is_refused(alice: DtlsIdentity, bob: DtlsIdentity) -> None:
    server = DtlsSession(alice, DtlsRole.SERVER, [bob.fingerprint, Fingerprint("sha-512", "AB")])
    shake_hands(server, DtlsSession(bob, DtlsRole.CLIENT, [alice.fingerprint]))
    assert server.state is DtlsState.FAILED


def test_fingerprints_of_unknown_kinds_alone_prove_nothing(alice: DtlsIdentity, bob: DtlsIdentity) -> None:
    server = DtlsSession(alice, DtlsRole.SERVER, [Fingerprint("sha-1", "AB")])
    shake_hands(server, DtlsSession(bob, DtlsRole.CLIENT, [alice.fingerprint]))
    assert server.state is DtlsState.FAILED


def test_the_end_is_told_to_the_other_side(alice: DtlsIdentity, bob: DtlsIdentity) -> None:
    server, client = pair(alice, bob)
    shake_hands(server, client)
    for datagram in client.close():
        server.receive(datagram)
    assert server.state is DtlsState.CLOSED
    assert client.close() == []


async def repeated_by(session: DtlsSession) -> list[bytes]:
    """What it sends when nobody answers; OpenSSL waits a second by its own clock."""
    async with asyncio.timeout(10):
        while True:
            await asyncio.sleep(0.1)
            if again := session.on_timer():
                return again


async def test_a_lost_flight_is_sent_again_when_its_time_has_come(
    alice: DtlsIdentity, bob: DtlsIdentity
) -> None:
    server, client = pair(alice, bob)
    lost = client.start()
    assert client.on_timer() == [], "nothing before its time"
    again = await repeated_by(client)
    assert len(again) == len(lost)
    to_client = [answer for datagram in again for answer in server.receive(datagram)]
    to_server = [answer for datagram in to_client for answer in client.receive(datagram)]
    for datagram in to_server:
        server.receive(datagram)
    assert server.state is DtlsState.OPEN


async def test_the_last_flight_is_repeated_for_one_who_did_not_get_it(
    alice: DtlsIdentity, bob: DtlsIdentity
) -> None:
    server, client = pair(alice, bob)
    hello = client.start()
    flight = [answer for datagram in hello for answer in server.receive(datagram)]
    finished = [answer for datagram in flight for answer in client.receive(datagram)]
    lost = [answer for datagram in finished for answer in server.receive(datagram)]
    assert lost
    assert server.state is DtlsState.OPEN
    for datagram in await repeated_by(client):
        for answer in server.receive(datagram):
            client.receive(answer)
    assert client.state is DtlsState.OPEN


def test_garbage_between_the_datagrams_does_not_disturb(alice: DtlsIdentity, bob: DtlsIdentity) -> None:
    dice = random.Random(5)
    server, client = pair(alice, bob)
    to_server = client.start()
    for _ in range(4):
        server.receive(b"\x16\xfe\xfd" + dice.randbytes(30))
        to_client = [answer for datagram in to_server for answer in server.receive(datagram)]
        client.receive(dice.randbytes(40))
        to_server = [answer for datagram in to_client for answer in client.receive(datagram)]
    assert server.state is client.state is DtlsState.OPEN


def test_mutated_handshakes_end_or_stall_but_never_raise(alice: DtlsIdentity, bob: DtlsIdentity) -> None:
    dice = random.Random(11)
    for _ in range(60):
        server, client = pair(alice, bob)
        to_server = client.start()
        for _ in range(4):
            mutated = []
            for datagram in to_server:
                data = bytearray(datagram)
                if dice.random() < 0.5:
                    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
                mutated.append(bytes(data))
            to_client = [answer for datagram in mutated for answer in server.receive(datagram)]
            to_server = [answer for datagram in to_client for answer in client.receive(datagram)]
        assert server.receive(dice.randbytes(50)) is not None


def test_records_are_packed_into_datagrams_without_being_torn() -> None:
    records = [
        b"\x16\xfe\xfd" + bytes(8) + size.to_bytes(2, "big") + bytes(size) for size in (500, 600, 300, 1500)
    ]
    datagrams = split_records(b"".join(records))
    assert datagrams == [records[0] + records[1], records[2], records[3]]
    assert split_records(b"") == []


def test_what_a_peer_says_over_dtls_is_read_to_its_end_and_thrown_away(
    alice: DtlsIdentity, bob: DtlsIdentity
) -> None:
    server, client = pair(alice, bob)
    shake_hands(server, client)
    for _ in range(20):
        client._ssl.send(b"x" * 20)
    (said,) = client._outgoing()
    assert server.receive(said) == []
    (goodbye,) = client.close()
    server.receive(goodbye)
    assert server.state is DtlsState.CLOSED
