"""What a clinic costs: a diary saved, pages of a patient with a year of six entries a day, the inbox, a new day.

    python -m benchmarks.clinic_store --patients 40 --days 365

The patients are made up and written straight into the store, with their chains. CPU time of one process beside the bar
of each figure; `make bench-clinic` runs a small clinic, `--patients 5000` the one that the bars were set for.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import os
import random
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

BESIDE = 200  # patients at which appends are timed once before, and of one inbox
ENTRIES = 6  # a day
PAGES = ("/diary", "/my-plan", "/ledger", "/privacy")
OF_A_PATIENT = ("", "/course", "/gate", "/medicines", "/sessions", "/assessment", "/alerts", "/ledger")
_numbers = count()


def _set_up(folder: Path) -> None:
    """A clinic on SQLite in that folder, without a row."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "assuage.clinic.settings",
        "ASSUAGE_CLINIC_SECRET": "of a benchmark alone, and long enough for what is checked at the start",
        "ASSUAGE_CLINIC_DATA": str(folder),
        "ASSUAGE_CLINIC_TLS": "none",
        "ASSUAGE_CLINIC_HOSTS": "localhost,testserver",
        "ASSUAGE_CLINIC_ONE_FACTOR": "1",  # nobody is led away to set up a second factor: pages are what is measured
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def a_day(choose: random.Random, day: int) -> Iterator[dict[str, Any]]:
    """What a patient writes of one day."""
    common = {"day": day, "by": "patient"}
    for scale in ("pain", "sleep", "fatigue"):
        value = choose.randint(0, 10)
        yield {**common, "kind": "score", "scale": scale, "value": value, "time": "08:00"}
    yield {**common, "kind": "answers", "instrument": "wpi", "sites": ["neck_left", "occiput_left"]}
    yield {**common, "kind": "exposure", "name": "coffee", "state": "present"}
    yield {**common, "kind": "note", "text": "walked to the market and back"}


def fill(patients: int, days: int) -> list[int]:
    """So many patients with accounts, a year each; the primary keys of their records."""
    from django.contrib.auth.hashers import make_password
    from django.db import transaction
    from django.utils import timezone

    from assuage.clinic.people.actions import join_team, name_patient
    from assuage.clinic.people.models import Person
    from assuage.clinic.store.actions import Writer, linked, open_record
    from assuage.clinic.store.chain import canonical, new_uid
    from assuage.clinic.store.models import StoredEntry

    physician = Person.objects.filter(username="physician").first() or Person.objects.create(
        username="physician", role=Person.Role.PHYSICIAN, password=make_password(None), language="en"
    )
    start, keys = timezone.localdate() - timedelta(days=days), list[int]()
    begun = {"kind": "decision", "do": "enter", "to": "settle", "pathway": "neck-first", "because": "made up"}
    for _ in range(patients):
        number = next(_numbers)
        choose, at = random.Random(number), timezone.now()
        with transaction.atomic():
            head = open_record(f"b-{number:05}", starts_on=start, zone="Europe/Vilnius", pathway="neck-first")
            owner = Person.objects.create(
                username=f"b{number}", role=Person.Role.PATIENT, password=make_password(None), language="en"
            )
            name_patient(head, f"Patient {number}", person=owner)
            if number < BESIDE:
                join_team(head, physician)
            writer, rows = Writer(owner.pseudonym, "patient"), list[StoredEntry]()
            entered = at.isoformat(timespec="seconds")
            signed = {"author": owner.pseudonym, "role": "patient", "source": "web", "entered": entered}
            for entry in ({"day": 0, **begun}, *(each for day in range(days) for each in a_day(choose, day))):
                uid = new_uid()
                row = StoredEntry(uid=uid, kind=entry["kind"], day=entry["day"])
                rows.append(linked(head, row, canonical({**entry, **signed, "id": str(uid)}), writer, at))
            StoredEntry.objects.bulk_create(rows, batch_size=500)
            head.save(update_fields=["head", "head_hash"])
        keys.append(head.pk)
    return keys


def browser(username: str) -> Any:
    """Somebody logged in, who asks as a browser does."""
    from django.test import Client

    from assuage.clinic.people.models import Person

    client = Client()
    client.force_login(Person.objects.get(username=username))
    return client


def cpu(act: Callable[[], object], times: int, before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds of CPU, the median of so many times; what happens `before` each is not counted."""
    spent = list[float]()
    for _ in range(times):
        before()
        start = process_time()
        act()
        spent.append(process_time() - start)
    return 1000 * median(spent)


def appends(keys: list[int], times: int) -> float:
    """What one in a hundred saves of six entries takes, in milliseconds of CPU, each of another patient."""
    from assuage.clinic.store.actions import NewEntry, Writer, write
    from assuage.clinic.store.chain import new_uid
    from assuage.clinic.store.days import today
    from assuage.clinic.store.models import ClinicRecord

    choose, spent = random.Random(times), list[float]()
    for at in range(times):
        key = choose.choice(keys)
        day = today(ClinicRecord.objects.get(pk=key))
        entries = [{**each, "time": f"{9 + at // 60:02}:{at % 60:02}"} for each in a_day(choose, day)]
        start = process_time()
        write(key, [NewEntry(new_uid(), each) for each in entries], Writer("p-bench", "patient"))
        spent.append(process_time() - start)
    return 1000 * sorted(spent)[int(0.99 * len(spent)) - 1]


def saved(client: Any, back: int) -> None:
    """One form with six answers, of some days ago."""
    from django.utils import timezone

    from assuage.clinic.store.chain import new_uid

    on = timezone.localdate() - timedelta(days=back)
    form = {"uid": str(new_uid()), "date": on.isoformat(), "time": "21:30", "pain": "4", "sleep": "5"}
    more = {"fatigue": "6", "site": ["neck_left"], "exposure": ["coffee"], "note": "well"}
    answer = client.post("/diary", form | more)
    assert answer.status_code == 302, answer.status_code


def shown(client: Any, path: str) -> bytes:
    """The page of that address. Raises AssertionError for anything else that is answered: it would be measured."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content


def statements(client: Any, path: str) -> int:
    """How many a page asks of the database, beside those that begin and end transactions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        shown(client, path)
    about = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not each["sql"].startswith(about) for each in queries.captured_queries)


def weight(client: Any) -> float:
    """Kilobytes of script and style that the page of the diary loads, each gzipped."""
    page = shown(client, "/diary").decode()
    loaded = re.findall(r"<(?:script|link)\b[^>]*(?:src|href)=\"([^\"]+\.(?:js|css))\"", page)
    total = 0
    for each in dict.fromkeys(loaded):
        static = Path(__file__).parents[1] / "src/assuage/clinic" / each.replace("/static/clinic/", "static/")
        content = static.read_bytes() if static.is_file() else b"".join(client.get(each))
        total += len(gzip.compress(content))
    return total / 1000


_WORKER = """
import sys
from benchmarks.clinic_store import browser, resident, shown, _set_up
from pathlib import Path
_set_up(Path(sys.argv[1]))
for path in ("/diary", "/my-plan"):
    shown(browser("b0"), path)
for path in ("/patients", "/patients/b-00000", "/patients/b-00000/course", "/patients/b-00000/gate"):
    shown(browser("physician"), path)
sys.stdout.write(str(resident()))
"""


def resident() -> float:
    """Megabytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def figures(patients: int, days: int, folder: Path) -> Iterator[tuple[str, float, str, float | None]]:
    """Each figure as it is measured: what, how much, in what, and its bar."""
    from assuage.clinic.operating import begin_day
    from assuage.clinic.store import snapshots
    from assuage.clinic.store.models import ClinicRecord
    from assuage.clinic.store.queries import forget_everything

    vars(snapshots)["afterwards"] = lambda _record: None  # what comes after the reply is not the reply's
    from assuage.clinic.store import actions

    vars(actions)["afterwards"] = lambda _record: None
    keys = fill(min(BESIDE, patients), days)
    times = min(300, 4 * len(keys))
    yield f"p99 of appends at {len(keys)} patients", appends(keys, times), "ms", None
    if patients > BESIDE:
        keys += fill(patients - BESIDE, days)
        yield f"p99 of appends at {patients} patients", appends(keys, times), "ms", None
    size = (folder / "clinic.sqlite3").stat().st_size / 1e6
    yield "database", size, "MB", None
    patient, physician, back = browser("b0"), browser("physician"), count(1)
    shown(patient, "/diary")
    saved(patient, 0)
    yield "diary saved, to the reply", cpu(lambda: saved(patient, next(back)), 20), "ms", 10.0
    course = "/patients/b-00000/course"
    shown(physician, course)
    yield "course, warm", cpu(lambda: shown(physician, course), 5), "ms", 60.0
    after = cpu(lambda: shown(physician, course), 5, lambda: saved(patient, next(back)))
    yield "course, after a save", after, "ms", 250.0
    yield "course, cold", cpu(lambda: shown(physician, course), 5, forget_everything), "ms", 400.0
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)  # as the command does
    start = process_time()
    begin_day()
    spent = process_time() - start
    gc.set_threshold(*usual)
    bar = 120.0 * ClinicRecord.objects.count() / 5000
    yield f"new-day of {len(keys)}", spent, "s", bar
    shown(physician, "/patients")
    yield f"inbox of {min(BESIDE, len(keys))}", cpu(lambda: shown(physician, "/patients"), 5), "ms", 80.0
    yield "script and style of the diary, gzipped", weight(patient), "kB", 60.0
    most = max(
        [statements(patient, path) for path in PAGES]
        + [statements(physician, f"/patients/b-00000{path}") for path in OF_A_PATIENT]
        + [statements(physician, "/patients")]
    )
    yield "statements of the page that asks most", most, "", 12.0
    ran = subprocess.run(
        [sys.executable, "-c", _WORKER, str(folder)], capture_output=True, text=True, check=True
    )
    yield "a worker after every kind of page", float(ran.stdout), "MB", 160.0


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description="what a clinic costs, each figure beside its bar")
    parser.add_argument("--patients", type=int, default=40)
    parser.add_argument("--days", type=int, default=365)
    args = parser.parse_args()
    with TemporaryDirectory(prefix="assuage-bench-") as folder:
        _set_up(Path(folder))
        for what, value, unit, bar in figures(args.patients, args.days, Path(folder)):
            beside = "" if bar is None else f"   bar {bar:g} {unit}{'' if value <= bar else '   MISSED'}"
            print(f"{what:45} {value:9.1f} {unit}{beside}", flush=True)


if __name__ == "__main__":
    main()
