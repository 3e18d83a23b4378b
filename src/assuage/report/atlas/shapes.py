"""The drawing: a body seen from the front and from the back, as shapes of sites. Drawn for this project.

Coordinates are (out, down): how far out from the midline, whatever the side, and how far down from the crown. Which
side of the screen that is depends on the view alone: seen from the front the patient's right is at the viewer's
left; seen from behind, the patient's left is.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

View = Literal["front", "back"]
VIEWS: tuple[View, ...] = ("front", "back")
WIDTH, HEIGHT, MIDLINE = 176, 404, 88

Points = tuple[tuple[float, float], ...]


class Shape(Struct, frozen=True):
    """A place on one view. `site` without a side lies across the midline: its half is mirrored into a whole."""

    site: str
    view: View
    half: Points

    @property
    def side(self) -> Literal["left", "right", "middle"]:
        """The patient's own side."""
        last = self.site.rpartition("_")[2]
        return "left" if last == "left" else "right" if last == "right" else "middle"

    @property
    def points(self) -> Points:
        """The corners on the screen."""
        if self.side == "middle":
            right = [(MIDLINE + out, down) for out, down in self.half]
            return (*right, *((2 * MIDLINE - x, y) for x, y in reversed(right)))
        sign = screen_side(self.side, self.view)
        return tuple((MIDLINE + sign * out, down) for out, down in self.half)


def screen_side(side: Literal["left", "right"], view: View) -> int:
    """+1 where the patient's side is at the viewer's right, −1 where it is at the viewer's left."""
    facing = 1 if side == "left" else -1
    return facing if view == "front" else -facing


OUTLINE: Points = (
    (0, 4), (12, 6), (20, 16), (22, 30), (20, 44), (14, 56), (11, 62), (12, 72), (22, 79), (40, 84), (50, 92),
    (55, 106), (57, 126), (60, 146), (65, 166), (70, 188), (74, 204), (79, 220), (79, 234), (73, 241), (67, 234),
    (64, 218), (60, 204), (53, 184), (48, 164), (44, 146), (40, 126), (39, 144), (37, 160), (38, 176), (43, 194),
    (45, 214), (43, 240), (38, 266), (36, 286), (37, 304), (35, 326), (30, 352), (28, 370), (30, 384), (34, 394),
    (26, 399), (14, 398), (11, 388), (13, 370), (12, 346), (11, 320), (13, 298), (11, 280), (8, 250), (3, 222),
    (0, 216),
)  # fmt: skip

_ARM: dict[str, Points] = {
    "shoulder_girdle": ((13, 73), (23, 80), (40, 85), (50, 93), (54, 105), (40, 107), (30, 98), (14, 88)),
    "upper_arm": ((55, 107), (57, 127), (60, 146), (47, 150), (43, 140), (40, 122), (41, 108)),
    "elbow": ((60, 147), (64, 164), (51, 168), (47, 151)),
    "lower_arm": ((64, 165), (70, 189), (73, 200), (61, 203), (53, 184), (51, 169)),
    "wrist": ((73, 201), (76, 210), (63, 213), (61, 204)),
    "hand": ((76, 211), (79, 221), (79, 234), (73, 241), (67, 234), (63, 214)),
}
_LEG: dict[str, Points] = {
    "upper_leg": ((44, 205), (45, 216), (43, 240), (38, 266), (11, 268), (8, 250), (4, 225), (20, 214)),
    "knee": ((38, 267), (36, 286), (37, 297), (13, 297), (11, 280), (11, 269)),
    "lower_leg": (
        (37, 298),
        (37, 308),
        (35, 326),
        (30, 352),
        (29, 360),
        (12.5, 360),
        (12, 346),
        (11, 320),
        (13, 298),
    ),
    "ankle": ((29, 361), (28, 371), (29, 379), (12, 379), (13, 370), (12.5, 361)),
    "foot": ((29, 380), (31, 386), (34, 394), (26, 399), (14, 398), (11, 388), (12, 380)),
}
_FRONT: dict[str, Points] = {
    "temple": ((13, 16), (19, 16), (22, 30), (14, 31)),
    "face": ((0, 24), (12, 25), (13, 32), (20.5, 33), (20, 43), (0, 44)),
    "jaw": ((0, 45), (19.5, 44), (14, 56), (0, 59)),
    "neck": ((0, 61), (10, 59), (11, 63), (12, 72), (0, 78)),
    "costal_arch": ((3, 128), (20, 124), (37, 132), (38, 146), (24, 146), (12, 138)),
    "hip": ((26, 180), (39, 178), (43, 194), (44, 204), (24, 211), (22, 196)),
}
_FRONT_MIDDLE: dict[str, Points] = {
    "forehead": ((0, 8), (11, 10), (12, 24), (0, 23)),
    "chest": ((0, 82), (14, 90), (30, 100), (39, 108), (39, 126), (20, 123), (2, 127), (0, 127)),
    "breastbone": ((0, 84), (5, 87), (5, 122), (0, 124)),
    "abdomen": ((0, 129), (3, 130), (12, 140), (24, 148), (37, 148), (36, 162), (37, 176), (0, 178)),
    "lower_abdomen": ((0, 180), (24, 179), (21, 194), (22, 206), (4, 216), (0, 214)),
}
_BACK: dict[str, Points] = {
    "occiput": ((0, 34), (21, 34), (20, 44), (14, 55), (0, 57)),
    "neck": ((0, 58), (12, 58), (11, 63), (12, 71), (0, 76)),
    "trapezius": ((1, 78), (13, 74), (22, 80), (36, 85), (30, 92), (14, 90), (1, 92)),
    "shoulder_blade": ((11, 94), (30, 96), (37, 108), (34, 124), (18, 126), (11, 112)),
    "upper_back": ((11, 122), (17, 128), (36, 127), (38, 142), (1, 144), (1, 130), (11, 130)),
    "lower_back": ((1, 146), (38, 144), (36, 162), (37, 174), (15, 176), (1, 170)),
    "buttock": ((16, 178), (38, 176), (43, 194), (44, 203), (30, 211), (4, 218), (1, 206), (12, 192)),
}  # fmt: skip
_BACK_MIDDLE: dict[str, Points] = {
    "interscapular": ((0, 94), (10, 94), (10, 128), (0, 128)),
    "sacrum": ((0, 172), (14, 178), (11, 190), (0, 204)),
}


def _sided(halves: dict[str, Points], view: View) -> list[Shape]:
    return [
        Shape(f"{stem}_{side}", view, half) for stem, half in halves.items() for side in ("left", "right")
    ]


# A coarser place is drawn before the finer ones that lie on it.
SHAPES: tuple[Shape, ...] = (
    *(Shape(site, "front", half) for site, half in _FRONT_MIDDLE.items()),
    *_sided(_ARM | _FRONT | _LEG, "front"),
    *_sided(_ARM | _LEG, "back"),
    *_sided(_BACK, "back"),
    *(Shape(site, "back", half) for site, half in _BACK_MIDDLE.items()),
)
