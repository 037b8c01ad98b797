"""Follows faces from frame to frame: which is which, not trembling, fading in and out instead of jumping."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from effects.filter import Face
from effects.frame import Frame, Mask
from effects.landmarks import Points, face_width, moved, similarity
from effects.models.landmarker import Landmarker

FADE_IN_S: Final = 0.2
FADE_OUT_S: Final = 0.3
_FIRST_STEP_S: Final = 1 / 30
"""How much time a face that has just come is taken to have been there."""
_SAME_FACE: Final = 0.6
"""A face is taken for the one before if it has moved by less than so many widths."""
_STEADY_WEIGHT: Final = 0.3
"""Weight of what a network says newly of a landmark that hardly moves within its face."""
_MOVING: Final = 0.02
"""If a landmark moves within its face by more than so many widths (a blink), its new place counts wholly."""
_LANDMARKS_TO_FOLLOW: Final = (*range(0, 468, 12),)
_FLOW_MARGIN: Final = 0.3


class Track:
    """One face as it is followed; its points are in pixels of the picture that is looked at."""

    def __init__(self, number: int, points: Points) -> None:
        self.number: Final = number
        self.points = points
        self.strength = 0.0
        self.is_seen = True

    def see(self, points: Points) -> None:
        """Take new landmarks: the head's movement wholly, of each landmark's own what is no trembling."""
        carried = moved(self.points, similarity(self.points, points))
        own = points - carried
        speed = np.hypot(own[:, 0], own[:, 1]) / (_MOVING * face_width(points))
        weight = np.clip(_STEADY_WEIGHT + speed**2, 0, 1)[:, None]
        self.points = np.asarray(carried + weight * own, np.float32)
        self.is_seen = True

    def fade(self, passed_s: float) -> None:
        """Change the strength by what the time allows."""
        step = passed_s / FADE_IN_S if self.is_seen else -passed_s / FADE_OUT_S
        self.strength = min(max(self.strength + step, 0.0), 1.0)


class FaceFollower:
    """Finds faces by networks now and then, carries them by optical flow between; a `FaceFinder`."""

    def __init__(self, landmarker: Landmarker, every: int = 1) -> None:
        """Take what finds landmarks.

        Args:
            landmarker: is closed with this.
            every: the networks run on every so many frames (`Quality.faces_every`); may be changed.
        """
        self.every = every
        self._landmarker = landmarker
        self._tracks: list[Track] = []
        self._last_number = 0
        self._since_network = 0
        self._last_s: float | None = None
        self._last_ms = -1
        self._gray: tuple[Mask, Mask] | None = None
        self._rgb: Frame | None = None

    def find(self, half: Frame, scale: float, time_s: float) -> tuple[Face, ...]:
        """Return the faces, largest first.

        Args:
            half: BGR uint8, usually the frame at half size.
            scale: frame pixels per pixel of `half`: landmarks are given in pixels of the frame.
            time_s: when the frame was captured, monotonic seconds.
        """
        before, now = self._grays(half)
        self._since_network += 1
        if self._since_network >= self.every or not any(track.is_seen for track in self._tracks):
            self._since_network = 0
            self._look(half, time_s, before, now)
        else:
            for track in self._tracks:
                carry(track, before, now)
        self._fade(time_s)
        faces = [
            Face(track.points * np.float32(scale), track.strength, track.number) for track in self._tracks
        ]
        return tuple(sorted(faces, key=lambda face: -face_width(face.points)))

    def forget(self) -> None:
        """Forget the frames before: the source was changed."""
        self._landmarker.forget()
        self._tracks = []
        self._gray = None
        self._last_s = None

    def close(self) -> None:
        """Free the networks; it is not used afterwards."""
        self._landmarker.close()

    def _grays(self, half: Frame) -> tuple[Mask, Mask]:
        """Return the picture before and this one in grey; the same twice when there is none before."""
        shape = half.shape[:2]
        if self._gray is None or self._gray[0].shape != shape:
            if self._gray is not None:
                self.forget()
            now = np.asarray(cv2.cvtColor(half, cv2.COLOR_BGR2GRAY), np.uint8)
            self._gray = now, now.copy()
            return now, now
        spare, before = self._gray
        cv2.cvtColor(half, cv2.COLOR_BGR2GRAY, dst=spare)
        self._gray = before, spare
        return before, spare

    def _look(self, half: Frame, time_s: float, before: Mask, now: Mask) -> None:
        if self._rgb is None or self._rgb.shape != half.shape:
            self._rgb = np.empty_like(half)
        cv2.cvtColor(half, cv2.COLOR_BGR2RGB, dst=self._rgb)
        self._last_ms = max(self._last_ms + 1, round(time_s * 1000))
        found = self._landmarker.landmarks(self._rgb, self._last_ms)
        for track in self._tracks:
            track.is_seen = False
        for points in found:
            known = self._track_of(points)
            if known is None:
                self._last_number += 1
                self._tracks.append(Track(self._last_number, points))
            else:
                known.see(points)
        for track in self._tracks:
            if not track.is_seen:
                carry(track, before, now)

    def _track_of(self, points: Points) -> Track | None:
        """Return the nearest track that has no new landmarks yet, if it is near enough."""
        near = _SAME_FACE * face_width(points)
        middle = points.mean(0)
        free = [
            (float(np.hypot(*(track.points.mean(0) - middle))), index)
            for index, track in enumerate(self._tracks)
            if not track.is_seen
        ]
        distance, index = min(free, default=(near, -1))
        return self._tracks[index] if distance < near else None

    def _fade(self, time_s: float) -> None:
        passed_s = _FIRST_STEP_S if self._last_s is None else max(time_s - self._last_s, 0.0)
        self._last_s = time_s
        for track in self._tracks:
            track.fade(passed_s if track.strength else min(passed_s, _FIRST_STEP_S))
        self._tracks = [track for track in self._tracks if track.strength > 0 or track.is_seen]


def carry(track: Track, before: Mask, now: Mask) -> None:
    """Move a face with the picture under it; leave it where it is when the motion is unclear."""
    region = _region(track.points, before.shape)
    if region is None or before is now:
        return
    rows, columns = region
    corner = np.array([columns.start, rows.start], np.float32)
    start = track.points[list(_LANDMARKS_TO_FOLLOW)] - corner
    end, is_found, _ = cv2.calcOpticalFlowPyrLK(
        before[rows, columns],
        now[rows, columns],
        start[:, None],
        np.empty_like(start[:, None]),
        winSize=(15, 15),
        maxLevel=2,
    )
    good = is_found.ravel() == 1
    matrix = _steady_similarity(start[good] + corner, end[good, 0] + corner)
    if matrix is not None:
        track.points = moved(track.points, matrix)


def _region(points: Points, shape: Sequence[int]) -> tuple[slice, slice] | None:
    """Return rows and columns around a face, or None where too little of it is in the picture."""
    margin = _FLOW_MARGIN * face_width(points)
    left, top = (max(int(low), 0) for low in points.min(0) - margin)
    right, bottom = (
        min(int(high), size) for high, size in zip(points.max(0) + margin, shape[::-1], strict=True)
    )
    if right - left < 16 or bottom - top < 16:
        return None
    return slice(top, bottom), slice(left, right)


def _steady_similarity(before: Points, after: Points) -> Points | None:
    """Return how the face moved by the points that agree best; None if too few agree."""
    if len(before) < 8:
        return None
    for _ in range(2):
        matrix = similarity(before, after)
        off = np.hypot(*(moved(before, matrix) - after).T)
        kept = off <= np.partition(off, len(off) * 2 // 3)[len(off) * 2 // 3]
        before, after = before[kept], after[kept]
    matrix = similarity(before, after)
    size = float(np.hypot(*matrix[:, 0]))
    return matrix if 0.8 < size < 1.25 else None
