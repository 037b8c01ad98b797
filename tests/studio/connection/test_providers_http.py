from pathlib import Path

import pytest

from backend.contract.payments import ProviderFinding
from studio.connection.providers_http import ProvidersHttp
from studio.connection.room_http import Place, RejectedError
from tests.backend.running import running_backend


async def test_the_backends_providers_are_read_and_asked_over_http(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        place = Place(f"http://{backend.address}", "main", backend.signer.host("main"))
        async with ProvidersHttp(place) as http:
            found = await http.providers()
            assert [one.provider for one in found.providers if one.is_on] == ["sandbox"]
            assert (await http.check("sandbox")).finding is ProviderFinding.WORKS
            with pytest.raises(RejectedError, match="keys") as raised:
                await http.check("stripe")
            assert raised.value.status == 404
        async with ProvidersHttp(Place(place.url, "main", "wrong")) as stranger:
            with pytest.raises(RejectedError):
                await stranger.providers()
