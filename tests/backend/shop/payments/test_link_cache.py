"""Links to pay by, kept for as long as they are good."""

from backend.shop.payments.link_cache import LinkCache


def test_a_link_is_found_until_it_is_good_no_more() -> None:
    now_ms = 1_000
    cache = LinkCache(lambda: now_ms)
    assert cache.save("a", "https://pay.example.com", 500) == "https://pay.example.com"
    now_ms = 1_499
    assert cache.find("a") == "https://pay.example.com"
    now_ms = 1_500
    assert cache.find("a") is None


def test_that_there_is_no_link_is_kept_as_well() -> None:
    cache = LinkCache(lambda: 0)
    cache.save("a", "", 500)
    assert (cache.find("a"), cache.find("b")) == ("", None)


def test_of_too_many_links_the_one_that_was_kept_first_is_forgotten() -> None:
    cache = LinkCache(lambda: 0, most=2)
    for key in ("a", "b", "a", "c"):
        cache.save(key, key, 500)
    assert [cache.find(key) for key in ("a", "b", "c")] == ["a", None, "c"]
