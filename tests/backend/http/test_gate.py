import msgspec
import pytest

from backend.contract.http import Problem
from backend.http.gate import Fault, Gate
from backend.limits import HttpLimits


def test_a_trusted_proxys_connections_are_not_counted() -> None:
    gate = Gate(HttpLimits(), trusted_proxies=["10.0.0.0/8"])
    assert [gate.enter("10.1.2.3") for _ in range(3)] == [0, 0, 0]
    assert [gate.enter(host) for host in ("203.0.113.7", "203.0.113.7", "::ffff:203.0.113.7")] == [1, 2, 3]
    assert [gate.enter(host) for host in ("2001:db8::1", "2001:db8::2", "2001:db8:1::")] == [1, 2, 1]
    gate.leave("10.1.2.3")
    gate.leave("203.0.113.7")
    assert gate.enter("203.0.113.7") == 3


@pytest.mark.parametrize("fault", Fault)
def test_a_refusal_is_a_whole_answer_that_says_why(fault: Fault) -> None:
    head, _, body = fault.answer().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 4")
    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
    assert msgspec.json.decode(body, type=Problem) == Problem(fault.word, fault.message)


def test_a_path_with_a_part_of_any_name_takes_files_behind_any_prefix_and_others_do_not() -> None:
    gate = Gate(HttpLimits(), uploads=["/api/v1/pictures", "/api/v1/cases/{case_id}/pictures"])
    large, small = HttpLimits().upload_bytes, HttpLimits().body_bytes
    for url in (b"/api/v1/pictures", b"/shop/api/v1/cases/01J/pictures?x=1"):
        assert gate.most_of(url)[0] == large
    for url in (b"/api/v1/cases/01J/withdraw", b"/api/v1/cases/a/b/pictures", b"/api/v1/picturesX"):
        assert gate.most_of(url)[0] == small
