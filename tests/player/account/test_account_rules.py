"""What an account's form is told: each fault at its field, with cause and remedy."""

import pytest

from backend.identity.accounts import PASSWORD_LENGTHS, readable_name
from tests.support.node import run_module

RULES = 'const rules = await player("account/account-rules.js"); '
LONG = "x" * 129


async def faults(**values: str) -> list[list[str]]:
    return await run_module(
        f"{RULES} return rules.faultsOf(values).map(({{ field, key }}) => [field, key]);",
        list[list[str]],
        values=values,
    )


async def fault_from(view: str, status: int, retry_s: int = 0) -> tuple[str, str, int]:
    return await run_module(
        f"{RULES} const fault = rules.faultFrom(view, {{ type: 'refused', status, retry_s }});"
        "return [fault.field, fault.key, fault.wait_s];",
        tuple[str, str, int],
        view=view,
        status=status,
        retry_s=retry_s,
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("", "fault_name_missing"),
        (" \t\u3000", "fault_name_missing"),
        ("x" * 21, "fault_name_long"),
        ("\u3164\u115f \u2800", "fault_name_missing"),  # nobody sees them
        ("㍿" * 20, None),
        ("x" * 20, None),
        ("😀" * 20, None),
        ("  小  王  ", None),
    ],
)
async def test_a_name_is_counted_as_the_room_counts_it(name: str, key: str | None) -> None:
    expected = [["name", key]] if key else []
    assert await faults(name=name, password="long enough") == expected
    assert (readable_name(name) is None) == (key is not None)


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("", "fault_password_missing"),
        ("1234567", "fault_password_short"),
        ("😀😀😀😀", "fault_password_short"),
        (LONG, "fault_password_long"),
        ("12345678", None),
        ("😀" * 128, None),
        ("        ", None),
    ],
)
async def test_a_password_is_counted_in_code_points(password: str, key: str | None) -> None:
    assert await faults(name="小王", password=password) == ([["password", key]] if key else [])
    assert (len(password) in PASSWORD_LENGTHS) == (key is None)


async def test_every_field_has_its_own_fault_and_another_password_is_another_one() -> None:
    assert await faults(name="", password="x") == [
        ["name", "fault_name_missing"],
        ["password", "fault_password_short"],
    ]
    assert await faults(old="12345678", new="12345678") == [["new", "fault_password_same"]]
    assert await faults(old="", new="") == [
        ["old", "fault_password_missing"],
        ["new", "fault_password_missing"],
    ]


@pytest.mark.parametrize(
    ("view", "status", "field", "key"),
    [
        ("sign_in", 403, "password", "fault_wrong"),
        ("sign_up", 403, "", "fault_staff"),
        ("password", 403, "old", "fault_password_wrong"),
        ("sign_up", 409, "name", "fault_name_taken"),
        ("sign_up", 422, "name", "fault_name_unreadable"),
        ("password", 422, "new", "fault_password_refused"),
        ("sign_up", 401, "", "fault_reentered"),
        ("password", 401, "", "fault_signed_out"),
        ("sign_in", 500, "", "fault_failed"),
        ("sign_in", 404, "", "fault_failed"),
    ],
)
async def test_a_refusal_is_told_where_it_can_be_mended(view: str, status: int, field: str, key: str) -> None:
    assert await fault_from(view, status) == (field, key, 0)


async def test_who_must_wait_is_told_how_long() -> None:
    assert await fault_from("sign_in", 429, 9) == ("", "fault_too_often", 9)
    assert await fault_from("sign_in", 503, 2) == ("", "fault_crowded", 2)
    assert (await fault_from("sign_in", 503))[2] > 0
