"""The visits to come as a calendar file (RFC 5545): days and nothing else, no word about health."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from assuage import __version__


def calendar_file(visits: Iterable[tuple[str, date]], title: str, now: datetime) -> str:
    """One all-day event a visit, each with the name it had before, so that the next file changes and does not double.

    `title` is the one text in it; its commas, semicolons and line breaks are marked as the standard says.
    """
    marked = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Assuage//{__version__}//EN"]
    for name, day in visits:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{name}@assuage",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{marked}",
            "END:VEVENT",
        ]
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"])
