"""Every intervention by the twelve items of TIDieR, and what the patient sought alone by the shorter list of ours.

Source: Hoffmann TC et al. Better reporting of interventions: TIDieR. BMJ 2014;348:g1687. doi 10.1136/bmj.g1687. The
list for exposures is ours. What the record has no field for says so: it was not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator

from assuage.record.entries import MedicationEntry, Needle, TherapyEntry
from assuage.report.care.case import Case
from assuage.report.care.case_report import Table, joined_numbers


def intervention_tables(case: Case) -> Iterator[Table]:
    """A table for each medicine, each therapy and each exposure."""
    for entries in _medicines(case).values():
        yield _medicine(case, entries)
    for (_, by_patient), entries in _therapies(case).items():
        yield _exposure(case, entries) if by_patient else _therapy(case, entries)


def missing(case: Case) -> list[str]:
    """What of dose, strength and duration is not recorded, one line an intervention."""
    say = case.lang.t
    lines: list[str] = []
    for entries in _medicines(case).values():
        gaps = [say("dose")] if not any(m.doses for m in entries) else []
        gaps += [say("end or “ongoing”")] if entries[-1].do != "stop" else []
        gaps += [say("route")] if not any(m.route for m in entries) else []
        if any(not dose.when for m in entries for dose in m.doses):
            gaps.append(say("interval"))
        if gaps:
            lines.append(f"{case.drug(entries[0])}: {case.lang.list(gaps)}")
    for (_, by_patient), entries in _therapies(case).items():
        gaps: list[str] = []
        if any(t.mixture for t in entries):
            gaps += [say("number of points")] if not any(t.points for t in entries) else []
            gaps += [say("volume a point")] if not any(t.volume_per_point_ml for t in entries) else []
            gaps += [say("lots")] if not any(p.lot for t in entries for p in t.mixture) else []
            gaps += [say("spacing, depth, skin preparation and operator")]
        else:
            gaps += [say("length in minutes")] if not any(t.minutes for t in entries) else []
            gaps += [say("sites")] if by_patient and not any(t.sites for t in entries) else []
        if gaps:
            lines.append(f"{case.therapy(entries[0])}: {case.lang.list(gaps)}")
    return lines


def needle(case: Case, used: Needle) -> str:
    """A needle in words; what of it is not recorded is left out."""
    parts = [f"{case.lang.num(used.gauge)} G"] if used.gauge else []
    parts += [f"{case.lang.num(used.length_mm)} mm"] if used.length_mm else []
    return f"{case.lang.t('needle')} {', '.join(parts)}".strip()


def _medicines(case: Case) -> dict[str, list[MedicationEntry]]:
    by_drug: dict[str, list[MedicationEntry]] = {}
    for m in case.medications:
        by_drug.setdefault(m.code, []).append(m)
    return by_drug


def _therapies(case: Case) -> dict[tuple[str, bool], list[TherapyEntry]]:
    by_therapy: dict[tuple[str, bool], list[TherapyEntry]] = {}
    for t in case.therapies:
        if t.took_place:
            by_therapy.setdefault((case.therapy(t), t.by == "patient"), []).append(t)
    return by_therapy


def _table(case: Case, name: str, rows: list[tuple[str, str, tuple[int, ...]]]) -> Table:
    say = case.lang.t
    none = say("not recorded")
    return Table(
        name,
        (say("Item"), say("What was recorded"), say("Entries")),
        tuple((say(item), text or none, joined_numbers(places)) for item, text, places in rows),
    )


def _medicine(case: Case, entries: list[MedicationEntry]) -> Table:
    say = case.lang.t
    all_of = tuple(m.place for m in entries)
    last = entries[-1]
    when = "; ".join(
        f"{case.day(m)}, {case.lang.word(m.do)}: {case.doses(m)}"
        if m.doses
        else f"{case.day(m)}, {case.lang.word(m.do)}"
        for m in entries
    )
    changed = "; ".join(
        f"{case.day(m)}: {case.lang.word(m.do)}{case.remark(m.because)}" for m in entries if m.do != "start"
    )
    return _table(
        case,
        case.drug(entries[0]),
        [
            ("1 Name", case.drug(entries[0]), all_of),
            (
                "2 Why",
                "; ".join(dict.fromkeys(m.purpose for m in entries if m.purpose)),
                tuple(m.place for m in entries if m.purpose),
            ),
            ("3 Materials", "", ()),
            (
                "4 Procedure",
                "; ".join(dict.fromkeys(case.lang.word(m.route) for m in entries if m.route)),
                tuple(m.place for m in entries if m.route),
            ),
            ("5 Who gave it", "", ()),
            ("6 How it was delivered", "", ()),
            ("7 Where", "", ()),
            (
                "8 When and how much",
                when + ("" if last.do == "stop" else f"; {say('no end recorded')}"),
                all_of,
            ),
            ("9 Tailoring planned", "", ()),
            ("10 Modifications", changed, tuple(m.place for m in entries if m.do != "start")),
            ("11 Fidelity planned", "", ()),
            ("12 Delivered as planned", "", ()),
        ],
    )


def _therapy(case: Case, entries: list[TherapyEntry]) -> Table:
    say = case.lang.t
    all_of = tuple(t.place for t in entries)
    mixed = next((t for t in entries if t.mixture), None)
    materials = "; ".join(
        " ".join(
            filter(
                None,
                (
                    case.lang.word(p.drug),
                    f"{case.lang.num(p.amount_mg)} mg" if p.amount_mg else "",
                    f"{case.lang.num(p.volume_ml)} ml" if p.volume_ml else "",
                    f"({say('lot')} {p.lot})" if p.lot else "",
                ),
            )
        )
        for p in (mixed.mixture if mixed else ())
    )
    pricked = next((t.needle for t in entries if t.needle), None)
    if pricked:
        materials += f"; {needle(case, pricked)}"
    points = next((t for t in entries if t.points or t.volume_per_point_ml), None)
    how = ""
    if points:
        how = "; ".join(
            filter(
                None,
                (
                    f"{points.points} {say('points')}" if points.points else "",
                    f"{case.lang.num(points.volume_per_point_ml)} ml {say('a point')}"
                    if points.volume_per_point_ml
                    else "",
                ),
            )
        )
    sites = list(dict.fromkeys(case.sites(t.sites) for t in entries if t.sites))
    when = f"{case.lang.n('{n} time', '{n} times', len(entries))}: {', '.join(case.day(t) for t in entries[:30])}"
    minutes = list(dict.fromkeys(case.lang.num(t.minutes) for t in entries if t.minutes))
    if minutes:
        when += f"; {', '.join(minutes)} min"
    return _table(
        case,
        case.therapy(entries[0]),
        [
            ("1 Name", case.therapy(entries[0]), all_of),
            (
                "2 Why",
                "; ".join(dict.fromkeys(t.because for t in entries if t.because)),
                tuple(t.place for t in entries if t.because),
            ),
            ("3 Materials", materials, (mixed.place,) if mixed else ()),
            ("4 Procedure", how, (points.place,) if points else ()),
            ("5 Who gave it", "", ()),
            ("6 How it was delivered", "", ()),
            (
                "7 Where",
                case.lang.t("on the body: {sites}", sites="; ".join(sites)) if sites else "",
                tuple(t.place for t in entries if t.sites),
            ),
            ("8 When and how much", when, all_of),
            ("9 Tailoring planned", "", ()),
            ("10 Modifications", _moved(case, entries), all_of if len(sites) > 1 else ()),
            ("11 Fidelity planned", "", ()),
            ("12 Delivered as planned", "", ()),
        ],
    )


def _moved(case: Case, entries: list[TherapyEntry]) -> str:
    moves = [
        case.lang.t("{day}: {sites}", day=case.day(t), sites=case.sites(t.sites))
        for before, t in zip(entries, entries[1:], strict=False)
        if t.sites != before.sites
    ]
    return "; ".join(moves)


# The window in which what came after an exposure is looked for: three days, as in the review of suspects.
_AFTER = 3


def _exposure(case: Case, entries: list[TherapyEntry]) -> Table:
    """The shorter list for what the patient sought alone."""
    all_of = tuple(t.place for t in entries)
    followed: list[str] = []
    places: list[int] = []
    worst: list[float] = []
    for t in entries:
        for s in case.symptoms:
            if s.state in ("new", "worse") and 0 <= s.day - t.day <= _AFTER:
                followed.append(case.lang.t("{day}: {what}", day=case.day(s), what=case.symptom(s)))
                places.append(s.place)
        worst += [e.range[1] for e in case.scores.get("pain", []) if 0 <= e.day - t.day <= _AFTER]
    sites = list(dict.fromkeys(case.sites(t.sites) for t in entries if t.sites))
    minutes = list(dict.fromkeys(f"{case.lang.num(t.minutes)} min" for t in entries if t.minutes))
    notes = [f"{case.day(t)}{case.remark(t.because, t.note)}" for t in entries if t.because or t.note]
    return _table(
        case,
        case.lang.t("{what}, sought by the patient", what=case.therapy(entries[0])),
        [
            ("Kind", case.therapy(entries[0]), all_of),
            ("Days", ", ".join(case.day(t) for t in entries[:30]), all_of),
            ("Region", "; ".join(sites), tuple(t.place for t in entries if t.sites)),
            (
                "Pressure",
                "; ".join(
                    dict.fromkeys(case.lang.word(f"{t.pressure} pressure") for t in entries if t.pressure)
                ),
                tuple(t.place for t in entries if t.pressure),
            ),
            ("Length", "; ".join(minutes), tuple(t.place for t in entries if t.minutes)),
            ("Who gave it", "", ()),
            (
                "Advised or own choice",
                "; ".join(notes),
                tuple(t.place for t in entries if t.note or t.because),
            ),
            ("New or worse within 3 days", "; ".join(followed), tuple(places)),
            ("Worst pain within 3 days", case.lang.num(max(worst)) if worst else "", ()),
            ("Hours to the change", "", ()),
            ("Hours to recovery", "", ()),
        ],
    )
