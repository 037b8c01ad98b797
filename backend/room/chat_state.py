"""All that a room's chat folds of the log, as one value: what a checkpoint keeps."""

import msgspec

from backend.insights.counters import CountersState
from backend.room.assistants import AssistantsState
from backend.room.chat_rules import ChatRulesState
from backend.room.chosen import ChosenState
from backend.room.danmu import DanmuState
from backend.room.gifts import GiftsState
from backend.room.likes import LikesState
from backend.room.moderation import ModerationState
from backend.room.people import PeopleState
from backend.room.polls import PollsState
from backend.room.product_edits import ProductEditsState
from backend.room.questions import QuestionsState
from backend.room.requests import RequestsState
from backend.room.sanctions import SanctionsState
from backend.room.stream_key_log import StreamKeyLogState


class ChatState(msgspec.Struct):
    """All folds, as a checkpoint keeps them."""

    number: int = 0
    session_id: str = ""
    stream_began_at_ms: int | None = None
    danmu: DanmuState = msgspec.field(default_factory=DanmuState)
    likes: LikesState = msgspec.field(default_factory=LikesState)
    gifts: GiftsState = msgspec.field(default_factory=GiftsState)
    people: PeopleState = msgspec.field(default_factory=PeopleState)
    requests: RequestsState = msgspec.field(default_factory=RequestsState)
    polls: PollsState = msgspec.field(default_factory=PollsState)
    questions: QuestionsState = msgspec.field(default_factory=QuestionsState)
    sanctions: SanctionsState = msgspec.field(default_factory=SanctionsState)
    rules: ChatRulesState = msgspec.field(default_factory=ChatRulesState)
    chosen: ChosenState = msgspec.field(default_factory=ChosenState)
    moderation: ModerationState = msgspec.field(default_factory=ModerationState)
    counters: CountersState = msgspec.field(default_factory=CountersState)
    assistants: AssistantsState = msgspec.field(default_factory=AssistantsState)
    products: ProductEditsState = msgspec.field(default_factory=ProductEditsState)
    stream_keys: StreamKeyLogState = msgspec.field(default_factory=StreamKeyLogState)
