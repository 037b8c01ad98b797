from pytestqt.qtbot import QtBot

from widgets.shop.carrier_fields import CarrierFields


def test_the_fields_name_what_is_missing_and_drop_spaces_of_scanners(qtbot: QtBot) -> None:
    fields = CarrierFields("  My   carrier ")
    qtbot.addWidget(fields)
    assert "tracking number" in fields.problem()
    fields.tracking.setText(" SF 1439\t2208 ")
    assert (fields.carrier_text, fields.tracking_text) == ("My carrier", "SF14392208")
    assert fields.problem() == ""
    fields.carrier.setCurrentText(" ")
    assert fields.problem() == "Name the carrier."
