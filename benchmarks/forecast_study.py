"""The forecast of tomorrow scored against what comes: `make study-forecast` writes docs/studies/forecast.md.

Diaries of 240 days. Up to day 180 each decides whether a forecast would be told; the last 60 days, which took no part
in that, say whether it was right to. `--diaries 6` takes fewer.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assuage.dynamics.diary import Diary
from assuage.dynamics.forecast import (
    DAYS_AHEAD,
    SURE,
    cut_at,
    in_tenths_worse_up,
    paths,
    predictive,
    tried_on_the_past,
    week_before,
)
from assuage.dynamics.forecast_scores import lattice_of
from assuage.dynamics.many import diaries_of
from assuage.dynamics.model import Floats
from assuage.dynamics.scenarios import SCENARIOS, Scenario
from assuage.dynamics.simulate import simulate
from assuage.report import plots as p
from assuage.report.look.tokens import ESTIMATE, LINE, QUIET, TEXT
from assuage.report.svg.shapes import Paint, Shape, SvgLine, SvgPicture
from assuage.report.svg.write import svg_text
from assuage.terms.flares import BEFORE, RISE
from assuage.terms.scales import PAIN
from assuage.words.speak import ENGLISH
from benchmarks.plasmode import DATA, LAST, SITES
from benchmarks.tables import table

PAGE, PICTURE = Path("docs/studies/forecast.md"), Path("docs/pictures/forecast.svg")
DIARIES, SEED = 40, 2026
DAYS, DECIDES = 240, 180
WEEKS_EVERY, PATHS = 7, 400
WORLDS = ("base", "flares", "drift")
EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
WEEKLY = replace(SCENARIOS["base"], id="weekly", title="a strong weekly wave", weekly=2.0)
WHITE = replace(SCENARIOS["base"], id="white", title="days that do not remember", phi=(0.0, 0.0))


@dataclass(frozen=True)
class DiaryScores:
    """One diary: whether tomorrow and the week would be told, and on the later days scores and flares.

    `scores[name]` are (day, ahead); `tomorrow` and `weeks` are chances of a flare with what came.
    """

    told: bool
    told_week: bool
    scores: dict[str, Floats]
    tomorrow: tuple[Floats, Floats]
    weeks: tuple[Floats, Floats]


def scored(diary: Diary, decides: int = DECIDES) -> DiaryScores:
    """The scores of one diary."""
    tried = tried_on_the_past(diary, latest=len(diary.ratings))
    origins = np.array(tried.origins)
    before, after = origins + DAYS_AHEAD < decides, origins >= decides

    def gate(days: int) -> bool:
        past = replace(tried, scores={name: tried.scores[name][before] for name in _METHODS})
        return past.skill(days).z >= SURE

    later = replace(
        tried,
        origins=tuple(origins[after].tolist()),
        at_most=tried.at_most[after],
        came=tried.came[after],
        flare_from=tried.flare_from[after],
    )
    return DiaryScores(
        gate(1),
        gate(DAYS_AHEAD),
        {name: tried.scores[name][after] for name in _METHODS},
        later.flares(),
        _weeks(diary, origins[after][::WEEKS_EVERY].tolist(), tried.weekly),
    )


_METHODS = ("forecast", "persistence", "seasonal")


def _weeks(diary: Diary, origins: list[int], weekly: bool) -> tuple[Floats, Floats]:
    """The chance of a flare within the week of each origin, and whether one came; weeks that are known."""
    daily = in_tenths_worse_up(diary)
    ratings = daily.ratings[:, 0]
    lattice = lattice_of(ratings)
    chances: list[float] = []
    came: list[float] = []
    if not origins:
        return np.array(chances), np.array(came)
    posterior = predictive(cut_at(diary, daily, origins), weekly, pairs=True)
    for i, origin in enumerate(origins):
        week = ratings[origin + 1 : origin + 1 + DAYS_AHEAD]
        flare_from = week_before(ratings, origin) + RISE
        if len(week) < DAYS_AHEAD or not flare_from <= PAIN.high:
            continue
        flared = bool((week[~np.isnan(week)] >= flare_from - 1e-9).any())
        # A week with days that nobody rated is known only where a flare was seen: it is left out either way.
        if np.isnan(week).any():
            continue
        ways = paths(lattice, posterior, i, PATHS, SEED + i)
        chances.append(float((ways >= flare_from - 1e-9).any(axis=1).mean()))
        came.append(float(flared))
    return np.array(chances), np.array(came)


def simulated(world: Scenario, diaries: int, seed: int) -> list[Diary]:
    """Diaries of that world over 240 days."""
    return diaries_of(simulate(replace(world, days=DAYS), diaries, seed))


def real() -> Iterator[Diary]:
    """The real pain that there is, site by site in windows that do not overlap; a 0 is taken for no entry."""
    if not DATA.is_file():
        return
    rows = [
        row for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()) if row["date"] <= LAST
    ]
    for site in SITES:
        values = np.array([float(row[site]) for row in rows])
        values[values <= 0] = np.nan
        for at in range(0, len(values) - DAYS, DAYS):
            window = values[at : at + DAYS]
            if (~np.isnan(window)).mean() > 0.8 and np.isfinite(window[-60:]).mean() > 0.5:
                yield Diary(f"{site}-{at}", PAIN, window[:, None], {})


def row_of(title: str, of: Sequence[DiaryScores]) -> list[object]:
    """A row of the page: how often it is told, and the scores of all and of those that were told."""

    def means(days: int, some: Sequence[DiaryScores]) -> list[str]:
        if not some:
            return ["", "", ""]
        both = {
            name: np.concatenate([each.scores[name][:, :days].ravel() for each in some]) for name in _METHODS
        }
        known = ~np.isnan(np.array(list(both.values()))).any(axis=0)
        return [f"{both[name][known].mean():.2f}" for name in _METHODS]

    told = [each for each in of if each.told]
    told_week = [each for each in of if each.told_week]
    return [
        title,
        len(of),
        f"{len(told) / len(of):.2f}",
        *means(1, of),
        *means(1, told),
        f"{len(told_week) / len(of):.2f}",
        *means(DAYS_AHEAD, told_week),
    ]


def gains(of: Sequence[DiaryScores], beside: str, days: int) -> Floats:
    """Per diary, how much lower the CRPS of the forecast was than that of a guess, in points."""
    return np.array(
        [float(np.nanmean(each.scores[beside][:, :days] - each.scores["forecast"][:, :days])) for each in of]
    )


def answer(of: Sequence[DiaryScores], whose: str) -> str:
    """Whether it was better than the guesses where it was told, in a sentence or two."""
    told = [each for each in of if each.told]
    sentence = f"In {whose} tomorrow was told of {len(told)} of {len(of)}"
    if not told:
        return f"{sentence}, so there is nothing to score."
    better = [f"{sentence}. There its CRPS was lower than that of persistence by"]
    parts: list[str] = []
    for beside in ("persistence", "seasonal"):
        gain = gains(told, beside, 1)
        error = gain.std(ddof=1) / len(gain) ** 0.5 if len(gain) > 1 else float("nan")
        parts.append(
            f"{gain.mean():.3f} points (± {error:.3f} over diaries; lower in {(gain > 0).sum()} of {len(gain)})"
        )
    return f"{better[0]} {parts[0]}, and lower than that of the weekday's mean by {parts[1]}."


def flares_answer(of: Sequence[DiaryScores]) -> str:
    """How the chances of a flare that were told compare with what came."""
    told, came = (np.concatenate([each.tomorrow[at] for each in of if each.told]) for at in (0, 1))
    brier, without = ((told - came) ** 2).mean(), (came.mean() * (1 - came.mean()))
    return (
        f"A flare on the next day was told at {told.mean():.3f} on average and came in {came.mean():.3f} of "
        f"{len(told):,} days; the Brier score was {brier:.4f}, and {without:.4f} where always the mean is told."
    )


def reliability(chances: Floats, came: Floats) -> list[tuple[float, float, int]]:
    """Per class of chances: the mean that was told, the share that came, and how many."""
    rows: list[tuple[float, float, int]] = []
    for low, high in zip(EDGES[:-1], EDGES[1:], strict=True):
        inside = (chances >= low) & ((chances < high) | (high == EDGES[-1]))
        if inside.any():
            rows.append((float(chances[inside].mean()), float(came[inside].mean()), int(inside.sum())))
    return rows


def picture(tomorrow: list[tuple[float, float, int]], weeks: list[tuple[float, float, int]]) -> str:
    """The reliability diagram: what was told to the right, what came upwards."""
    across, up = p.NumberScale(0, 1, 44, 404), p.NumberScale(0, 1, 330, 50)
    shapes: list[Shape] = [
        p.text(0, p.ROW, "Flares: the chance that was told, and the share that came", bold=True),
        p.text(0, 2 * p.ROW + 3, "full: on the next day; open: within the week; line: told and came alike"),
        *p.standing_axis(up, across.begins, across.ends, (0, 0.2, 0.4, 0.6, 0.8, 1.0), ENGLISH),
        SvgLine(across.begins, up.begins, across.ends, up.ends, Paint(stroke=LINE, width=1.6)),
    ]
    for rows, full, tone in ((tomorrow, True, ESTIMATE), (weeks, False, TEXT)):
        shapes += [p.dot(across.at(told), up.at(came), tone, full=full, radius=5) for told, came, _ in rows]
    shapes += [
        p.text(across.at(value), up.begins + p.ROW + 2, p.written_number(value, ENGLISH), QUIET, "middle")
        for value in (0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    title = "Reliability diagram of the forecast"
    shows = "; ".join(f"told {told:.2f}, came {came:.2f}" for told, came, _ in tomorrow)
    return svg_text(SvgPicture("forecast", 620, 360, title, shows, "en", tuple(shapes)))


def page(diaries: int = DIARIES, seed: int = SEED) -> tuple[str, str]:
    """The whole page, and its picture."""
    worlds = [SCENARIOS[name] for name in WORLDS] + [WEEKLY, WHITE]
    rows: list[list[object]] = []
    everybody: list[DiaryScores] = []
    for world in worlds:
        of_world = [scored(diary) for diary in simulated(world, diaries, seed)]
        rows.append(row_of(f"{world.id}: {world.title}", of_world))
        everybody += of_world
        print(world.id, file=sys.stderr, flush=True)
    of_real = [scored(diary) for diary in real()]
    if of_real:
        rows.append(row_of("**real**: one person's pain at four sites", of_real))

    def together(of: Sequence[DiaryScores], name: str) -> tuple[Floats, Floats]:
        pairs = [getattr(each, name) for each in of]
        return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])

    told = [each for each in everybody if each.told]
    told_week = [each for each in everybody if each.told_week]
    tomorrow, weeks = reliability(*together(told, "tomorrow")), reliability(*together(told_week, "weeks"))
    real_told = [each for each in of_real if each.told]
    real_rows = reliability(*together(real_told, "tomorrow")) if real_told else []
    methods = ("forecast", "persistence", "weekday mean")
    lines = [
        "# Can tomorrow be told?",
        "",
        answer(everybody, "simulated diaries"),
        flares_answer(everybody),
        answer(of_real, "windows of one person's real pain") if of_real else "Real pain was not at hand.",
        "",
        f"Written by `make study-forecast`; seed {seed}, {diaries} diaries a world, {DAYS} days each. On day {DECIDES} "
        "each diary decides, by its own past, whether a forecast is told (Diebold and Mariano's test against "
        f"persistence, one-sided at 5 %). All scores below are of the {DAYS - DECIDES} days after that, each "
        "day forecast from the days before it alone. CRPS: the continuous ranked probability score in points of 10, "
        "0 is best. Persistence is the last rating with the spread of all changes so far; the seasonal guess is the "
        "mean of the weekday with the spread around it.",
        "",
        "*Worlds* are simulated ([which](triggers.md)); *real* are windows of one person's pain at four sites "
        "(MyAIGuide, participant 1, to 2019; a public data set that is not distributed here).",
        "",
        "![What was told and what came](../pictures/forecast.svg)",
        "",
        "## CRPS on days that took no part in the decision",
        "",
        *table(
            (
                "world",
                "diaries",
                "tomorrow told",
                *(f"{name}, all" for name in methods),
                *(f"{name}, told" for name in methods),
                "week told",
                *(f"{name}, week" for name in methods),
            ),
            rows,
        ),
        "",
        "## Flares: told and come",
        "",
        f"A flare is a rating {RISE} points or more above the mean of the {BEFORE} days before the forecast "
        "(ours). Simulated diaries whose forecast is told.",
        "",
        *table(
            ("", "told", "came", "forecasts"),
            [
                *(["next day", f"{a:.3f}", f"{b:.3f}", n] for a, b, n in tomorrow),
                *(["within the week", f"{a:.3f}", f"{b:.3f}", n] for a, b, n in weeks),
                *(["next day, real pain", f"{a:.3f}", f"{b:.3f}", n] for a, b, n in real_rows),
            ],
        ),
        "",
        "What this is not: simulated patients are not patients, and the real pain is that of one person, who rated in "
        "tenths and moved by a third of a point, so that two points more in a week hardly ever come; days with a 0 are "
        "taken for no entry, since the file does not say. A week counts only where all of its days were rated.",
        "",
    ]
    return "\n".join(lines), picture(tomorrow, weeks)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diaries", type=int, default=DIARIES, help="of each world")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    text, drawn = page(given.diaries, given.seed)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    PICTURE.write_text(drawn, encoding="utf-8")
    print(f"{PAGE} written")
