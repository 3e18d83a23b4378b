"""Places on the body: the 19 of the widespread pain index, and finer ones, from the patient's side.

Left and right are the patient's own. A site without a side (`neck`, `occiput`, `shoulder_girdle`) means
both sides or the midline. `widespread` stands for the whole body. Each site may lie within a coarser one
(`occiput_left` within `occiput` within `head`), and belongs to one site of the index, or to none.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording

Region = Literal["left_upper", "right_upper", "left_lower", "right_lower", "axial"]
REGIONS: tuple[Region, ...] = ("left_upper", "right_upper", "left_lower", "right_lower", "axial")


class Site(Struct, frozen=True):
    """A place on the body; `within` is the next coarser site, `wpi` the index site it belongs to."""

    id: str
    title: str
    within: str | None = None
    wpi: str | None = None

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"site.{self.id}", self.title)

    def __str__(self) -> str:
        return self.title


class WpiSite(Struct, frozen=True):
    """A site of the widespread pain index: its region, and whether it counts for generalised pain.

    Jaw, chest and abdomen never count for generalised pain (Wolfe 2016).
    """

    id: str
    region: Region
    counts: bool = True


WPI_SITES: dict[str, WpiSite] = {
    site.id: site
    for site in (
        WpiSite("jaw_left", "left_upper", counts=False),
        WpiSite("shoulder_girdle_left", "left_upper"),
        WpiSite("upper_arm_left", "left_upper"),
        WpiSite("lower_arm_left", "left_upper"),
        WpiSite("jaw_right", "right_upper", counts=False),
        WpiSite("shoulder_girdle_right", "right_upper"),
        WpiSite("upper_arm_right", "right_upper"),
        WpiSite("lower_arm_right", "right_upper"),
        WpiSite("hip_left", "left_lower"),
        WpiSite("upper_leg_left", "left_lower"),
        WpiSite("lower_leg_left", "left_lower"),
        WpiSite("hip_right", "right_lower"),
        WpiSite("upper_leg_right", "right_lower"),
        WpiSite("lower_leg_right", "right_lower"),
        WpiSite("neck", "axial"),
        WpiSite("upper_back", "axial"),
        WpiSite("lower_back", "axial"),
        WpiSite("chest", "axial", counts=False),
        WpiSite("abdomen", "axial", counts=False),
    )
}


def _pair(stem: str, title: str, within: str | None = None, wpi: str | None = None) -> tuple[Site, ...]:
    """A site without a side, and its left and right; `wpi="sided"` when each side is an index site."""
    if wpi == "sided":
        sides = (
            Site(f"{stem}_left", f"left {title}", stem, f"{stem}_left"),
            Site(f"{stem}_right", f"right {title}", stem, f"{stem}_right"),
        )
        return (Site(stem, title, within), *sides)
    sides = (
        Site(f"{stem}_left", f"left {title}", stem, wpi),
        Site(f"{stem}_right", f"right {title}", stem, wpi),
    )
    return (Site(stem, title, within, wpi), *sides)


def _part_of_side(stem: str, title: str, of: str) -> tuple[Site, ...]:
    """A finer site on either side, within the index site of the same side."""
    return (
        Site(stem, title, of),
        Site(f"{stem}_left", f"left {title}", f"{of}_left", f"{of}_left"),
        Site(f"{stem}_right", f"right {title}", f"{of}_right", f"{of}_right"),
    )


SITES: dict[str, Site] = {
    site.id: site
    for site in (
        Site("widespread", "whole body"),
        Site("head", "head"),
        Site("forehead", "forehead", "head"),
        *_pair("temple", "temple", "head"),
        *_pair("occiput", "occiput", "head"),
        *_pair("face", "face", "head"),
        *_pair("jaw", "jaw", "head", "sided"),
        *_pair("neck", "neck", wpi="neck"),
        *_pair("shoulder_girdle", "shoulder girdle", wpi="sided"),
        *_part_of_side("trapezius", "upper trapezius", "shoulder_girdle"),
        *_pair("upper_arm", "upper arm", wpi="sided"),
        *_pair("elbow", "elbow"),
        *_pair("lower_arm", "lower arm", wpi="sided"),
        *_pair("wrist", "wrist"),
        *_pair("hand", "hand"),
        Site("chest", "chest", wpi="chest"),
        Site("breastbone", "breastbone", "chest", "chest"),
        Site("abdomen", "abdomen", wpi="abdomen"),
        *_pair("costal_arch", "costal arch", "abdomen", "abdomen"),
        Site("lower_abdomen", "lower abdomen", "abdomen", "abdomen"),
        *_pair("upper_back", "upper back", wpi="upper_back"),
        Site("interscapular", "between the shoulder blades", "upper_back", "upper_back"),
        *_pair("shoulder_blade", "shoulder blade", "upper_back", "upper_back"),
        *_pair("lower_back", "lower back", wpi="lower_back"),
        Site("sacrum", "sacrum", "lower_back", "lower_back"),
        *_pair("hip", "hip", wpi="sided"),
        *_part_of_side("buttock", "buttock", "hip"),
        *_pair("upper_leg", "upper leg", wpi="sided"),
        *_pair("knee", "knee"),
        *_pair("lower_leg", "lower leg", wpi="sided"),
        *_pair("ankle", "ankle"),
        *_pair("foot", "foot"),
    )
}

WIDESPREAD = SITES["widespread"]
HEAD = SITES["head"]
OCCIPUT = SITES["occiput"]
NECK = SITES["neck"]
SHOULDER_GIRDLE = SITES["shoulder_girdle"]
LOWER_BACK = SITES["lower_back"]


def _lineage(site: Site) -> frozenset[str]:
    ids = {site.id}
    while site.within is not None:
        site = SITES[site.within]
        ids.add(site.id)
    return frozenset(ids)


_LINEAGE = {site.id: _lineage(site) for site in SITES.values()}


def lies_within(inner: str, outer: str) -> bool:
    """Whether the site `inner` is `outer` or a part of it. The whole body contains every site."""
    return outer in _LINEAGE[inner] or outer == "widespread"


def wpi_sites_of(site: str) -> frozenset[str]:
    """The index sites that pain at `site` marks: both sides for a paired site without a side.

    Empty for a site that belongs to none (`wrist`, `occiput`).
    """
    here = SITES[site]
    if here.wpi is not None:
        return frozenset({here.wpi})
    return frozenset(inner for inner in WPI_SITES if lies_within(inner, site) and site not in _NO_EXPANSION)


# "Head" holds the jaw, but a sore head is not a sore jaw; the whole body names no single site.
_NO_EXPANSION = frozenset({"head", "widespread"})
