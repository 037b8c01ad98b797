"""What a danmu asks for, and what is only chat."""

import pytest

from tests.support.node import run_module


def sku(sku_id: str, *values: str, left: int = 5) -> dict[str, object]:
    specs = [[name, value] for name, value in zip(("颜色", "尺码"), values, strict=False)]
    return {"sku_id": sku_id, "specs": specs, "left": left, "limit_per_buyer": None}


PRODUCTS = [
    {"number": 1, "skus": [sku("tea")]},
    {
        "number": 12,
        "skus": [
            sku("oat-s", "燕麦", "S", left=0),
            sku("oat-m", "燕麦", "M"),
            sku("oat-2xl", "燕麦", "2XL"),
            sku("pine-s", "松绿", "S", left=1),
        ],
    },
    {"number": 13, "skus": [sku("shoe-42", "橙", "42"), sku("shoe-43", "橙", "43")]},
    {"number": 14, "skus": [sku("gone", left=0)]},
]


async def wanted(text: str) -> str:
    script = """
      const { wantedIn } = await player("shop/comment-buy.js");
      const found = wantedIn(text, products);
      return found ? `${found.product.number} ${found.sku.sku_id} ${found.quantity}` : "";
    """
    return await run_module(script, str, text=text, products=PRODUCTS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 M", "12 oat-m 1"),
        ("12 m 2件", "12 oat-m 2"),
        ("12号", "12 oat-m 1"),
        ("１２号 Ｍ", "12 oat-m 1"),
        ("我要12号燕麦M", "12 oat-m 1"),
        ("no. 12 M x3", "12 oat-m 3"),
        ("#12 2xl", "12 oat-2xl 1"),
        ("12 松绿", "12 pine-s 1"),
        ("12 松绿 S 9件", "12 pine-s 1"),
        ("13 42 2双", "13 shoe-42 2"),
        ("buy 13 43", "13 shoe-43 1"),
        ("1号链接", "1 tea 1"),
        ("1 x2", "1 tea 2"),
    ],
)
async def test_a_danmu_that_names_a_product_asks_for_it(text: str, found: str) -> None:
    assert await wanted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "12",
        "666",
        "好看",
        "12 点开始吗",
        "1号是什么茶",
        "12 XL",
        "12 MM",
        "12 燕麦 S",
        "12 燕麦 松绿",
        "14号",
        "99号",
        "1.5 折吗",
        "我12岁",
        "12 M 2件 谢谢",
        "",
    ],
)
async def test_everything_else_is_chat(text: str) -> None:
    assert await wanted(text) == ""
