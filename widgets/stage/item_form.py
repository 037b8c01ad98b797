"""What is set of the selected item: its source's settings, and where it is drawn."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from effects.params import DeviceList, Value
from studio.engine.messages.values import Device, Devices
from studio.project import kinds, placing
from studio.project.project import SceneItem, Source, SourceKind
from widgets.common.collapsible import Collapsible
from widgets.common.forms import column
from widgets.common.parameter_fields import ChoiceField, DeviceField
from widgets.common.parameter_form import ParameterForm
from widgets.common.retranslate import Retranslated
from widgets.stage.scene_texts import scene_text

_LEAST_CHARACTERS: Final = 4


class ItemForm(Retranslated):
    """Built from what the source's kind declares; shows what it is given.

    Attributes:
        setting_chosen: emitted with the name of a setting of the source, and its value.
        place_chosen: emitted with the name of a parameter of `studio.project.placing`, and its value.
    """

    setting_chosen = Signal(str, object)
    place_chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._kind: SourceKind | None = None
        self._offer = Devices()
        self.settings: ParameterForm | None = None
        self.place = ParameterForm(placing.PARAMETERS, scene_text)
        _narrow(self.place)
        self.place.chosen.connect(self.place_chosen)
        holder = QWidget()
        holder.setLayout(column(self.place))
        self.place_section = Collapsible(holder)
        self._layout = column(self.place_section, spacing=2)
        self.setLayout(self._layout)
        self.hide()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.place_section.set_title(self.tr("Place"))

    def show_item(self, item: SceneItem | None, source: Source | None) -> None:
        """Show an item and its source; None shows nothing."""
        self.setVisible(item is not None and source is not None)
        if item is None or source is None:
            return
        if source.kind is not self._kind:
            self._build(source.kind)
        if self.settings is not None:
            self.settings.show_values(source.settings)
        self.place.show_values(placing.values_of(item.transform))

    def show_offer(self, offer: Devices) -> None:
        """Offer these devices."""
        self._offer = offer
        lists: dict[DeviceList, list[Device]] = {
            DeviceList.CAMERAS: offer.cameras,
            DeviceList.SCREENS: offer.screens,
            DeviceList.WINDOWS: offer.windows,
            DeviceList.MICROPHONES: offer.microphones,
        }
        for field in self.settings.fields.values() if self.settings is not None else ():
            if isinstance(field, DeviceField):
                field.show_offer([(each.device_id, each.name) for each in lists[field.devices]])

    def _build(self, kind: SourceKind) -> None:
        before, self._kind = self.settings, kind
        if before is not None:
            self._layout.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.settings = ParameterForm(kinds.PARAMETERS[kind], scene_text)
        _narrow(self.settings)
        self.settings.chosen.connect(self._on_setting_chosen)
        self._layout.insertWidget(0, self.settings)
        self.show_offer(self._offer)

    def _on_setting_chosen(self, name: str, value: Value) -> None:
        self.setting_chosen.emit(name, value)


def _narrow(form: ParameterForm) -> None:
    """Let lists be as narrow as the side panel's narrowest page needs."""
    for field in form.fields.values():
        if isinstance(field, ChoiceField | DeviceField):
            field.box.setMinimumContentsLength(_LEAST_CHARACTERS)
