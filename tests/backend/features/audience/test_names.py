import pytest

from backend.features.audience.names import Names, is_of_role, look_of
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST

NOBODY: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    "name",
    [
        *(
            "主播",
            "主 播",
            "主\u3164播",
            "主播小助手",
            "【官方】客服01",
            "助理2号",
            "管理员",
            "系统",
            "老板",
            "店主本人",
        ),
        *(
            "Host",
            "HOST",
            "Hоst",
            "h.o.s.t",
            "Host 1",
            "the host",
            "Host小王",
            "🅷🅾🆂🆃",
            "h0st",
            "ʜᴏꜱᴛ",
            "Ｈｏｓｔ",
            "Host7",
        ),
        *(
            "Assistant",
            "admin",
            "AdmIn",
            "@dm!n",
            "adm1n",
            "Official Shop",
            "Staff",
            "$taff",
            "systеm",
            "moderator",
        ),
        *("anchor", "客服", "Ηost"),
        *("客服001", "主播本人", "管理员小王", "老板本人", "店长小李", "thehost", "Officialshop", "TheHost1"),
        *(
            "myhost",
            "shopowner",
            "techsupport",
            "A.d.m.i.n Lily",
            "ad min",
            "unofficial",
            "Hosts",
            "ｔｈｅhost",
        ),
    ],
)
def test_a_name_that_speaks_for_the_shop_is_of_a_role(name: str) -> None:
    assert is_of_role(name)


@pytest.mark.parametrize(
    "name",
    [
        *("小王", "Ghost", "Hostetler", "Anna", "老板娘家的猫", "😀", "Systema", "阿播", "2024", "！"),
        *(
            "badminton",
            "Brad Minogue",
            "hostess",
            "modern",
            "Supporter",
            "大老板",
            "李老板",
            "王者荣耀",
            "主持人",
        ),
        *(
            "系统工程师",
            "哆啦A梦",
            "工程师",
            "口红控",
            "力哥",
            "一诺",
            "夕阳红",
            "二狗",
            "VIP会员",
            "用户8888",
        ),
    ],
)
def test_other_names_are_of_no_role(name: str) -> None:
    assert not is_of_role(name)


def test_staff_and_accounts_are_called_like_nobody_else() -> None:
    names = Names("小店直播", {"bert": "Lily"})
    staff = [("host", "茶姐"), ("helper", "Tom")]
    for taken in ("茶姐", "茶 姐", "Tom", "Тоm", "T0m", "Lily", "LiIy", "L1ly", "小店直播"):
        assert not names.is_free(taken, ANNA, staff), taken
    assert names.is_free("Lily", BERT, staff)
    assert names.is_free("Tom", HELPER, staff)
    assert names.is_free("茶姐", HOST, staff)
    assert not names.is_free("茶姐", HELPER, staff)
    assert not names.is_free("Lily", HOST, staff)


def test_an_assistant_is_called_like_no_host_and_may_say_what_they_are() -> None:
    names = Names()
    assert names.is_free("助理小李", HELPER, NOBODY)
    assert not names.is_free("主播", HELPER, NOBODY)
    assert not names.is_free("Host", HELPER, NOBODY)
    assert names.is_free("主播", HOST, NOBODY)


@pytest.mark.parametrize("others", ["ปู ปี ป้า ปู่", "कि की कु के", "ばか はか ぱか", "김철수 김철희", "محمد احمد"])
def test_names_that_differ_by_a_vowel_of_their_script_are_different(others: str) -> None:
    names = others.split()
    assert len({look_of(name) for name in names}) == len(names)


def test_a_vowel_of_another_script_hides_no_role() -> None:
    assert is_of_role("主\u0e34播")
    assert is_of_role("H\u0941ost")
    assert is_of_role("主\u3099播")


def test_a_new_account_has_its_name_alone_from_now_on() -> None:
    names = Names()
    assert names.is_free("小王", ANNA, NOBODY)
    names.give("bert", "小王")
    assert not names.is_free("小 王", ANNA, NOBODY)
    assert names.is_free("小王", BERT, NOBODY)
