"""Making an account, signing in elsewhere, another password, signing out: in real browsers."""

import asyncio

import pytest
from msgspec.structs import replace
from playwright.async_api import Locator, Route, expect

from backend.contract.chat import NO_RULES, SetBlockedWords, SetRoomRules
from backend.contract.polls import OpenPoll
from tests.player.conftest import Viewer, Watch
from tests.support.browser import DESKTOP, Screen
from tests.support.show import Show

NARROW = Screen(360, 740, scale=2, is_phone=True)
PASSWORD = "correct horse 电池"
OTHER = "another password 9"
# Chromium tells of each refused request.
REFUSED = "Failed to load resource"
GUESS = """
async (body) => {
  const request = { method: "POST", body: JSON.stringify(body) };
  const statuses = new Set();
  while (!statuses.has(429) && statuses.size < 2) {
    statuses.add((await fetch("/api/rooms/studio/sign-in", request)).status);
  }
  return [...statuses];
}
"""


class Gate:
    """Holds a page's requests back until they are let through."""

    def __init__(self) -> None:
        self.held = 0
        self._came = asyncio.Event()
        self._open = asyncio.Event()

    async def hold(self, route: Route) -> None:
        """The handler of a route."""
        self.held += 1
        self._came.set()
        await self._open.wait()
        await route.continue_()

    async def until_held(self) -> None:
        """Wait for the first."""
        await self._came.wait()

    def let_through(self) -> None:
        """Those that wait, and all that come."""
        self._open.set()


def field(viewer: Viewer, view: str, name: str) -> Locator:
    return viewer.page.locator(f"form[data-view={view}] [name={name}]")


def fault(viewer: Viewer, view: str, name: str) -> Locator:
    return viewer.page.locator(f"form[data-view={view}] .field:has([name={name}]) .field__fault")


def send(viewer: Viewer, view: str) -> Locator:
    return viewer.page.locator(f"form[data-view={view}] .account__send")


def notice(viewer: Viewer) -> Locator:
    return viewer.page.locator(".notice__text")


def sheet(viewer: Viewer) -> Locator:
    return viewer.page.locator("account-sheet dialog")


async def open_account(viewer: Viewer) -> None:
    await viewer.page.locator(".more").click()
    await viewer.page.locator(".account-open").click()
    await expect(sheet(viewer)).to_be_visible()


async def enter(viewer: Viewer, view: str, **values: str) -> None:
    for name, value in values.items():
        await field(viewer, view, name).fill(value)


async def fill(viewer: Viewer, view: str, **values: str) -> None:
    await enter(viewer, view, **values)
    await viewer.page.keyboard.press("Enter")


async def sign_up(viewer: Viewer, name: str = "小王", password: str = PASSWORD) -> None:
    await open_account(viewer)
    await viewer.page.locator("[data-to=sign_up]").click()
    await fill(viewer, "sign_up", name=name, password=password)
    await expect(sheet(viewer)).to_be_hidden()


async def sign_in(viewer: Viewer, name: str = "小王", password: str = PASSWORD) -> None:
    await open_account(viewer)
    await fill(viewer, "sign_in", name=name, password=password)
    await expect(sheet(viewer)).to_be_hidden()


async def say(viewer: Viewer, text: str) -> None:
    await viewer.page.locator(".composer__input").fill(text)
    await viewer.page.locator(".composer__input").press("Enter")
    await expect(line(viewer, text)).to_have_attribute("data-state", "sent")
    await viewer.page.locator(".composer__input").blur()


def line(viewer: Viewer, text: str) -> Locator:
    return viewer.page.locator(".line", has_text=text)


async def user_id(viewer: Viewer) -> str:
    """The room's name for who this browser is, out of the token's payload."""
    payload: dict[str, str] = await viewer.page.evaluate(
        "JSON.parse(atob(localStorage.getItem('livestall.token.studio').split('.')[1]"
        ".replaceAll('-', '+').replaceAll('_', '/')))"
    )
    return payload["sub"]


async def test_a_guest_who_signs_up_keeps_all_and_has_it_in_another_browser(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(DESKTOP, "en-US")
    await say(first, "注册之前")
    await first.page.locator(".follow").click()
    await first.page.locator(".gift-open").click()
    await first.page.locator(".gifts__claim").click()
    await first.page.keyboard.press("Escape")
    guest = await user_id(first)
    await sign_up(first)
    await expect(notice(first)).to_have_text("已登录：小王")
    assert await user_id(first) == guest
    await expect(line(first, "注册之前")).to_have_attribute("data-own", "")
    await say(first, "注册之后")
    await expect(line(first, "注册之后").locator(".line__name")).to_have_text("小王")

    await say(second, "a guest's words")
    await expect(second.page.locator(".follow")).to_have_attribute("aria-pressed", "false")
    await sign_in(second)
    await expect(notice(second)).to_have_text("Signed in as 小王")
    assert await user_id(second) == guest
    await expect(second.page.locator(".follow")).to_have_attribute("aria-pressed", "true")
    await expect(line(second, "注册之前")).to_have_attribute("data-own", "")
    await expect(line(second, "a guest's words")).not_to_have_attribute("data-own", "")
    await second.page.locator(".gift-open").click()
    await expect(second.page.locator(".gifts__balance")).to_have_text("You have 3,000 coins")
    await second.page.keyboard.press("Escape")
    await say(second, "from elsewhere")
    await expect(line(first, "from elsewhere").locator(".line__name")).to_have_text("小王")
    await expect(line(first, "from elsewhere")).to_have_attribute("data-own", "")


async def test_who_signs_out_is_a_new_guest_and_stays_one(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.do(OpenPoll("哪个？", ["一", "二"], 0))
    viewer = await watch(NARROW)
    await sign_up(viewer)
    await viewer.page.locator(".poll__options button").nth(1).click()
    await expect(viewer.page.locator(".poll__options button").nth(1)).to_have_attribute("data-chosen", "true")
    await viewer.page.locator(".follow").click()
    await say(viewer, "还在")
    account = await user_id(viewer)
    await open_account(viewer)
    await expect(viewer.page.locator(".account__name")).to_have_text("已登录：小王")
    await viewer.page.get_by_role("button", name="退出登录").click()
    await expect(notice(viewer)).to_have_text("已退出登录")
    await expect(viewer.page.locator(".follow")).to_have_attribute("aria-pressed", "false")
    await expect(line(viewer, "还在")).not_to_have_attribute("data-own", "")
    await expect(viewer.page.locator(".poll__options button").nth(1)).to_be_enabled()
    guest = await user_id(viewer)
    assert guest != account
    await viewer.page.reload()
    await viewer.page.locator(".more").click()
    await expect(viewer.page.locator(".account-open")).to_have_text("登录 / 注册")
    await expect(notice(viewer)).to_be_empty()
    assert await user_id(viewer) == guest


async def test_a_signed_in_viewer_stays_so_after_a_reload_and_in_the_other_tab(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    viewer = await watch(NARROW)
    tab = Viewer(await viewer.page.context.new_page())
    await tab.page.goto(show.url)
    # Its first event says who it is, and is no change; a message shows that it has come.
    await say(tab, "你好")
    await sign_up(viewer)
    await expect(notice(tab)).to_have_text("已登录：小王")
    await tab.page.reload()
    await tab.page.locator(".more").click()
    await expect(tab.page.locator(".account-who")).to_have_text("已登录：小王")
    await expect(notice(tab)).to_be_empty()
    await tab.page.keyboard.press("Escape")
    await open_account(viewer)
    await viewer.page.get_by_role("button", name="退出登录").click()
    await expect(notice(tab)).to_have_text("已退出登录")
    assert tab.complaints.unexpected() == []


async def test_a_wrong_password_and_an_unknown_name_are_told_alike_at_the_field(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(DESKTOP, "en-US")
    second.complaints.expect(REFUSED)
    await sign_up(first)
    await open_account(second)
    for name in ("小王", "小李"):
        await fill(second, "sign_in", name=name, password="wrong password")
        await expect(fault(second, "sign_in", "password")).to_have_text(
            "Name or password is wrong. Check both and try again."
        )
        await expect(field(second, "sign_in", "password")).to_be_focused()
        await expect(field(second, "sign_in", "password")).to_have_attribute("aria-invalid", "true")
        await field(second, "sign_in", "password").press("a")
        await expect(fault(second, "sign_in", "password")).to_be_empty()
    await fill(second, "sign_in", name="小 王", password=PASSWORD)
    await expect(notice(second)).to_have_text("Signed in as 小王")


async def test_a_taken_name_is_told_and_what_was_typed_comes_along_to_sign_in(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(NARROW)
    second.complaints.expect(REFUSED)
    await sign_up(first)
    await open_account(second)
    await second.page.locator("[data-to=sign_up]").click()
    await fill(second, "sign_up", name="小王!", password=PASSWORD)
    await expect(fault(second, "sign_up", "name")).to_contain_text("这个名字不能用")
    await expect(field(second, "sign_up", "name")).to_be_focused()
    await second.page.locator("form[data-view=sign_up] [data-to=sign_in]").click()
    await expect(field(second, "sign_in", "name")).to_have_value("小王!")


async def test_what_cannot_be_an_account_is_never_sent(show: Show, watch: Watch) -> None:
    viewer = await watch(NARROW)
    asked: list[str] = []
    viewer.page.on("request", lambda request: asked.append(request.url))
    await open_account(viewer)
    await viewer.page.locator("[data-to=sign_up]").click()
    asked.clear()
    await fill(viewer, "sign_up", name="小王", password="1234567")
    await expect(fault(viewer, "sign_up", "password")).to_have_text("密码只有 7 个字符，至少要 8 个")
    await expect(field(viewer, "sign_up", "password")).to_be_focused()
    await fill(viewer, "sign_up", password="😀" * 7)
    await expect(fault(viewer, "sign_up", "password")).to_have_text("密码只有 7 个字符，至少要 8 个")
    await fill(viewer, "sign_up", password="x" * 129)
    await expect(fault(viewer, "sign_up", "password")).to_have_text("密码有 129 个字符，最多 128 个")
    await fill(viewer, "sign_up", name="", password="")
    await expect(fault(viewer, "sign_up", "name")).to_have_text("请填写名字，1 到 20 个字")
    await expect(field(viewer, "sign_up", "name")).to_be_focused()
    # The page's own files may come meanwhile: the shop is loaded ahead.
    assert [url for url in asked if "/player/" not in url] == []


async def test_who_tries_too_often_reads_how_long_to_wait(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(NARROW, "en-US")
    second.complaints.expect(REFUSED)
    await sign_up(first)
    await open_account(second)
    await enter(second, "sign_in", name="小王", password=PASSWORD)
    # Last of all: every ten seconds let one more try through.
    assert await second.page.evaluate(GUESS, {"name": "小王", "password": "wrong one"}) == [403, 429]
    await second.page.keyboard.press("Enter")
    told = second.page.locator("form[data-view=sign_in] .account__fault")
    await expect(told).to_contain_text("Too many tries. Wait ")
    await expect(send(second, "sign_in")).to_contain_text("Try again in ")
    await expect(send(second, "sign_in")).to_have_attribute("aria-disabled", "true")
    await second.page.keyboard.press("Enter")
    await expect(send(second, "sign_in")).to_have_text("Sign in", timeout=30_000)
    await expect(told).to_be_empty()
    await send(second, "sign_in").press("Enter")
    await expect(notice(second)).to_have_text("Signed in as 小王")


async def test_a_form_on_its_way_is_busy_and_sent_once(show: Show, watch: Watch) -> None:
    viewer = await watch(NARROW)
    viewer.complaints.expect(REFUSED)
    gate = Gate()
    await viewer.page.route("**/sign-in", gate.hold)
    await open_account(viewer)
    await fill(viewer, "sign_in", name="小王", password=PASSWORD)
    await expect(send(viewer, "sign_in")).to_have_text("请稍候…")
    await expect(viewer.page.locator("form[data-view=sign_in]")).to_have_attribute("aria-busy", "true")
    await viewer.page.keyboard.press("Enter")
    await send(viewer, "sign_in").click(force=True)
    assert gate.held == 1
    gate.let_through()
    await expect(fault(viewer, "sign_in", "password")).not_to_be_empty()
    await expect(send(viewer, "sign_in")).to_have_text("登录")
    assert gate.held == 1


async def test_a_crowd_and_a_broken_line_are_told_with_what_to_do(show: Show, watch: Watch) -> None:
    viewer = await watch(NARROW)
    viewer.complaints.expect(REFUSED)

    async def crowded(route: Route) -> None:
        problem = {"error": "unavailable", "message": ""}
        await route.fulfill(status=503, headers={"Retry-After": "1"}, json=problem)

    await viewer.page.route("**/sign-in", crowded)
    await open_account(viewer)
    await fill(viewer, "sign_in", name="小王", password=PASSWORD)
    told = viewer.page.locator("form[data-view=sign_in] .account__fault")
    await expect(told).to_have_text("现在登录的人太多，请等 1 秒再试")
    await expect(send(viewer, "sign_in")).to_have_text("登录")
    await viewer.page.route("**/sign-in", lambda route: route.abort())
    await viewer.page.keyboard.press("Enter")
    await expect(told).to_have_text("网络断开了，没有成功。请检查网络后再试")


async def test_another_password_signs_the_other_device_out_and_tells_it(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(DESKTOP, "en-US")
    first.complaints.expect(REFUSED, "WebSocket")
    second.complaints.expect(REFUSED, "WebSocket")
    await sign_up(first)
    await sign_in(second)
    await open_account(first)
    await first.page.locator(".account__change").click()
    await fill(first, "password", old="wrong password", new=OTHER)
    await expect(fault(first, "password", "old")).to_have_text("当前密码不对，请检查后再试")
    await fill(first, "password", old=PASSWORD, new=OTHER)
    await expect(first.page.locator(".account__told")).to_have_text("密码已修改，其他设备都要重新登录")
    await expect(notice(second)).to_contain_text("小王 was signed out here")
    await second.page.get_by_role("button", name="Sign in").click()
    await expect(field(second, "sign_in", "name")).to_have_value("小王")
    await expect(field(second, "sign_in", "password")).to_be_focused()
    await fill(second, "sign_in", password=PASSWORD)
    await expect(fault(second, "sign_in", "password")).not_to_be_empty()
    await fill(second, "sign_in", password=OTHER)
    await expect(notice(second)).to_have_text("Signed in as 小王")
    await expect(first.page.locator(".account__name")).to_have_text("已登录：小王")


async def test_who_was_signed_out_while_away_is_told_when_they_come_back(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(NARROW)
    second.complaints.expect(REFUSED)
    await sign_up(first)
    await sign_in(second)
    await second.page.goto("about:blank")
    await open_account(first)
    await first.page.locator(".account__change").click()
    await fill(first, "password", old=PASSWORD, new=OTHER)
    await expect(first.page.locator(".account__told")).not_to_be_empty()
    await second.page.goto(show.url)
    await expect(notice(second)).to_have_text("小王 在这里已退出登录：密码改过，或登录过期了")
    await second.page.locator(".notice__close").click()
    await expect(notice(second)).to_be_hidden()
    await second.page.reload()
    await expect(second.page.locator(".more")).to_be_visible()
    await expect(notice(second)).to_be_empty()


async def test_a_password_cannot_be_changed_by_who_was_signed_out_and_who_then_signs_in(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(NARROW)
    second.complaints.expect(REFUSED)
    await sign_up(first)
    await sign_in(second)
    for viewer in (first, second):
        await open_account(viewer)
        await viewer.page.locator(".account__change").click()
    away = Gate()  # while it is kept from coming back, it does not know yet
    await second.page.route("**/enter", away.hold)
    await fill(first, "password", old=PASSWORD, new=OTHER)
    await away.until_held()
    await fill(second, "password", old=PASSWORD, new="a third password")
    await expect(second.page.locator(".account__told")).to_have_text("你已退出登录，请重新登录")
    away.let_through()
    await fill(second, "sign_in", name="小王", password=OTHER)
    await expect(notice(second)).to_have_text("已登录：小王")


async def test_who_is_signed_out_at_the_open_sheet_is_told_in_it(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(NARROW)
    second.complaints.expect(REFUSED)
    await sign_up(first)
    await sign_in(second)
    for viewer in (first, second):
        await open_account(viewer)
    await first.page.locator(".account__change").click()
    await fill(first, "password", old=PASSWORD, new=OTHER)
    await expect(second.page.locator(".account__told")).to_have_text("你已退出登录，请重新登录")
    await fill(second, "sign_in", name="小王", password=OTHER)
    await expect(notice(second)).to_have_text("已登录：小王")


async def test_a_name_that_cannot_be_had_makes_no_account_and_says_so(show: Show, watch: Watch) -> None:
    await show.go_live()
    await show.do(SetBlockedWords(["加微信"]))
    viewer = await watch(NARROW)
    viewer.complaints.expect(REFUSED)
    await open_account(viewer)
    await viewer.page.locator("[data-to=sign_up]").click()
    for name in ("加微信123", "主播小号"):
        await fill(viewer, "sign_up", name=name, password=PASSWORD)
        await expect(fault(viewer, "sign_up", "name")).to_contain_text("这个名字不能用")


async def test_what_is_for_accounts_alone_is_refused_with_the_way_to_get_one(
    show: Show, watch: Watch
) -> None:
    await show.go_live()
    await show.do(SetRoomRules(replace(NO_RULES, follows_for_accounts=True)))
    viewer = await watch(NARROW)
    await viewer.page.locator(".follow").click()
    await expect(notice(viewer)).to_have_text("主播只允许有账号的观众这样做：请登录或注册")
    await viewer.page.locator(".notice__sign-in").click()
    await expect(sheet(viewer)).to_be_visible()
    await viewer.page.locator("[data-to=sign_up]").click()
    await fill(viewer, "sign_up", name="小王", password=PASSWORD)
    await expect(sheet(viewer)).to_be_hidden()
    await viewer.page.locator(".follow").click()
    await expect(viewer.page.locator(".follow")).to_have_attribute("aria-pressed", "true")


async def test_an_older_try_to_come_in_does_not_undo_a_sign_in(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(NARROW)
    for viewer in (first, second):
        viewer.complaints.expect(REFUSED, "WebSocket")
    await sign_up(first)
    await open_account(second)
    gate = Gate()
    await second.page.route("**/enter", gate.hold)
    show.drop_sockets()
    await gate.until_held()
    await fill(second, "sign_in", name="小王", password=PASSWORD)
    await expect(notice(second)).to_have_text("已登录：小王")
    account = await user_id(second)
    gate.let_through()
    await say(second, "还是我")
    assert await user_id(second) == account
    await expect(line(first, "还是我").locator(".line__name")).to_have_text("小王")


async def test_the_sheet_is_used_by_the_keyboard_alone(show: Show, watch: Watch) -> None:
    await show.go_live()
    viewer = await watch(DESKTOP, "en-US")
    await expect(viewer.page.locator(".more")).to_be_visible()
    await viewer.page.locator(".more").focus()
    await viewer.page.keyboard.press("Enter")
    await viewer.page.locator(".account-open").focus()
    await viewer.page.keyboard.press("Enter")
    await expect(field(viewer, "sign_in", "name")).to_be_focused()
    await viewer.page.keyboard.press("Escape")
    await expect(sheet(viewer)).to_be_hidden()
    await expect(viewer.page.locator(".more")).to_be_focused()
    await viewer.page.keyboard.press("Enter")
    await viewer.page.locator(".account-open").press("Enter")
    await viewer.page.locator("form[data-view=sign_in] [data-to=sign_up]").press("Enter")
    await viewer.page.keyboard.type("anna")
    await viewer.page.keyboard.press("Tab")
    await viewer.page.keyboard.type(PASSWORD)
    await expect(field(viewer, "sign_up", "password")).to_have_attribute("type", "password")
    await viewer.page.keyboard.press("Tab")
    await viewer.page.keyboard.press("Space")
    await expect(field(viewer, "sign_up", "password")).to_have_attribute("type", "text")
    await viewer.page.keyboard.press("Tab")
    await viewer.page.keyboard.press("Enter")
    await expect(notice(viewer)).to_have_text("Signed in as anna")
    await expect(viewer.page.locator(".more")).to_be_focused()
    assert await field(viewer, "sign_up", "password").input_value() == ""


async def test_a_sheet_that_does_not_load_says_so_and_loads_at_the_next_try(show: Show, watch: Watch) -> None:
    viewer = await watch(NARROW)
    viewer.complaints.expect("ERR_FAILED", REFUSED)
    await viewer.page.route("**/account.css", lambda route: route.abort())
    await viewer.page.locator(".more").click()
    await viewer.page.locator(".account-open").click()
    await expect(viewer.page.locator(".more__told")).to_have_text("没有加载出来，请再试一次")
    await viewer.page.unroute("**/account.css")
    await viewer.page.locator(".account-open").click()
    await expect(sheet(viewer)).to_be_visible()


async def test_gifts_that_waited_are_not_paid_by_the_account(show: Show, watch: Watch) -> None:
    await show.go_live()
    first, second = await watch(NARROW), await watch(NARROW, "en-US")
    for viewer in (first, second):
        viewer.complaints.expect(REFUSED, "WebSocket", "ERR_")
    await sign_up(first)
    await second.page.locator(".gift-open").click()
    await second.page.locator(".gifts__claim").click()
    await second.page.locator("[data-gift=crown]").click()
    gate = Gate()
    await second.page.route("**/enter", gate.hold)
    show.drop_sockets()
    await gate.until_held()
    await second.page.locator(".gifts__send").click()
    await expect(second.page.locator(".gift-told")).to_contain_text("No connection")
    await sign_in(second)
    await expect(second.page.locator(".gift-told")).to_have_text(
        "You are somebody else now: gifts that waited are dropped"
    )
    await say(second, "here I am")
    assert show.room.snapshot().ranking.gifts == 0


async def test_password_managers_know_each_field(show: Show, watch: Watch) -> None:
    viewer = await watch(DESKTOP)
    await open_account(viewer)
    kinds = {
        ("sign_in", "name"): "username",
        ("sign_in", "password"): "current-password",
        ("sign_up", "name"): "username",
        ("sign_up", "password"): "new-password",
        ("password", "username"): "username",
        ("password", "old"): "current-password",
        ("password", "new"): "new-password",
    }
    for (view, name), kind in kinds.items():
        await expect(field(viewer, view, name)).to_have_attribute("autocomplete", kind)
        if name != "username":
            labels = await field(viewer, view, name).evaluate("(field) => field.labels[0].textContent")
            assert labels, (view, name)


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
async def test_the_sheet_fits_a_narrow_phone_and_fingers_find_all(
    show: Show, watch: Watch, locale: str
) -> None:
    viewer = await watch(NARROW, locale)
    await open_account(viewer)
    await viewer.page.locator("[data-to=sign_up]").click()
    await fill(viewer, "sign_up", name="x" * 21, password="short")
    await sheet(viewer).evaluate("(one) => Promise.all(one.getAnimations().map((a) => a.finished))")
    for name in (".account__send", ".account__turn", "[name=name]", "[name=password]", ".field__show"):
        box = await viewer.page.locator(f"form[data-view=sign_up] {name}").bounding_box()
        assert box is not None, name
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= 360, name
        assert box["y"] + box["height"] <= 740, name
        assert min(box["width"], box["height"]) >= 44, name


PASS = """
async (address) => {
  const { Pass } = await import(address);
  const keep = (room, account_name) => new Pass(room).keep({ token: `token of ${room}`, account_name });
  const known = (...rooms) => rooms.map((room) => new Pass(room).known);
  localStorage.clear();
  keep("guests", "");
  const asGuest = known("new");
  keep("tea", "Anna");
  keep("far/tea", "Bert");
  const signedIn = known("new", "tea", "guests");
  new Pass("new").drop();
  return [asGuest, signedIn, known("new", "tea", "guests", "far/tea")];
}
"""


async def test_an_account_of_one_room_is_known_in_all_and_signed_out_of_all(watch: Watch) -> None:
    viewer = await watch(DESKTOP)
    module = await viewer.page.locator("script[type=module]").first.get_attribute("src")
    address = await viewer.page.evaluate(
        "source => new URL('core/entry.js', new URL(source, location.href)).href", module
    )
    as_guest, signed_in, signed_out = await viewer.page.evaluate(PASS, address)
    assert as_guest == [None]
    assert signed_in == ["token of tea", "token of tea", "token of guests"]
    assert signed_out == [None, None, "token of guests", "token of far/tea"]
