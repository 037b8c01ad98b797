"""The cart by itself: what it holds after each step, and what it makes of what a browser kept."""

import pytest

from tests.support.node import run_module

LINE = {"sku_id": "a", "spu_id": "p", "title": "茶", "specs": "", "quantity": 1}
KEPT = {**LINE, "isChosen": True}


async def after(steps: str, kept: object = None) -> list[str]:
    """The lines that a cart holds after some steps, and what was saved last."""
    script = f"""
      const {{ Cart }} = await player("shop/cart.js");
      let saved = null;
      const cart = new Cart({{ load: () => kept, save: (lines) => (saved = lines), onChanged() {{}} }});
      {steps}
      const mark = ({{ isChosen }}) => (isChosen ? "" : "-");
      const text = (lines) => lines.map((one) => `${{one.sku_id}}${{one.quantity}}${{mark(one)}}`);
      if (saved && text(saved).join() !== text(cart.lines).join()) throw new Error("not saved");
      return text(cart.lines);
    """
    return await run_module(script, list[str], kept=kept or [], line=LINE)


async def test_units_of_one_sku_stand_in_one_line() -> None:
    steps = 'cart.add(line, 9); cart.add({ ...line, sku_id: "b" }, 9); cart.add({ ...line, quantity: 2 }, 9);'
    assert await after(steps) == ["b1", "a3"]


async def test_no_line_has_more_units_than_a_buyer_can_have() -> None:
    assert await after("cart.add(line, 2); cart.add({ ...line, quantity: 5 }, 2);") == ["a2"]


async def test_a_line_more_than_an_order_may_have_finds_no_place() -> None:
    steps = """
      for (let number = 0; number < 100; number++) cart.add({ ...line, sku_id: `s${number}` }, 9);
      const answers = [cart.add(line, 9), cart.add({ ...line, sku_id: "s0" }, 9)];
      if (answers.join() !== "false,true") throw new Error(answers.join());
    """
    assert len(await after(steps)) == 100


async def test_what_was_removed_is_put_back_in_its_place() -> None:
    kept = [KEPT, {**KEPT, "sku_id": "b"}, {**KEPT, "sku_id": "c"}]
    assert await after('cart.remove(["b"]);', kept) == ["a1", "c1"]
    assert await after('cart.remove(["b"]); cart.undo();', kept) == ["a1", "b1", "c1"]


async def test_a_change_after_a_removal_ends_the_undo() -> None:
    assert await after('cart.remove(["a"]); cart.add({ ...line, sku_id: "b" }, 9); cart.undo();', [KEPT]) == [
        "b1"
    ]


async def test_an_order_takes_out_what_it_bought_and_leaves_the_rest() -> None:
    kept = [{**KEPT, "quantity": 3}, {**KEPT, "sku_id": "b"}]
    assert await after(
        'cart.takeOut([{ sku_id: "a", quantity: 2 }, { sku_id: "b", quantity: 1 }]);', kept
    ) == ["a1"]


async def test_lines_are_chosen_and_counted_by_themselves() -> None:
    steps = 'cart.choose(["a"], false); cart.setQuantity("a", 4); cart.setQuantity("a", 0);'
    assert await after(steps, [KEPT]) == ["a1-"]


@pytest.mark.parametrize(
    "kept",
    ["text", {"sku_id": "a"}, [None, 3, "a"], [{**KEPT, "quantity": -1}], [{**KEPT, "quantity": 1.5}]],
)
async def test_what_is_no_cart_is_an_empty_cart(kept: object) -> None:
    assert await after("", kept) == []
