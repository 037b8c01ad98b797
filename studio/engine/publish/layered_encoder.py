"""Encodes each picture in all layers: the top one first, and all keyframes of one picture."""

import logging
import math
from collections.abc import Collection, Iterator
from typing import Final

import av.error

from studio.engine.media import VideoFrame
from studio.engine.publish.codecs import KEYFRAME_SECONDS, SOFTWARE
from studio.engine.publish.encoder import EncodedPicture, H264Encoder
from studio.engine.publish.layers import LOWER_LAYERS, Layer
from studio.engine.publish.pixels import PlanarConverter, PlanarPicture, PlanarScaler
from studio.engine.publish.simulcast import TOP

log = logging.getLogger("livestall.publish")

BUFFER_SECONDS: Final = 0.25
"""The burst of a lower layer's keyframe: it is for lines that a longer one would clog."""

LayerPicture = tuple[str, EncodedPicture]
"""A layer's RID and its picture."""


class LayeredEncoder:
    """Used by one thread.

    Args:
        top: encodes the top layer.
        fps: frames a second, expected.
    """

    def __init__(self, top: H264Encoder, fps: int) -> None:
        self.top = top
        self._lower = [_LowerLayer(layer, fps) for layer in LOWER_LAYERS]
        self._cadence = math.lcm(*(lower.step for lower in self._lower))
        self._fps = fps
        self._converter: PlanarConverter | None = None
        self._sent: frozenset[str] = frozenset()
        self._count = -1
        self._group_at = -math.inf

    def request_keyframe(self, rid: str) -> None:
        """Make one of the next pictures of this layer a keyframe; the others are spared."""
        for lower in self._lower:
            if lower.rid == rid:
                lower.encoder.request_keyframe()
        if rid == TOP:
            self.top.request_keyframe()

    def encode(self, frame: VideoFrame, lower_rids: Collection[str]) -> Iterator[LayerPicture]:
        """Encode one picture; gives what is ready of each layer, as soon as it is.

        Args:
            frame: the picture.
            lower_rids: layers to encode beside the top one. One that is new begins with the next keyframe of
                all; one that is left out ends at once.

        Raises:
            av.error.FFmpegError: the top layer's encoder gave up or does not open.
        """
        picture = self._planar(frame)
        self._count += 1
        if self._is_time_for_group(picture.captured_at):
            self._group_at = picture.captured_at
            self._sent = frozenset(lower_rids)
            self.top.begin_group()
            for lower in self._lower:
                lower.encoder.begin_group()
        self._sent &= frozenset(lower_rids)
        for encoded in self.top.encode(picture):
            yield TOP, encoded
        yield from self._encode_lower(picture)

    def _encode_lower(self, picture: PlanarPicture) -> Iterator[LayerPicture]:
        for lower in self._lower:
            if lower.rid not in self._sent or self._count % lower.step:
                continue
            scaled = lower.scale(picture)
            if scaled is None:
                continue
            for encoded in lower.encode(scaled):
                yield lower.rid, encoded
            picture = scaled  # the next one is made from this one: cheaper than from the whole

    def _planar(self, frame: VideoFrame) -> PlanarPicture:
        height, width = frame.image.shape[:2]
        if self._converter is None or self._converter.size != (width, height):
            self._converter = PlanarConverter(width, height)
            self._group_at = -math.inf
        return self._converter.convert(frame)

    def _is_time_for_group(self, captured_at: float) -> bool:
        """Whether all layers begin anew with this picture, which all of them take."""
        if self._group_at == -math.inf:
            self._count = 0
            return True
        is_due = captured_at - self._group_at >= KEYFRAME_SECONDS - 0.5 / self._fps
        return is_due and self._count % self._cadence == 0


class _LowerLayer:
    """Scales and encodes the pictures of one lower layer."""

    def __init__(self, layer: Layer, fps: int) -> None:
        self._layer = layer
        self.rid = layer.rid
        self.step = layer.step(fps)
        self.encoder = H264Encoder(
            SOFTWARE, max(1, fps // self.step), layer.kbps, layer.kbps, buffer_seconds=BUFFER_SECONDS
        )
        self._scaler: PlanarScaler | None = None
        self._is_broken = False

    def scale(self, picture: PlanarPicture) -> PlanarPicture | None:
        """Make a picture as small as the layer's are; None where it is too small already."""
        size = self._layer.size(*picture.size)
        if size is None:
            return None
        if self._scaler is None or self._scaler.size != size:
            self._scaler = PlanarScaler(*size)
        return self._scaler.scale(picture)

    def encode(self, picture: PlanarPicture) -> list[EncodedPicture]:
        """Encode a picture; nothing any more once this failed: the top layer goes on."""
        if self._is_broken:
            return []
        try:
            return self.encoder.encode(picture)
        except av.error.FFmpegError:
            log.exception("layer %s failed and is left out", self.rid)
            self._is_broken = True
            return []
