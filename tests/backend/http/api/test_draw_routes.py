"""A draw over real HTTP and real sockets, at a backend that runs: entered, drawn, checked by the script."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.campaigns import Campaign, CampaignChanged, CampaignPhase, MyPart
from backend.contract.draws import DrawShown, EnterDraw, RevealNonce
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from backend.fairness.draw import hash_of_nonce
from tests.backend.http.api.shopping import Buyer, Market, answer, open_market, refused
from tests.backend.kinds import as_type
from tests.backend.running import Client
from tests.support.adults import say_age

NONCE = "0a" * 16


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Market]:
    """A room on air."""
    async with open_market(tmp_path) as market:
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield market


async def open_draw(live: Market, **terms: object) -> Campaign:
    body = {"terms": {"kind": "draw", "prize": "保温杯", **terms}, "title": ""}
    return answer(Campaign, await live.host.post("campaigns", body), 201)


async def until(client: Client, phase: CampaignPhase) -> Campaign:
    while True:
        event = as_type(CampaignChanged, await client.hears(CampaignChanged))
        if event.campaign.phase is phase:
            return event.campaign


async def enter(buyer: Buyer, draw: Campaign) -> object:
    hashed = hash_of_nonce(draw.campaign_id, NONCE)
    response = await buyer.post(f"campaigns/{draw.campaign_id}/enter", {"nonce_hash": hashed})
    return answer(MyPart, response).number if response.status_code == 200 else refused(response)


async def test_a_draw_is_entered_drawn_and_checked_by_the_script_alone(live: Market, tmp_path: Path) -> None:
    anna, bert, kid = [await live.buyer() for _ in range(3)]
    for buyer in (anna, bert):
        await say_age(live.http, buyer.token)
    async with live.backend.client(anna.token) as tab:
        await tab.join()
        draw = await open_draw(live, winners=2)
        path = f"campaigns/{draw.campaign_id}"
        opened = await until(tab, CampaignPhase.OPEN)
        hashed = hash_of_nonce(draw.campaign_id, NONCE)
        assert isinstance(await tab.act(EnterDraw(draw.campaign_id, hashed)), Accepted)
        assert await enter(bert, draw) == 2
        assert await enter(bert, draw) == (409, "already")
        assert await enter(kid, draw) == (403, "age_unconfirmed")
        assert await enter(live.host, draw) == (403, "is_staff")
        assert refused(await anna.get(f"{path}/bundle"))[0] == 404
        answer(Campaign, await live.host.post(f"{path}/close", {}))
        fixed = await until(tab, CampaignPhase.DRAWING)
        assert isinstance(await tab.act(RevealNonce(draw.campaign_id, NONCE)), Accepted)
        revealed = await bert.post(f"{path}/reveal", {"nonce": NONCE})
        assert answer(MyPart, revealed).is_proven
        ended = await until(tab, CampaignPhase.ENDED)
    detail = as_type(DrawShown, ended.detail)
    assert {one.user_id for one in detail.winners} == {anna.user_id, bert.user_id}
    assert {one.user_id for one in ended.people} == {anna.user_id, bert.user_id}
    assert answer(MyPart, await anna.get(f"{path}/my-part")).has_won

    bundle, script = await anna.get(f"{path}/bundle"), await live.http.get("/api/v1/draw-verifier")
    assert 'filename="verify_draw.py"' in script.headers["content-disposition"]
    (tmp_path / "bundle.json").write_bytes(bundle.content)
    (tmp_path / "verify_draw.py").write_bytes(script.content)
    noted = (as_type(DrawShown, opened.detail).commitment, as_type(DrawShown, fixed.detail).root)
    command = [sys.executable, "-I", "verify_draw.py", "bundle.json", *noted]
    done = await asyncio.to_thread(
        lambda: subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    )
    assert done.returncode == 0, done.stdout + done.stderr


async def test_a_draw_is_called_off_with_a_reason_alone(live: Market) -> None:
    draw = await open_draw(live, prize_coins=5)
    path = f"campaigns/{draw.campaign_id}"
    assert refused(await live.host.post(f"{path}/stop", {"reason": ""})) == (409, "reason_needed")
    void = answer(Campaign, await live.host.post(f"{path}/stop", {"reason": "奖品坏了"}))
    assert (void.phase, void.public_reason) == (CampaignPhase.VOID, "奖品坏了")
    assert refused(await live.host.post(f"{path}/close", {})) == (409, "too_late")
    assert refused(await live.host.post("campaigns/none/close", {}))[0] == 404
