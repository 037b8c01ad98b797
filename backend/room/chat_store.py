"""Keeps a room's chat: the log of what happened, and now and then a checkpoint of what it folds to."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from backend.contract.protocol import Reliable
from backend.features.audience.default_names import CHINESE, DefaultNames
from backend.features.audience.names import Names
from backend.features.cards.product_edits import Shop
from backend.features.chat.blocked_words import WordFile
from backend.features.chat_room import Chat
from backend.features.chat_state import ChatState
from backend.features.gifts.catalog import GiftShelf
from backend.features.live.show import Facts
from backend.features.live.store import RoomStore
from backend.log.entries import Record
from backend.log.event_log import Checkpoint, EventLog


class ChatStore:
    """The chat of one room on disk.

    Args:
        shows: keeps the show's facts; None where there are none to keep.
        products: see `Chat`.
        word_file: see `Chat`; read again when it changes.
        shelf, names: see `Chat`.
        title: of the room.
        accounts: reads the names of the room's accounts by user id; blocks.
    """

    def __init__(
        self,
        log: EventLog,
        products: Shop,
        word_file: WordFile,
        *,
        shelf: GiftShelf | None = None,
        names: DefaultNames = CHINESE,
        shows: RoomStore | None = None,
        title: str = "",
        accounts: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._log = log
        self._shows = shows
        self._products = products
        self._word_file = word_file
        self._shelf = shelf
        self._names = names
        self._title = title
        self._accounts = accounts

    def load(self) -> Chat:
        """Make the chat from the last checkpoint and the records after it. This blocks."""
        self._word_file.refresh()
        checkpoint = self._log.checkpoint()
        state = msgspec.json.decode(checkpoint.folds, type=ChatState) if checkpoint else None
        return self.replay(state)

    def replay(self, state: ChatState | None = None) -> Chat:
        """Make the chat from a state and the records after it; without one, from all records. This blocks."""
        owned = Names(self._title, self._accounts())
        chat = Chat(self._products, self._word_file, state, shelf=self._shelf, names=self._names, owned=owned)
        for record in self._log.after(chat.number):
            chat.apply(record)
        return chat

    async def keep(
        self, records: Sequence[Record], told: Sequence[Reliable] = (), facts: Facts | None = None
    ) -> None:
        """See `ChatKeeper.keep`."""
        shows = self._shows
        if shows is None or facts is None:
            await self._log.keep(records, told)
            return
        at_ms = records[-1].at_ms
        await self._log.keep(records, told, lambda connection: shows.write(connection, facts, at_ms))

    def save(self, chat: Chat) -> None:
        """Keep a checkpoint. This blocks."""
        self._log.save_checkpoint(Checkpoint(chat.number, encode_folds(chat)))

    def refresh_words(self) -> bool:
        """Read the file of blocked words if it changed, and say whether it did. This blocks."""
        return self._word_file.refresh()


def encode_folds(chat: Chat) -> bytes:
    """Return all that a chat folded, byte for byte the same for the same records."""
    return msgspec.json.encode(chat.state)
