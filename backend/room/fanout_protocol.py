"""uvicorn's WebSocket protocol that also hands out its transport: one ready frame serves a whole room.

Writing to each transport costs a quarter of what `await websocket.send` costs. It leans on names that uvicorn
does not promise; `tests/backend/room/test_fanout_protocol.py` fails when they change, and a room falls back
to plain sends when the transport is not handed out.
"""

import asyncio
from typing import cast

from typing_extensions import override
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from backend.room.line import FANOUT_EXTENSION


class FanoutProtocol(WebSocketsSansIOProtocol):
    """Give it to uvicorn as `ws`, without per-message deflate: the frames are written as they are."""

    @override
    def handle_connect(self, event: Request) -> None:
        """Put the transport in the scope's extensions before the application sees it."""
        super().handle_connect(event)
        scope = getattr(self, "scope", None)
        transport = getattr(self, "transport", None)
        if scope is not None and isinstance(transport, asyncio.Transport):
            extensions = cast("dict[str, object]", scope["extensions"])
            extensions[FANOUT_EXTENSION] = transport
