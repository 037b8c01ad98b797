import random

from aioice import stun as reference

from backend.relay.stun import build_binding_success, parse_binding_request

PASSWORD = b"0123456789abcdef01234567"


def a_check(nominating: int = 1, password: bytes = PASSWORD, username: str = "ours:theirs") -> bytes:
    message = reference.Message(
        message_method=reference.Method.BINDING, message_class=reference.Class.REQUEST
    )
    message.attributes["USERNAME"] = username
    message.attributes["PRIORITY"] = 1845501695
    message.attributes["ICE-CONTROLLING"] = 77
    if nominating:
        message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity(password)
    return bytes(message)


def test_a_check_is_read_and_proved() -> None:
    request = parse_binding_request(a_check())
    assert request is not None
    assert request.username == "ours:theirs"
    assert request.is_nominating
    assert request.is_proved_by(PASSWORD)


def test_a_check_with_another_password_proves_nothing() -> None:
    request = parse_binding_request(a_check(password=b"another password"))
    assert request is not None
    assert not request.is_proved_by(PASSWORD)


def test_a_check_that_does_not_nominate_is_no_nomination() -> None:
    request = parse_binding_request(a_check(nominating=0))
    assert request is not None
    assert not request.is_nominating


def test_a_changed_byte_is_noticed_wherever_it_is() -> None:
    data = a_check()
    kind_of_fingerprint = range(len(data) - 8, len(data) - 6)  # another kind, unknown, is as good as none
    for position in set(range(len(data))) - set(kind_of_fingerprint):
        changed = bytearray(data)
        changed[position] ^= 0x01
        request = parse_binding_request(bytes(changed))
        assert request is None or not request.is_proved_by(PASSWORD), position


def test_a_nomination_put_behind_the_proof_does_not_count() -> None:
    plain = a_check(nominating=0)[:-8]  # without the fingerprint
    forged = plain + b"\x00\x25\x00\x00"
    forged = forged[:2] + (len(forged) - 20).to_bytes(2, "big") + forged[4:]
    request = parse_binding_request(forged)
    assert request is not None
    assert not request.is_nominating


def test_the_answer_is_understood_by_others() -> None:
    request = parse_binding_request(a_check())
    assert request is not None
    for address in (("203.0.113.7", 54321), ("2001:db8::17", 443)):
        answer = reference.parse_message(
            build_binding_success(request, address, PASSWORD), integrity_key=PASSWORD
        )
        assert answer.message_class == reference.Class.RESPONSE
        assert answer.transaction_id == request.transaction_id
        assert answer.attributes["XOR-MAPPED-ADDRESS"] == address


def test_answers_indications_and_other_methods_are_no_checks() -> None:
    for kind in (0x0101, 0x0111, 0x0011, 0x0003):
        data = a_check()
        assert parse_binding_request(kind.to_bytes(2, "big") + data[2:]) is None


def test_mutated_and_random_bytes_never_make_the_stun_reader_fail() -> None:
    dice = random.Random(3)
    for _ in range(5000):
        data = bytearray(a_check() if dice.random() < 0.01 else SEED)
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        parse_binding_request(bytes(data[: dice.randrange(len(data) + 1)]))
        parse_binding_request(dice.randbytes(dice.randrange(80)))


SEED = a_check()
