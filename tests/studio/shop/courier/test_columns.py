import msgspec
import pytest

from backend.contract.orders import PaymentMethod
from studio.shop.courier.columns import rows_of
from tests.widgets.orders import line, order, paid, parcel
from widgets.shop.file_choices import Preset


@pytest.mark.parametrize("preset", Preset)
def test_each_row_has_as_many_cells_as_the_head(preset: Preset) -> None:
    rows = rows_of(preset, [paid(1), paid(2)])
    assert len({len(row) for row in rows}) == 1
    assert len(set(rows[0])) == len(rows[0])
    assert rows[1][0] == paid(1).number


def test_only_what_is_still_to_be_sent_is_named_and_counted() -> None:
    dropped = msgspec.structs.replace(line(3, 2, 2), refunded=1, dropped=1)
    half = paid(1, lines=[line(1, 0, 2), line(2, 1, 1), dropped], parcels=[parcel(line=1, quantity=2)])
    [head, row] = rows_of(Preset.ONE_LINE, [half])
    cells = dict(zip(head, row, strict=True))
    assert cells["物品"] == "丝绒哑光口红 #09 枫叶红 #09 枫叶红 ×1; 轻弹缓震跑鞋 42 ×1"
    assert cells["数量"] == "2"
    assert cells["收件地址"] == "浙江省杭州市西湖区文三路 1 号"
    assert cells["代收货款"] == ""


def test_the_courier_collects_what_is_paid_at_the_door() -> None:
    at_the_door = order(1, method=PaymentMethod.CASH_ON_DELIVERY, total_minor=16805)
    [head, row] = rows_of(Preset.ABROAD, [at_the_door])
    assert dict(zip(head, row, strict=True))["Cash on delivery"] == "168.05"
    in_yen = msgspec.structs.replace(at_the_door, currency="JPY")
    assert rows_of(Preset.ABROAD, [in_yen])[1][head.index("Cash on delivery")] == "16805"
