"""Which payment providers are on, by environment and file."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from backend.data_folder import StartError
from backend.options import ServeOptions
from backend.payment_providers import PaymentProviders, open_providers
from backend.payment_settings import FILE
from backend.public_names import PublicName
from backend.storage.database import Database
from tests.support.migrated import open_migrated

TEST_KEYS = {
    "LIVESTALL_STRIPE_SECRET_KEY": "sk_test_hidden",
    "LIVESTALL_STRIPE_PUBLISHABLE_KEY": "pk_test_1",
}
LIVE_KEYS = {
    "LIVESTALL_STRIPE_SECRET_KEY": "sk_live_hidden",
    "LIVESTALL_STRIPE_PUBLISHABLE_KEY": "pk_live_1",
}
HTTPS = ServeOptions(names=(PublicName("https", "shop.example.com", None),))


class Start:
    """Starts a backend's payments."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database

    def write(self, text: str, mode: int = 0o600) -> None:
        path = self.folder / FILE
        path.write_text(text)
        path.chmod(mode)

    def open(
        self, environment: Mapping[str, str] | None = None, options: ServeOptions | None = None
    ) -> PaymentProviders:
        return open_providers(
            options or ServeOptions(),
            self.folder,
            database=self._database,
            clock_ms=lambda: 0,
            environment=environment or {},
        )

    def problem(
        self, environment: Mapping[str, str] | None = None, options: ServeOptions | None = None
    ) -> str:
        """What is told instead of a start, which never shows a secret."""
        with pytest.raises(StartError) as raised:
            self.open(environment, options)
        assert "hidden" not in str(raised.value)
        return str(raised.value)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A backend that is about to start."""
    database = open_migrated(tmp_path)
    yield Start(tmp_path, database)
    database.close()


def names(providers: PaymentProviders) -> list[str]:
    return list(providers.by_name)


def test_the_sandbox_is_on_where_no_provider_has_keys(start: Start) -> None:
    assert names(start.open()) == ["sandbox"]


def test_keys_of_stripe_switch_it_on_and_play_money_off(start: Start) -> None:
    assert names(start.open(TEST_KEYS)) == ["stripe"]
    assert names(start.open({**TEST_KEYS, "LIVESTALL_PAYMENTS": "stripe, sandbox"})) == ["stripe", "sandbox"]
    assert names(start.open({**TEST_KEYS, "LIVESTALL_PAYMENTS": "sandbox"})) == ["sandbox"]


def test_keys_may_stand_in_a_file_and_the_environment_counts_above_it(start: Start) -> None:
    start.write('[stripe]\nsecret_key = "sk_live_hidden"\npublishable_key = "pk_live_1"\n')
    stripe = start.open(options=HTTPS).stripe
    assert stripe is not None
    assert not stripe.is_test
    replaced = start.open(TEST_KEYS).stripe
    assert replaced is not None
    assert replaced.is_test


def test_a_file_that_others_may_read_is_refused(start: Start) -> None:
    start.write('[stripe]\nsecret_key = "sk_test_hidden"\npublishable_key = "pk_test_1"\n', 0o640)
    assert "chmod 600" in start.problem()


@pytest.mark.parametrize(
    "text",
    [
        '[stripe]\nsecret_key = "sk_test_hidden"\n',
        '[stripe]\nsecret_key = "sk_test_hidden"\npublishable_key = "pk_live_1"\n',
        '[stripe]\nsecret_key = "sk_test_hidden"\npublishable_key = "pk_test_1"\nsecrets = 1\n',
        "stripe = 1\n",
        '[moon]\nsecret_key = "hidden"\n',
        '[stripe\nsecret_key = "hidden"\n',
    ],
)
def test_settings_that_are_wrong_are_told_before_anything_is_sold(start: Start, text: str) -> None:
    start.write(text)
    assert start.problem()


def test_live_keys_need_https_and_test_keys_may_go_without(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    assert "https" in start.problem(LIVE_KEYS)
    assert names(start.open(LIVE_KEYS, HTTPS)) == ["stripe"]
    assert names(start.open(TEST_KEYS)) == ["stripe"]
    assert "test mode runs over http" in caplog.text


def test_play_money_beside_real_money_is_told(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    start.open({**LIVE_KEYS, "LIVESTALL_PAYMENTS": "stripe sandbox"}, HTTPS)
    assert "play money" in caplog.text


def test_a_provider_that_is_not_there_or_has_no_keys_is_told(start: Start) -> None:
    assert "'moon'" in start.problem({"LIVESTALL_PAYMENTS": "moon"})
    assert "no keys" in start.problem({"LIVESTALL_PAYMENTS": "stripe"})


def test_a_backend_without_keys_never_loads_the_sdk() -> None:
    code = "import sys, backend.compose; raise SystemExit('stripe' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
