import hashlib

from backend.fairness.digests import canonical, commitment, digest, new_secret, packed


def test_packed_parts_are_never_those_of_another_split() -> None:
    assert packed("a", b"bc", b"d") != packed("a", b"b", b"cd")
    assert packed("a", b"b", b"") != packed("a", b"b")
    assert packed("x", b"b") == b"\0\0\0\x0dlivestall/1/x\0\0\0\x01b"
    assert digest("x", b"b") == hashlib.sha256(packed("x", b"b")).digest()


def test_a_commitment_binds_kind_id_terms_and_secret() -> None:
    parts = ("draw", "01A", '{"winners":3}', b"s" * 32)
    made = commitment(*parts)
    others = [
        commitment("wheel", *parts[1:]),
        commitment("draw", "01B", *parts[2:]),
        commitment("draw", "01A", '{"winners":4}', b"s" * 32),
        commitment(*parts[:3], b"t" * 32),
        commitment("draw", "01", 'A{"winners":3}', b"s" * 32),
    ]

    assert len({made, *others}) == 6
    assert len(made) == 64


def test_secrets_are_32_bytes_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(100)}

    assert (len(secrets), {len(one) for one in secrets}) == (100, {32})


def test_canonical_text_has_sorted_keys_and_letters_as_they_are() -> None:
    assert canonical({"b": [1, "茶"], "a": True}) == '{"a":true,"b":[1,"茶"]}'
