"""Which SKU a choice means, and what is left of it."""

from tests.support.node import Result, run_module

SKUS = [
    {"sku_id": f"{colour}-{size}", "specs": [["颜色", colour], ["尺码", size]], "left": left}
    for colour, size, left in [("燕", "S", 0), ("燕", "M", 4), ("绿", "S", 2), ("绿", "L", 7), ("黑", "S", 0)]
]


async def run(script: str, returns: type[Result], **values: object) -> Result:
    prelude = 'const choice = await player("shop/sku-choice.js");'
    return await run_module(prelude + script, returns, skus=SKUS, **values)


async def test_specifications_come_in_the_shops_order_each_value_once() -> None:
    found = await run(
        "return choice.specsOf(skus).map(({ name, values }) => [name, ...values]);", list[list[str]]
    )
    assert found == [["颜色", "燕", "绿", "黑"], ["尺码", "S", "M", "L"]]


async def test_the_first_choice_can_be_bought() -> None:
    assert await run("return choice.firstOf(skus).sku_id;", str) == "燕-M"
    assert await run("return choice.firstOf([skus[4], skus[0]]).sku_id;", str) == "黑-S"


async def test_what_is_left_of_a_value_counts_what_stands_before_it_alone() -> None:
    script = """
    const now = { 颜色: "绿", 尺码: "S" };
    return asked.map(([name, value]) => choice.leftWith(skus, now, name, value));
    """
    asked = [["颜色", "燕"], ["颜色", "绿"], ["颜色", "黑"], ["尺码", "S"], ["尺码", "M"], ["尺码", "L"]]
    assert await run(script, list[int], asked=asked) == [4, 9, 0, 2, 0, 7]


async def test_choosing_a_value_moves_what_comes_after_it_to_what_can_be_bought() -> None:
    script = "return choice.choose(skus, { 颜色: from[0], 尺码: from[1] }, name, value);"
    moved = await run(script, dict[str, str], **{"from": ["绿", "L"], "name": "颜色", "value": "燕"})
    assert moved == {"颜色": "燕", "尺码": "M"}
    kept = await run(script, dict[str, str], **{"from": ["燕", "S"], "name": "颜色", "value": "绿"})
    assert kept == {"颜色": "绿", "尺码": "S"}


async def test_what_the_room_says_is_left_counts_but_for_what_is_known_nearer() -> None:
    script = "return given.map(([before, told]) => choice.stillLeft(before, told));"
    given = [[120, 100], [120, 50], [12, 9], [3, 0], [40, 100], [49, 20], [50, 20]]
    assert await run(script, list[int], given=given) == [120, 50, 9, 0, 100, 49, 20]


async def test_a_buyer_gets_as_many_as_are_left_and_allowed() -> None:
    script = "return given.map(([left, limit_per_buyer]) => choice.mostOf({ left, limit_per_buyer }));"
    given = [[10, None], [10, 2], [1, 2], [0, 2], [-1, None], [20_000, None]]
    assert await run(script, list[int], given=given) == [10, 2, 1, 0, 0, 9_999]
