"""Keeps one target supplied: a process that sends, watched, and started again when it is lost or silent."""

import logging
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from studio.engine.latest import AudioFeed, AudioReader
from studio.engine.media import MasterClock
from studio.engine.messages.restreaming import RestreamChanged, RestreamState, RestreamTarget
from studio.engine.publish.backoff import Backoff
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.record.inbox import Inbox
from studio.engine.restream import wire
from studio.engine.restream.tls_tunnel import TlsTunnel

log = logging.getLogger("livestall.restream")

SILENT_SECONDS: Final = 10.0
"""A server that takes nothing for so long is given up; connecting may take as long."""
STEADY_SECONDS: Final = 20.0
"""A connection that stood this long starts its back-off from the first delay when it is lost."""
SOUND_BLOCKS: Final = 250
RTMPS: Final = "rtmps://"
SENDER_COMMAND: Final = (sys.executable, "-m", "studio.engine.restream.sender")
# The sender is found as a module of this folder, wherever the studio was started from.
PROGRAM_FOLDER: Final = Path(__file__).parents[3]
_POLL_SECONDS: Final = 0.1
_GOODBYE_SECONDS: Final = 2.0
_JOIN_SECONDS: Final = 4.0


@dataclass(frozen=True, slots=True)
class _Said:
    """A line that the sender's process said; empty when it is gone."""

    line: bytes
    process: "subprocess.Popen[bytes]"


@dataclass(frozen=True, slots=True)
class _Failure:
    """Nothing encodes any more."""

    detail: str


class TargetThread:
    """Sends to one target from its making to `stop`, in a thread and a process of its own.

    Args:
        target: where to.
        encoder: encodes the pictures.
        audio: where sound comes from.
        clock: the one that both are stamped with.
        emit: takes `RestreamChanged`, in this thread.
        command: how a sender's process is started.
        silent_seconds: how long a server may take nothing.
        trust: by what certificates are checked; None: what the system trusts.
    """

    def __init__(
        self,
        target: RestreamTarget,
        encoder: SharedEncoder,
        audio: AudioFeed,
        clock: MasterClock,
        emit: Callable[[RestreamChanged], None],
        *,
        command: Sequence[str] = SENDER_COMMAND,
        silent_seconds: float = SILENT_SECONDS,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._target = target
        self._encoder = encoder
        self._audio = audio
        self._clock = clock
        self._emit = emit
        self._command = command
        self._silent_seconds = silent_seconds
        self._trust = trust
        self._inbox: Inbox[_Said | _Failure] = Inbox(encoder.request_keyframe)
        self._output = encoder.output(self._inbox.offer, lambda detail: self._inbox.put(_Failure(detail)))
        self._told = (RestreamState.IDLE, "")
        self._heard_at = 0.0
        self._is_silent = False
        self._backoff = Backoff()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="restream", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the connection; returns at once, and nothing more is told."""
        self._end.set()

    def join(self) -> None:
        """Wait for the end, at most 4 s."""
        self._thread.join(_JOIN_SECONDS)

    # --- In the thread -------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._tell(RestreamState.CONNECTING)
            while not self._end.is_set():
                code, detail = self._send_until_lost()
                if not self._end.is_set():
                    log.info("restream %s: %s %s", self._target.target_id, code, detail)
                    self._tell(RestreamState.RECONNECTING, code, detail)
                    self._end.wait(self._backoff.next())
        except Exception:
            log.exception("restreaming ended in a way nobody foresaw")

    def _send_until_lost(self) -> tuple[str, str]:
        """Send until that ends; gives code and detail of why it did."""
        url = self._target.url
        if not url.lower().startswith(RTMPS):
            return self._send_to(url)
        try:
            tunnel = TlsTunnel(url, self._trust)
        except ssl.SSLCertVerificationError as error:
            return "untrusted", error.verify_message
        except OSError as error:
            return "lost", str(error)
        try:
            return self._send_to(tunnel.url)
        finally:
            tunnel.close()

    def _send_to(self, url: str) -> tuple[str, str]:
        """Send by one process."""
        process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROGRAM_FOLDER
        )
        began = self._clock.now()
        sound = self._audio.reader(SOUND_BLOCKS)
        self._heard_at, self._is_silent = began, False
        for work in (self._listen, self._watch):
            threading.Thread(target=work, args=(process,), name="restream", daemon=True).start()
        try:
            self._output.start()
            return self._feed(process, url, sound)
        except OSError as error:  # it ended while it was written to
            return ("silent", "") if self._is_silent else ("lost", str(error))
        finally:
            self._output.stop()
            self._audio.remove(sound)
            with suppress(OSError):
                cast(BinaryIO, process.stdin).close()  # which asks it to end
            _end(process)
            if self._clock.now() - began > STEADY_SECONDS:
                self._backoff.reset()

    def _feed(self, process: "subprocess.Popen[bytes]", url: str, sound: AudioReader) -> tuple[str, str]:
        pipe = cast(BinaryIO, process.stdin)
        wire.write(pipe, wire.Open(url, self._encoder.fps))
        while not self._end.is_set():
            item = self._inbox.get(_POLL_SECONDS)
            if isinstance(item, EncodedPicture):
                wire.write(pipe, wire.to_wire(item))
            elif isinstance(item, _Failure):
                return "no_encoder", item.detail
            elif item is not None and item.process is process:
                if self._is_silent:
                    return "silent", ""
                if not item.line or item.line.startswith(wire.FAILED):
                    return "lost", item.line.removeprefix(wire.FAILED).decode(errors="replace").strip()
                if item.line == wire.CONNECTED:
                    self._tell(RestreamState.CONNECTED)
            while (block := sound.wait(0)) is not None:
                wire.write(pipe, wire.to_wire(block))
        return "", ""

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        """Hand on what a sender says; the empty line is its end."""
        with cast(BinaryIO, process.stdout) as pipe:
            for line in pipe:
                self._heard_at = self._clock.now()
                self._inbox.put(_Said(line, process))
        self._inbox.put(_Said(b"", process))

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        """Kill a sender that is silent or does not end: where it hangs, who writes to it hangs, too."""
        while process.poll() is None:
            if self._end.wait(_POLL_SECONDS):
                _end(process)
            elif self._clock.now() - self._heard_at > self._silent_seconds:
                self._is_silent = True
                process.kill()
                process.wait()

    def _tell(self, state: RestreamState, code: str = "", detail: str = "") -> None:
        if (state, code) != self._told and not self._end.is_set():
            self._told = (state, code)
            self._emit(RestreamChanged(self._target.target_id, state, code, detail))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Let a sender say goodbye to its server, and make sure that it is gone."""
    try:
        process.wait(_GOODBYE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
