import pytest

from backend.contract.link_source import source_of, tagged


@pytest.mark.parametrize("tag", ["qr", "spring-sale_2", "0", "a" * 24])
def test_a_tag_of_ours_is_kept(tag: str) -> None:
    assert source_of(tag) == source_of(tag.upper()) == tag


@pytest.mark.parametrize("given", [None, "", "-a", "a b", "<b>", "微信", "a" * 25, "a\n", "a/../b"])
def test_what_is_no_tag_counts_as_none(given: str | None) -> None:
    assert source_of(given) == ""


def test_a_link_carries_its_tag() -> None:
    assert tagged("http://shop.local/r/main", "qr") == "http://shop.local/r/main?from=qr"
    assert tagged("", "qr") == ""
