"""Requests that Schemathesis makes up from the API's document, to a backend that runs."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.limits import ApiPace
from backend.options import ServeOptions
from tests.backend.http.api.shopping import TEA, line, open_market

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
HOW: Final = settings(
    max_examples=3,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("who", ["host", "viewer"])
async def test_requests_made_up_from_the_document_are_answered_as_it_says(tmp_path: Path, who: str) -> None:
    unpaced = ApiPace(user_per_second=1e6, user_at_once=10**6, address_per_second=1e6, address_at_once=10**6)
    async with open_market(tmp_path, ServeOptions(api=unpaced)) as market:
        buyer = market.host if who == "host" else await market.buyer()
        order = await buyer.order(line())
        attempt = await buyer.attempt(order)
        names = {
            "room": "main",
            "spu_id": TEA,
            "sku_id": TEA,
            "order_id": order.order_id,
            "attempt_id": attempt.attempt_id,
            "provider": "sandbox",
            "name": "terms",
        }
        document = (await market.http.get("/openapi.json")).json()
        base_url = str(market.http.base_url)
        failures, statuses = await asyncio.to_thread(ask_all, document, base_url, buyer.token, names)
    assert failures == []
    # Requests come through the checks of token and fields, to what there is and to what there is not.
    assert {200, 404, 409, 422} <= statuses


def ask_all(
    document: dict[str, Any], base_url: str, token: str, names: Mapping[str, str]
) -> tuple[list[str], set[int]]:
    """Ask at each endpoint; return what was not answered as the document says, and the statuses of all."""
    failures, statuses = list[str](), set[int]()
    with requests.Session() as session:
        session.trust_env = False

        def ask(case: Case[Any]) -> None:
            response = case.call(base_url, session, headers={"Authorization": f"Bearer {token}"})
            statuses.add(response.status_code)
            case.validate_response(response, checks=CHECKS)

        for cases in made_up(document, names):
            try:
                # Not everything can be asked wrongly: what takes no fields cannot.
                with suppress(Unsatisfiable):
                    seed(1)(HOW(given(cases)(ask)))()
            except AssertionError as failure:
                failures.append(str(failure))
    return failures, statuses


def made_up(document: dict[str, Any], names: Mapping[str, str]) -> Iterator[SearchStrategy[Case[Any]]]:
    """Yield good and bad requests to each endpoint, for things that there are and for others."""
    for operation in schemathesis.openapi.from_dict(document).get_all_operations():
        assert isinstance(operation, Ok), operation.err()
        endpoint = operation.ok()
        known = {name: value for name, value in names.items() if f"{{{name}}}" in endpoint.path}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            yield endpoint.as_strategy(mode)
            if known:
                yield endpoint.as_strategy(mode, path_parameters=known)
