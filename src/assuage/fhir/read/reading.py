"""What every reader is given: the zone, what a site says its codes mean, what references point at; where it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from assuage.catalogue.message import Message, message
from assuage.fhir.codes import own_codes, own_system
from assuage.fhir.moments import UNDATED, When, read_moment, read_period
from assuage.fhir.read.element import ResourcePart
from assuage.fhir.report import ReportLine, Weight
from assuage.fhir.site_codes import NO_CODES, SiteCodes
from assuage.terms.sites import SITES

Plain = dict[str, Any]

# The sites by their titles and by their ids.
_SITE_WORDS: Mapping[str, str] = MappingProxyType(
    {site.title: site.id for site in SITES.values()} | {site.id: site.id for site in SITES.values()}
)
# What is not a fact, and what of it is said.
DONE = frozenset({"final", "amended", "corrected", "completed"})


class NativeFact(Struct, frozen=True):
    """What a resource says natively: an entry without its day, and when it was.

    `weak` says that it does not stand: preliminary, disputed, of unknown status.
    """

    plain: Plain
    when: When = UNDATED
    weak: bool = False


class FhirReading(Struct):
    """One resource at a time: what it is called, and the lines that were said of it."""

    zone: str | None = None
    codes: SiteCodes = NO_CODES
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    called: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    spoken_of: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    resource: str = ""
    lines: list[ReportLine] = field(default_factory=list[ReportLine])

    def say(self, path: str, why: Message, weight: Weight = "left") -> None:
        """Put a line into the report."""
        self.lines.append(ReportLine(self.resource, path, why, weight))

    def leave(self, element: ResourcePart, why: Message) -> list[NativeFact]:
        """Say that nothing of an element is read, and why; no facts come back."""
        self.say(element.path, why)
        element.use()
        return []

    def pointed(self, element: ResourcePart, reference: ResourcePart) -> Mapping[str, Any] | None:
        """The resource that a reference points at: contained in this one, or read beside it; None where it is not."""
        text = reference.plain.get("reference")
        if not isinstance(text, str):
            return None
        if text.startswith("#"):
            for contained in element.parts("contained"):
                if contained.plain.get("id") == text[1:]:
                    contained.use()
                    return contained.plain
            return None
        resource = self.called.get(text)
        if resource is not None:
            self.spoken_of.append(resource)
        return resource

    def type_of(self, reference: str) -> str:
        """The type of resource that a reference points at; empty where nobody can tell."""
        if reference in self.kinds:
            return self.kinds[reference]
        parts = reference.partition("/_history/")[0].split("/")
        return parts[-2] if len(parts) > 1 else ""


class Coded:
    """A CodeableConcept: its words, and its codes by their systems. What nobody asked for is told by `told`."""

    def __init__(self, element: ResourcePart | None, of: FhirReading) -> None:
        self.element = element
        self._of = of
        self._codings = [] if element is None else element.parts("coding")
        self._asked: set[str] = set()

    def code(self, system: str) -> str | None:
        """The code it has in a system."""
        for coding in self._codings:
            if coding.plain.get("system") == system and isinstance(coding.plain.get("code"), str):
                coding.use()
                self._asked.add(coding.path)
                return str(coding.plain["code"])
        return None

    def own_code(self, system: str) -> str | None:
        """The code it has in one of our systems, if it is one."""
        code = self.code(own_system(system))
        return code if code in own_codes()[system] else None

    def mapped(self) -> str | None:
        """The word that the site's map has for one of its codes."""
        for coding in self._codings:
            system, code = coding.plain.get("system"), coding.plain.get("code")
            if isinstance(system, str) and isinstance(code, str):
                word = self._of.codes.word(system, code)
                if word is not None:
                    coding.use()
                    self._asked.add(coding.path)
                    return word
        return None

    def words(self) -> str | None:
        """Its words: those of the site's map, the text, the display of a code, or else the code itself."""
        if self.element is None:
            return None
        mapped = self.mapped()
        text = self.element.text("text")
        if mapped is not None:
            return mapped
        if text is not None:
            return text
        for key in ("display", "code"):
            for coding in self._codings:
                word = coding.text(key)
                if word is not None:
                    coding.use("display", "code", "system", "version", "userSelected")
                    self._asked.add(coding.path)
                    return word
        return None

    def told(self) -> None:
        """Say of each code that nobody asked for that it was not read; its words were, where there are any."""
        for coding in self._codings:
            system = coding.plain.get("system")
            if coding.path not in self._asked and isinstance(system, str):
                self._of.say(
                    f"{coding.path}.code", message("fhir-import.code-not-read", system=system), "told"
                )
                coding.use()


def whole(element: ResourcePart, of: FhirReading, keys: Iterable[str]) -> None:
    """Note that elements were looked at that say nothing a record keeps: how resources are filed."""
    # Of all that may be there little is, and what is not there needs no note.
    there = [name for key in keys for name in (key, f"_{key}") if name in element.plain]
    if there:
        element.use(*there)


def said_by(element: ResourcePart, of: FhirReading, *keys: str) -> Plain:
    """Who said it, as far as the references tell: a patient, a clinician, a device; else the file."""
    who = "import"
    for key in keys:
        value = element.part(key)
        references: Sequence[ResourcePart] = element.parts(key) if value is None else [value]
        for each in references:
            reference = each.part("actor") or each
            each.use()
            pointed = reference.plain.get("reference")
            kind = reference.plain.get("type") or (of.type_of(pointed) if isinstance(pointed, str) else "")
            if key == "device" or kind == "Device":
                who = "device"
            elif kind == "Patient":
                who = "patient"
            elif kind in ("Practitioner", "PractitionerRole"):
                return {}
    return {"by": who}


def moment_said(element: ResourcePart, of: FhirReading, *keys: str) -> When:
    """When it was, by the first of these elements that says so; a period from its start to its end."""
    for key in keys:
        if not element.has(key):
            continue
        period = element.part(key)
        if period is None:
            moment = read_moment(element.plain[key], of.zone)
            if moment is not None:
                element.use(key)
                return moment
            continue
        start, end = read_period(period.plain, of.zone)
        if start is not None or end is not None:
            period.use("start", "end")
            first, last = start or UNDATED, end or UNDATED
            both = start is not None and start == end
            return When(first.first, last.last, first.time if both else None, first.sure and last.sure)
    if any(element.has(f"_{key}") for key in keys):
        whole(element, of, (key for key in keys if element.has(f"_{key}")))
    return UNDATED


def sites_of(element: ResourcePart, of: FhirReading, key: str = "bodySite") -> tuple[list[str], bool]:
    """The places on the body, and whether all that was said of them was read."""
    single = element.part(key)
    sites: list[str] = []
    for each in element.parts(key) if single is None else [single]:
        coded = Coded(each, of)
        code = coded.own_code("site")
        read = [code] if code is not None else _named_sites(coded.words())
        coded.told()
        if not read or any(site not in SITES for site in read):
            return [], False
        each.use("text")
        sites += read
    return list(dict.fromkeys(sites)), True


def _named_sites(text: str | None) -> list[str]:
    parts = [] if text is None else [part.strip().lower() for part in text.split(",")]
    named = [_SITE_WORDS.get(part) for part in parts]
    return [site for site in named if site is not None] if None not in named else []


def with_sites(sites: Sequence[str]) -> Plain:
    """The field of one place or of several."""
    if not sites:
        return {}
    return {"site": sites[0]} if len(sites) == 1 else {"sites": list(sites)}


def first_note(element: ResourcePart) -> str | None:
    """The text of the first annotation."""
    for each in element.parts("note"):
        text = each.text("text")
        if text is not None:
            return text
    return None
