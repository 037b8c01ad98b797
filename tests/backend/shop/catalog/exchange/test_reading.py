"""Which columns of a table are known, whoever wrote it."""

import pytest

from backend.contract.exchange import FileFormat
from backend.shop.catalog.exchange.reading import read_file
from backend.shop.catalog.exchange.tables import FileError


def test_a_table_whose_columns_have_the_chinese_words_of_the_studio_is_read() -> None:
    content = "标题,价格,库存,编码\n棉麻桌布,59.00,30,TC-1\n香薰蜡烛,39.9,abc,CD-1\n".encode()

    found, parsed = read_file(content, FileFormat.AUTO, "CNY")

    assert found is FileFormat.CSV
    assert [row.fields["title"] for row in parsed.rows] == ["棉麻桌布"]
    [fault] = parsed.faults
    assert (fault.line, fault.column) == (3, "库存")


def test_a_column_in_chinese_beside_the_same_in_english_is_another_one() -> None:
    content = "title,标题,price\nTea,茶,5\n".encode()

    _, parsed = read_file(content, FileFormat.AUTO, "CNY")

    assert [row.fields["title"] for row in parsed.rows] == ["Tea"]


def test_a_table_of_two_columns_for_one_thing_is_refused() -> None:
    with pytest.raises(FileError):
        read_file("标题,商品,价格\n茶,茶叶,5\n".encode(), FileFormat.AUTO, "CNY")
