import msgspec
import pytest

from backend.shop.payments.alipay_keys import API, AlipayKeys
from tests.support.alipay_gateway import AlipayGateway
from tests.support.gateways import public_pem_of

KEYS = AlipayGateway().keys(api=API)


def test_whole_keys_of_alipay_are_live_and_have_no_problem() -> None:
    assert KEYS.problem() == ""
    assert KEYS.is_live
    sandbox = "https://openapi-sandbox.dl.alipaydev.com/gateway.do"
    assert not msgspec.structs.replace(KEYS, api=sandbox).is_live


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("app_id", "wx1", "app_id"),
        ("seller_id", "1234", "2088"),
        ("private_key", "secret-nonsense", "应用私钥"),
        ("public_key", "secret-nonsense", "支付宝公钥"),
        ("public_key", public_pem_of("app"), "the app's own"),
    ],
)
def test_a_key_of_alipay_that_cannot_be_right_is_named_and_not_shown(
    field: str, value: str, word: str
) -> None:
    problem = msgspec.structs.replace(KEYS, **{field: value}).problem()
    assert word in problem
    assert "secret" not in problem


def test_keys_of_alipay_are_not_shown_in_a_log() -> None:
    assert repr(KEYS) == f"{KEYS}" == AlipayKeys.__name__
