import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.shop.payments.rsa_keys import NoKeyError, is_pair, private_pem, public_pem, serial_of
from tests.support.gateways import key_of, private_pem_of, public_pem_of
from tests.support.wechat_gateway import platform_certificate

DER = serialization.Encoding.DER


def test_a_bare_key_as_alipays_tool_writes_it_is_the_same_key() -> None:
    key = key_of("app")
    for form in (serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL):
        bare = base64.b64encode(key.private_bytes(DER, form, serialization.NoEncryption())).decode()
        assert private_pem(bare) == private_pem_of("app")
    der = key.public_key().public_bytes(DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert public_pem(base64.b64encode(der).decode()) == public_pem_of("app")


def test_the_key_of_a_certificate_is_taken_out_of_it() -> None:
    assert public_pem(platform_certificate()) == public_pem_of("wechat")
    assert serial_of(platform_certificate()) == "5157F09EFDC096DE15EBE81A47057A72"
    with pytest.raises(NoKeyError):
        serial_of("-----BEGIN CERTIFICATE-----\nx")


def test_keys_that_belong_together_are_told_from_others() -> None:
    assert is_pair(private_pem_of("app"), public_pem_of("app"))
    assert not is_pair(private_pem_of("app"), public_pem_of("alipay"))


def test_what_is_no_rsa_key_is_refused_without_repeating_it() -> None:
    curve = ec.generate_private_key(ec.SECP256R1())
    form = serialization.PrivateFormat.PKCS8
    no_keys = [
        "hidden",
        "-----BEGIN PRIVATE KEY-----\nhidden\n-----END PRIVATE KEY-----",
        curve.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode(),
    ]
    for text in no_keys:
        for read in (private_pem, public_pem):
            with pytest.raises(NoKeyError) as raised:
                read(text)
            assert str(raised.value) == ""
