from pytestqt.qtbot import QtBot

from backend.contract.shipping import ShippingUnit
from widgets.settings.shipping_draft import RegionDraft
from widgets.settings.shipping_fields import ShippingFields


def test_fields_of_shipping_give_back_the_draft_that_they_show(qtbot: QtBot) -> None:
    fields = ShippingFields()
    qtbot.addWidget(fields)
    fields.show()
    draft = RegionDraft("DE", "Berlin", unit=ShippingUnit.WEIGHT, first=1000, first_fee="12", free_from="99")
    fields.show_draft(draft, RegionDraft())
    assert fields.draft() == draft
    assert fields.first.suffix() == " g"
    fields.is_sent.setChecked(False)
    assert not fields.first_fee.isEnabled()
    fields.unit.setCurrentIndex(0)
    assert fields.further.suffix() == ""
