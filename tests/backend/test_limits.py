from backend.limits import KeyedBuckets, Places, TokenBucket


def test_a_burst_goes_through_and_then_the_rate_holds() -> None:
    bucket = TokenBucket(per_second=10, burst=3)
    assert [bucket.take(0.0) for _ in range(4)] == [0, 0, 0, 100]
    assert [bucket.take(0.1), bucket.take(0.1)] == [0, 100]


def test_who_waits_as_long_as_told_is_let_through() -> None:
    for per_second in (3, 7, 20, 33):
        bucket = TokenBucket(per_second=per_second, burst=1)
        now_s = 1000.0
        for _ in range(200):
            wait_ms = bucket.take(now_s)
            if wait_ms:
                now_s += wait_ms / 1000
                assert bucket.take(now_s) == 0


def test_a_long_rest_fills_the_bucket_and_no_more() -> None:
    bucket = TokenBucket(per_second=10, burst=2)
    bucket.take(0.0)
    assert [bucket.take(3600.0) for _ in range(3)] == [0, 0, 100]


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing() -> None:
    bucket = TokenBucket(per_second=10, burst=2)
    assert [bucket.take(5.0), bucket.take(1.0)] == [0, 0]
    assert bucket.take(1.0) > 0


def test_each_key_has_a_bucket_of_its_own_and_the_oldest_is_forgotten() -> None:
    buckets = KeyedBuckets(per_second=1, burst=1, max_keys=2)
    assert [buckets.take(key, 0.0) for key in "aab"] == [0, 1000, 0]
    assert buckets.take("c", 0.0) == 0
    assert buckets.take("b", 0.0) == 1000
    assert buckets.take("a", 0.0) == 0


def test_a_place_is_counted_until_it_is_given_back() -> None:
    places = Places(2)
    assert [places.take(key) for key in ("a", "a", "a", "b")] == [1, 2, 3, 1]
    places.give_back("a")
    places.give_back("b")
    assert [places.take("a"), places.take("b")] == [3, 1]
    for key in ("a", "a", "a", "b"):
        places.give_back(key)
    assert not places._taken


def test_a_bucket_gives_as_many_tokens_as_it_has() -> None:
    bucket = TokenBucket(per_second=10.0, burst=5)
    assert bucket.take_up_to(3, 0.0) == 3
    assert bucket.take_up_to(3, 0.0) == 2
    assert bucket.take_up_to(3, 0.0) == 0
    assert bucket.take_up_to(100, 0.4) == 4
