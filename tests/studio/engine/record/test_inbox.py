from studio.engine.publish.encoder import EncodedPicture
from studio.engine.record.inbox import MOST_PICTURES, Inbox


def picture(number: int, *, is_keyframe: bool = False) -> EncodedPicture:
    return EncodedPicture(b"", [], number, is_keyframe, (96, 160))


def full(asked: list[str]) -> Inbox[str]:
    inbox: Inbox[str] = Inbox(lambda: asked.append("keyframe"))
    for number in range(MOST_PICTURES):
        inbox.offer(picture(number))
    return inbox


def test_pictures_and_orders_come_out_as_they_went_in() -> None:
    inbox: Inbox[str] = Inbox(lambda: None)
    inbox.offer(picture(1))
    inbox.put("stop")
    assert inbox.get(0) == picture(1)
    assert inbox.get(0) == "stop"
    assert inbox.get(0) is None


def test_what_is_too_much_is_left_out_up_to_a_keyframe_that_is_asked_for_once() -> None:
    asked: list[str] = []
    inbox = full(asked)
    for number in range(3):
        inbox.offer(picture(1000 + number))
    assert inbox.dropped == 3
    assert asked == ["keyframe"]
    for _ in range(2):
        inbox.get(0)
    inbox.offer(picture(2000))  # refers to what was left out
    assert inbox.dropped == 4
    inbox.offer(picture(3000, is_keyframe=True))
    inbox.offer(picture(3001))
    assert inbox.dropped == 4
    left = [inbox.get(0) for _ in range(MOST_PICTURES)]
    assert left[-2:] == [picture(3000, is_keyframe=True), picture(3001)]


def test_orders_are_never_left_out() -> None:
    inbox = full([])
    inbox.put("stop")
    for _ in range(MOST_PICTURES):
        inbox.get(0)
    assert inbox.get(0) == "stop"
