import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.contract.exchange import FileFormat, StockOf
from backend.contract.products import StaffProduct
from backend.shop.catalog.exchange.own_csv import write_csv
from backend.shop.catalog.exchange.own_json import write_json
from backend.shop.catalog.exchange.planning import Change, Known, plan
from backend.shop.catalog.exchange.reading import read_file
from backend.shop.catalog.exchange.rows import goods_of
from backend.shop.catalog.planning import plan_change
from tests.backend.shop.catalog.exchange.wild import products


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(products(), max_size=4, unique_by=lambda one: one.spu_id), st.sampled_from(["CNY", "JPY", "KWD"])
)
def test_what_is_exported_is_imported_unchanged(made: list[StaffProduct], currency: str) -> None:
    known = Known(
        {one.spu_id: one for one in made},
        {sku.sku_id: one.spu_id for one in made for sku in one.skus},
        {sku.code: one.spu_id for one in made for sku in one.skus if sku.code},
    )
    for kind, content in (
        (FileFormat.CSV, write_csv(made, currency)),
        (FileFormat.JSON, write_json(made, currency)),
    ):
        found, parsed = read_file(content, FileFormat.AUTO, currency)
        assert (found, parsed.faults) == (kind, [])
        goods = goods_of(parsed.rows)
        assert len(goods) == len(made)
        for one in goods:
            planned = plan(one, known, StockOf.LEAVE, lambda _name: False)
            assert isinstance(planned, Change)
            assert (planned.new_lines, planned.moves) == ([], {})
            assert plan_change(planned.before, planned.wish, 99) == planned.before


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(products(), max_size=4))
def test_no_cell_of_an_export_begins_as_a_formula(made: list[StaffProduct]) -> None:
    text = write_csv(made, "CNY").decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in line if cell[:1] in set("=+-@\t\r\n＝＋－＠")]
