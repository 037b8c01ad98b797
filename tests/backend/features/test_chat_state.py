from backend.features.chat_state import ChatState


def test_no_two_rooms_share_a_fold() -> None:
    one, other = ChatState(), ChatState()
    for name in ChatState.__struct_fields__:
        fold = getattr(one, name)
        assert not hasattr(fold, "__struct_fields__") or fold is not getattr(other, name)
