import msgspec
import pytest

from backend.shop.payments.wechat_keys import API, WeChatKeys
from tests.support.gateways import private_pem_of, public_pem_of
from tests.support.wechat_gateway import WeChatGateway

KEYS = WeChatGateway().keys(api=API)


def test_whole_keys_of_wechat_are_live_and_have_no_problem() -> None:
    assert KEYS.problem() == ""
    assert KEYS.is_live
    assert not msgspec.structs.replace(KEYS, api="http://127.0.0.1:1").is_live


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("merchant_id", "shop", "merchant_id"),
        ("app_id", "2021", "wx"),
        ("certificate_serial", "not hex!", "certificate_serial"),
        ("api_key", "short-secret", "32"),
        ("private_key", "secret-nonsense", "apiclient_key.pem"),
        ("private_key", public_pem_of("merchant"), "apiclient_key.pem"),
        ("public_key", "secret-nonsense", "pub_key.pem"),
        ("public_key", private_pem_of("wechat"), "pub_key.pem"),
        ("public_key", "-----BEGIN CERTIFICATE-----\nsecret", "certificate"),
        ("public_key_id", "", "PUB_KEY_ID_"),
    ],
)
def test_a_key_of_wechat_that_cannot_be_right_is_named_and_not_shown(
    field: str, value: str, word: str
) -> None:
    problem = msgspec.structs.replace(KEYS, **{field: value}).problem()
    assert word in problem
    assert "secret" not in problem


def test_keys_of_wechat_are_not_shown_in_a_log() -> None:
    assert repr(KEYS) == f"{KEYS}" == WeChatKeys.__name__
