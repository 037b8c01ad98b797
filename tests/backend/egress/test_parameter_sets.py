from backend.egress.parameter_sets import ParameterReader
from tests.support.film_rtp import units_of


def test_the_newest_sets_hold_and_stay_the_same_object_while_they_do() -> None:
    reader = ParameterReader()
    reader.read(units_of(0, (180, 320)))
    first = reader.sets
    assert first is not None
    assert (first.width, first.height) == (180, 320)
    reader.read(units_of(1, (180, 320)))
    assert reader.sets is first
    reader.read(units_of(0, (320, 180)))
    assert reader.sets is not None
    assert (reader.sets.width, reader.sets.height) == (320, 180)


def test_sets_that_cannot_be_read_are_none() -> None:
    reader = ParameterReader()
    reader.read([b"\x67\x42\xe0\x1f", b"\x68\xce"])
    assert reader.sets is None
    reader.read([b"\x67\x42\xe0\x1f\x00\x00", b"\x68\xce"])
    assert reader.sets is None
