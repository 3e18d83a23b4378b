"""What is new about patients since last time: phases entered and left, alerts, refusals; and what no longer holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assuage.record.arrow import arrow

ENTERED, LEFT, ALERT, REFUSED = "entered", "left", "alert", "refused"
_NO_DAY = -(1 << 31)  # of an alert: it belongs to the day that is looked at


def changes_between(before: Mapping[str, Any], now: Mapping[str, Any]) -> Any:
    """A line for all that is said of patients now and was not said before (`now`), or the other way round.

    `before` and `now` are tables of the output by name.
    """
    pa = arrow()
    both = [_said(tables) for tables in (before, now)]
    apart: list[Any] = []
    for these, others, holds in ((both[1], both[0], True), (both[0], both[1], False)):
        only = these.join(others, these.column_names, join_type="left anti", use_threads=False)
        apart.append(only.append_column("now", pa.array([holds] * only.num_rows, pa.bool_())))
    table = pa.concat_tables(apart).sort_by(
        [(name, "ascending") for name in ("patient", "change", "day", "id", "now")]
    )
    day = table.column("day")
    day = pa.compute.if_else(pa.compute.equal(day, _NO_DAY), None, day)
    return table.set_column(table.column_names.index("day"), "day", day)


def _said(tables: Mapping[str, Any]) -> Any:
    """All that can change, a line each."""
    pa = arrow()
    return pa.concat_tables(
        [
            pa.table(
                {
                    "patient": patient,
                    "change": pa.array([change] * len(patient), pa.string()),
                    "id": id_,
                    "day": day,
                }
            )
            for change, patient, id_, day in _each(tables)
        ]
    )


def _each(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any, Any]]:
    pa = arrow()
    stays, state, refused = tables["stays"], tables["state"], tables["rejected"].column("patient").unique()
    phase = stays.column("phase").cast(pa.string())
    yield ENTERED, stays.column("patient"), phase, stays.column("entered").cast(pa.int32())
    gone = stays.column("left").is_valid()
    yield (
        LEFT,
        *(
            column.filter(gone)
            for column in (stays.column("patient"), phase, stays.column("left").cast(pa.int32()))
        ),
    )
    alerts = state.column("alerts").combine_chunks()
    whose = state.column("patient").take(pa.compute.list_parent_indices(alerts))
    yield ALERT, whose, pa.compute.list_flatten(alerts), _no_days(len(whose))
    yield REFUSED, refused, pa.array([""] * len(refused), pa.string()), _no_days(len(refused))


def _no_days(many: int) -> Any:
    return arrow().array([_NO_DAY] * many, arrow().int32())
