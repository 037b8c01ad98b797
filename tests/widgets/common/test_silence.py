from widgets.common.silence import LASTS_S, Silence


def test_a_silence_ends_by_itself() -> None:
    now = [5.0]
    silence = Silence(lambda: now[0])
    states = [silence.is_on]
    silence.begin()
    for now[0] in (5.0, 5.0 + LASTS_S - 1, 5.0 + LASTS_S):
        states.append(silence.is_on)

    assert states == [False, True, True, False]
