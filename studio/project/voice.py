"""The filters that do a voice good as they are declared, in the order in which it goes through them."""

from typing import Final

from studio.project.project import SoundFilter

VOICE: Final = tuple(
    SoundFilter(name) for name in ("high_pass", "noise_suppression", "gate", "compressor", "limiter")
)
