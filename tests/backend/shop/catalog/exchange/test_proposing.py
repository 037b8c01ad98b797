from backend.contract.exchange import FieldChange, LineOutcome, LineProposal, StockOf
from tests.backend.shop.catalog.exchange.importer import TWO, Files


async def test_a_dry_run_says_of_each_line_what_it_would_do(files: Files) -> None:
    await files.take(TWO)
    text = "title,code,price,stock,tags\n绿茶,tea,39.00,9,new\n杯,cup,9.5,3,\n壶,pot,80,1,\n"
    for is_dry in (True, False):
        report = await files.take(text, dry=is_dry, stock=StockOf.COUNT)
        assert report.proposals == [
            LineProposal(
                2,
                LineOutcome.CHANGED,
                "绿茶",
                [
                    FieldChange("title", "茶", "绿茶"),
                    FieldChange("tags", "", "new"),
                    FieldChange("price_minor", "¥49.00", "¥39.00"),
                    FieldChange("stock", "5", "9"),
                ],
            ),
            LineProposal(4, LineOutcome.NEW, "壶"),
            LineProposal(3, LineOutcome.UNCHANGED, "杯"),
        ]


async def test_each_line_of_a_product_says_what_it_does_to_its_own_sku(files: Files) -> None:
    head = "product,title,option1 name,option1 value,price\n"
    await files.take(f"{head}a,茶,size,S,1\na,茶,size,M,1\n")
    [made] = await files.all()
    lines = [f"{made.spu_id},绿茶,size,{size},{price}\n" for size, price in (("S", 1), ("M", 2), ("L", 3))]
    text = head + "".join(lines)
    report = await files.take(text, dry=True)
    assert [
        (one.line, one.outcome, [change.field for change in one.changes]) for one in report.proposals
    ] == [
        (2, LineOutcome.CHANGED, ["title"]),
        (3, LineOutcome.CHANGED, ["price_minor"]),
        (4, LineOutcome.NEW, []),
    ]
