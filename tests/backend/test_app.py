"""The whole path over real sockets: enter, ticket, socket, commands, events."""

from backend.messages import Accepted, CardHidden, CardShown, HideCard, ShowCard, Snapshot
from tests.backend.kinds import as_type
from tests.backend.running import RunningBackend


async def test_a_card_the_host_shows_reaches_every_viewer(backend: RunningBackend) -> None:
    async with backend.host() as host, backend.client() as viewer:
        assert as_type(Snapshot, await viewer.join()).card is None
        assert isinstance(await host.act(ShowCard("demo-tea")), Accepted)
        shown = as_type(CardShown, await viewer.hears(CardShown))
        assert (shown.card.product.number, shown.card.product.price_fen) == (1, 16800)
        await host.act(HideCard())
        await viewer.hears(CardHidden)


async def test_a_late_joiner_sees_the_card_too(backend: RunningBackend) -> None:
    async with backend.host() as host:
        await host.act(ShowCard("demo-hoodie"))
        async with backend.client() as viewer:
            card = as_type(Snapshot, await viewer.join()).card
            assert card is not None
            assert card.product.product_id == "demo-hoodie"
