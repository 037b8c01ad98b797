"""What an address needs before the shop takes it."""

from tests.support.node import run_module

WHOLE = {
    "name": " 林悦 ",
    "phone": "138 0013 8000",
    "province": "浙江省",
    "city": "杭州市",
    "district": "",
    "street": "文三路 90 号",
    "postcode": "",
    "email": "",
}
SCRIPT = """
const { addressOf, faultsOf } = await player("shop/address-rules.js");
return Object.fromEntries([...faultsOf(addressOf(values))].map(([field, { key }]) => [field, key]));
"""


async def faults(**changed: str) -> dict[str, str]:
    return await run_module(SCRIPT, dict[str, str], values={**WHOLE, **changed})


async def test_a_whole_address_has_no_fault() -> None:
    assert await faults() == {}
    assert await faults(district="西湖区", postcode="310012") == {}


async def test_what_is_empty_or_blank_is_asked_for() -> None:
    assert await faults(name="  ", street="") == {"name": "fault_name", "street": "fault_street"}
    assert await faults(phone="") == {"phone": "fault_phone"}


async def test_a_phone_number_has_digits() -> None:
    assert await faults(phone="my phone") == {"phone": "fault_phone_digits"}
    assert await faults(phone="+44 20 7946") == {}
    assert await faults(phone="١٣٨٠٠٠٠١١١١") == {} == await faults(phone="１３８００００１１１１")


async def test_an_email_address_may_be_left_out_and_has_one_at_sign() -> None:
    assert await faults(email=" ann@example.com ") == {}
    for wrong in ("ann", "ann@localhost", "a@b.cn, c@d.cn", "Ann <ann@example.com>"):
        assert await faults(email=wrong) == {"email": "fault_email"}


async def test_nothing_is_longer_than_the_shop_takes() -> None:
    assert await faults(street="长" * 201) == {"street": "fault_too_long"}
    assert await faults(street="长" * 200) == {}


async def test_an_address_is_written_on_one_line_and_a_city_of_its_own_once() -> None:
    script = 'const { addressText } = await player("shop/address-rules.js"); return addressText(given);'
    city = {"province": "上海市", "city": "上海市", "district": "徐汇区", "street": "一路 1 号"}
    assert await run_module(script, str, given=city) == "上海市 徐汇区 一路 1 号"
