from tests.support.schedule import group_of


def test_the_tests_of_a_file_stay_together() -> None:
    first, second = (f"tests/widgets/test_toasts.py::test_{name}[a::b]" for name in ("one", "two"))
    assert group_of(first) == group_of(second) == "tests/widgets/test_toasts.py"


def test_all_journeys_stay_together() -> None:
    assert group_of("tests/journeys/test_chat.py::test_a") == group_of("tests/journeys/test_loss.py::test_b")
