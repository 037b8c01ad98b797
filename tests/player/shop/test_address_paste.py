"""A pasted address is taken apart."""

import pytest

from tests.support.node import run_module


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        (
            "林悦 138 0013 8000 浙江省杭州市西湖区文三路90号 东部软件园2号楼601",
            ["林悦", "138 0013 8000", "浙江省", "杭州市", "西湖区", "文三路90号 东部软件园2号楼601", ""],
        ),
        (
            "张三，13900139000，广东省深圳市南山区科技园南路 1 号，518057",
            ["张三", "13900139000", "广东省", "深圳市", "南山区", "科技园南路 1 号", "518057"],
        ),
        (
            "收件人：王小明\n电话：13812345678\n所在地区：上海市上海市徐汇区\n详细地址：漕溪北路 88 号",
            ["王小明", "13812345678", "上海市", "上海市", "徐汇区", "漕溪北路 88 号", ""],
        ),
        (
            "北京市朝阳区建国路 1 号 李雷 010-12345678",
            ["李雷", "010 12345678", "北京市", "北京市", "朝阳区", "建国路 1 号", ""],
        ),
        (
            "内蒙古自治区呼伦贝尔市海拉尔区一路2号 乌兰 13512345678",
            ["乌兰", "13512345678", "内蒙古自治区", "呼伦贝尔市", "海拉尔区", "一路2号", ""],
        ),
        (
            "Lin Yue, Room 601, 90 Wensan Road, +86 138 0013 8000",
            ["", "+86 138 0013 8000", "", "", "", "Lin Yue Room 601 90 Wensan Road", ""],
        ),
        ("", ["", "", "", "", "", "", ""]),
    ],
)
async def test_what_is_known_of_a_pasted_line_goes_to_its_field(pasted: str, found: list[str]) -> None:
    script = """
    const { takeApart } = await player("shop/address-paste.js");
    const parts = takeApart(pasted);
    const fields = ["name", "phone", "province", "city", "district", "street", "postcode"];
    return fields.map((field) => parts[field] ?? "");
    """
    assert await run_module(script, list[str], pasted=pasted) == found
