"""E-mails of a backend that is a process of its own."""

from pathlib import Path

import httpx
import msgspec

from tests.backend.http.api.shopping import HOME
from tests.backend.shop.mail.conftest import until
from tests.backend.shop.webhooks.test_sender import Shopping
from tests.support.free_port import free_port
from tests.support.mail_server import running_mail_server
from tests.support.programs import run_backend


async def test_a_backend_that_is_killed_while_it_sends_a_mail_sends_it_again_under_the_same_id(
    tmp_path: Path,
) -> None:
    port = free_port()
    with running_mail_server(port=port) as server:
        server.may_answer.clear()
        settings = msgspec.to_builtins(server.settings())
        async with run_backend(tmp_path, "--port", "0", "--demo") as program:
            url, token = program.ready.url, program.ready.host_token
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
            async with httpx.AsyncClient(base_url=url, trust_env=False, headers=headers) as http:
                answer = await http.put("/api/v1/settings/mail", json=settings)
                assert answer.status_code == 200, answer.text
            async with Shopping(url, token) as shopping:
                await shopping.pay({**HOME, "email": "ann@example.com"})
            await until(lambda: len(server.came) == 1)
            await program.kill()
        before = server.came[0]
    with running_mail_server(port=port) as server:
        async with run_backend(tmp_path, "--port", "0"):
            # Nobody else takes it for a while.
            await until(lambda: len(server.mails) == 1, within_s=120)
        (after,) = server.mails
    assert after["Message-ID"] == before["Message-ID"]
    assert after.get_body(("plain",)).get_content() == before.get_body(("plain",)).get_content()  # type: ignore[union-attr]
