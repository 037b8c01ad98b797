from pathlib import Path

import pytest

from backend.contract.base import RejectReason
from studio import texts
from studio.settings import SettingsError, SettingsProblem


def test_every_refusal_has_its_own_words() -> None:
    assert len({texts.reject_reason(reason) for reason in RejectReason}) == len(RejectReason)


@pytest.mark.parametrize("problem", list(SettingsProblem))
def test_every_problem_of_the_settings_names_file_and_remedy(problem: SettingsProblem) -> None:
    path = Path("/data/studio.json")
    told = texts.settings_problem(SettingsError(problem, path, "no luck"))

    assert str(path) in told
    assert "{" not in told
