"""All that a room's chat folds of the log, as one value: what a checkpoint keeps."""

import msgspec

from backend.features.audience.likes import LikesState
from backend.features.audience.people import PeopleState
from backend.features.audience.polls import PollsState
from backend.features.audience.product_requests import RequestsState
from backend.features.cards.product_edits import ProductEditsState
from backend.features.chat.chat_rules import ChatRulesState
from backend.features.chat.danmu import DanmuState
from backend.features.chat.moderation import ModerationState
from backend.features.chat.pins import ChosenState
from backend.features.chat.questions import QuestionsState
from backend.features.chat.sanctions import SanctionsState
from backend.features.gifts.gifts import GiftsState
from backend.features.insights.counters import CountersState
from backend.features.live.stream_key_log import StreamKeyLogState
from backend.features.staff.assistants import AssistantsState


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
