"""The dialogs about cases that are open, and what they ask for."""

from collections.abc import Mapping
from typing import Final

from backend.contract.cases import Case
from backend.contract.orders import Order
from widgets.shop.case_dialog import CaseDialog
from widgets.shop.case_dialogs import (
    ApproveDialog,
    DeclineDialog,
    ReceiveDialog,
    RefundCaseDialog,
    ReplaceDialog,
)
from widgets.shop.case_states import CaseStep, steps_of
from widgets.shop.open_dialogs import OpenDialogs

_Made = (
    type[ApproveDialog]
    | type[DeclineDialog]
    | type[ReceiveDialog]
    | type[RefundCaseDialog]
    | type[ReplaceDialog]
)
_DIALOGS: Final[Mapping[CaseStep, _Made]] = {
    CaseStep.APPROVE: ApproveDialog,
    CaseStep.DECLINE: DeclineDialog,
    CaseStep.RECEIVE: ReceiveDialog,
    CaseStep.REFUND: RefundCaseDialog,
    CaseStep.REPLACE: ReplaceDialog,
}


class CaseActions(OpenDialogs[CaseDialog]):
    """Opens the dialog for a step, if the case may take it now."""

    def ask(self, case: Case, order: Order | None, step: CaseStep) -> None:
        """Ask what the step needs."""
        if order is not None and step in steps_of(case):
            self._open(_DIALOGS[step](self._window, case, order))
