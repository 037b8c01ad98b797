"""The keys of providers, from the environment and from files."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend.data_folder import StartError
from backend.payment_settings import FILE, KINDS, keys_of, read_settings, read_switched_on, switched_on
from backend.shop.payments.alipay_keys import AlipayKeys
from backend.shop.payments.wechat_keys import WeChatKeys
from tests.support.alipay_gateway import AlipayGateway
from tests.support.gateways import private_pem_of
from tests.support.wechat_gateway import WeChatGateway

WECHAT = WeChatGateway().keys(api="http://127.0.0.1:1")
ALIPAY = AlipayGateway().keys(api="http://127.0.0.1:1")


def in_environment(name: str, keys: WeChatKeys | AlipayKeys) -> dict[str, str]:
    """Keys as variables of the environment."""
    values: dict[str, str] = msgspec.to_builtins(keys)
    return {f"LIVESTALL_{name.upper()}_{field.upper()}": value for field, value in values.items()}


def read_all(folder: Path, environment: dict[str, str]) -> None:
    """Read settings as a start does."""
    settings = read_settings(folder, environment)
    for name in switched_on(environment, settings):
        keys_of(name, settings)


def write(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def problem(folder: Path, environment: dict[str, str]) -> str:
    """What is told of settings that cannot be right; it never shows a secret."""
    with pytest.raises(StartError) as raised:
        read_all(folder, environment)
    assert "hidden" not in str(raised.value)
    assert "PRIVATE KEY" not in str(raised.value)
    return str(raised.value)


def test_whole_keys_are_read_from_the_environment(tmp_path: Path) -> None:
    environment = in_environment("wechat", WECHAT) | in_environment("alipay", ALIPAY)
    settings = read_settings(tmp_path, environment)
    assert switched_on(environment, settings) == ["wechat", "alipay"]
    assert keys_of("wechat", settings) == WECHAT
    assert keys_of("alipay", settings) == ALIPAY


def test_a_key_may_stand_in_a_file_of_its_own_beside_the_others(tmp_path: Path) -> None:
    values: dict[str, Any] = {**msgspec.to_builtins(WECHAT), "private_key": "apiclient_key.pem"}
    lines = [f'{name} = """{value}"""' for name, value in values.items()]
    write(tmp_path / FILE, "\n".join(["[wechat]", *lines]))
    write(tmp_path / "apiclient_key.pem", private_pem_of("merchant"))
    assert keys_of("wechat", read_settings(tmp_path, {})) == WECHAT
    write(tmp_path / "apiclient_key.pem", "hidden", 0o644)
    assert "chmod 600" in problem(tmp_path, {})
    (tmp_path / "apiclient_key.pem").unlink()
    assert "apiclient_key.pem, which is named as private_key" in problem(tmp_path, {})


@pytest.mark.parametrize("name", KINDS)
def test_half_of_the_keys_names_the_other_half_and_where_it_goes(tmp_path: Path, name: str) -> None:
    some = {"wechat": "APP_ID", "alipay": "APP_ID", "stripe": "SECRET_KEY"}[name]
    told = problem(tmp_path, {f"LIVESTALL_{name.upper()}_{some}": "hidden"})
    assert "not complete" in told
    required = [one.name for one in msgspec.structs.fields(KINDS[name]) if one.required]
    for field in required:
        assert f"LIVESTALL_{name.upper()}_{field.upper()}" in told
    assert f"below [{name}] in {FILE}" in told


def test_play_money_is_on_alone_or_where_it_is_named(tmp_path: Path) -> None:
    environment = in_environment("alipay", ALIPAY)
    settings = read_settings(tmp_path, environment)
    assert switched_on({}, {}) == ["sandbox"]
    assert switched_on({}, settings) == ["alipay"]
    named = {"LIVESTALL_PAYMENTS": "sandbox, alipay, sandbox"}
    assert switched_on(named, settings) == ["sandbox", "alipay"]


def test_the_file_says_what_is_on_and_the_environment_counts_above_it(tmp_path: Path) -> None:
    write(tmp_path / FILE, 'on = ["sandbox", "alipay"]\n[alipay]\napp_id = "1"')
    settings = read_settings(tmp_path, {})
    named = read_switched_on(tmp_path)
    assert switched_on({}, settings, named) == ["sandbox", "alipay"]
    assert switched_on({"LIVESTALL_PAYMENTS": "alipay"}, settings, named) == ["alipay"]
    with pytest.raises(StartError, match=r"on in payments\.toml names 'moon'"):
        switched_on({}, settings, ["moon"])


def test_a_line_of_what_is_on_that_is_no_list_says_how_it_looks(tmp_path: Path) -> None:
    assert read_switched_on(tmp_path) == []
    write(tmp_path / FILE, 'on = "sandbox"')
    with pytest.raises(StartError, match=r'on = \["wechat", "sandbox"\]'):
        read_switched_on(tmp_path)
