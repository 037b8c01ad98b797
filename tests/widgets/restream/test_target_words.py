from studio.engine.messages.restreaming import RestreamState
from widgets.restream.target_words import state_name


def test_a_state_is_named_with_its_reason() -> None:
    assert state_name(RestreamState.CONNECTED, "") == "Sending"
    assert state_name(RestreamState.RECONNECTING, "silent") == "Trying again · the platform does not answer"


def test_a_reason_that_is_not_known_is_that_of_a_lost_connection() -> None:
    assert "ended the connection" in state_name(RestreamState.RECONNECTING, "of tomorrow")
