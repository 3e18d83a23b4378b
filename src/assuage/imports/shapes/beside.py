"""Words beside that of a scale in a header which leave the number what it is; any other word makes it another (ours).

How bad it was, of now or of the day, where, at rest or on movement, in a question or a title. The pain of somebody
else, of last week, its relief or its tolerance are numbers of their own: what no list knows is asked about.
"""

from __future__ import annotations

import re

_ENGLISH = """
a an the of in at on for my your our her his you i me we it is was are were be been to and or with also
how what which much bad badly strong severe severity intensity intense level levels score scores scale
rating ratings rate rated index nrs vas numeric value values today day daily tonight now current currently
right this moment worst average avg mean max maximum maximal min minimum minimal peak highest lowest least
most usual typical overall general generally total baseline feel feeling felt have had has did do does
experience experienced out over best possible imaginable body whole mm percent pct please perceived
movement moving activity rest resting night sitting standing walking lying during while
self reported physical bodily chronic widespread local
"""
_GERMAN = """
wie war waren ist sind dein deine deiner ihr ihre ihrer der die das im in am an bei von zur zum bis heute tag
jetzt aktuell aktuelle aktueller stark starke starker stärke stärkster stärkste schlimm schlimmste schlimmster
intensität wert skala mittel durchschnitt mittlere mittlerer maximal maximaler ruhe bewegung gesamt und mit
"""
_LITHUANIAN = """
kaip koks kokia kokie kiek jūsų mano šiandien dabar dabartinis diena dienos stiprus stipriai stipriausias
didžiausias vidutinis mažiausias stiprumas intensyvumas lygis skalė balas balai įvertinimas bendras
judant ramybėje kūno viso yra buvo ir su per iki nuo
"""
_FRENCH = """
la le les de du des en au à aujourd hui niveau intensité moyenne maximale actuelle votre échelle jusqu
"""
BESIDE = frozenset(" ".join((_ENGLISH, _GERMAN, _LITHUANIAN, _FRENCH)).split())
# Of which day a number is, where that is not the day of its row.
OF_ANOTHER_DAY = re.compile(
    r"\b(?:next|previous|following|prior) (?:day|morning)\b|\bday (?:after|before)\b|\byesterday\b|\btomorrow\b"
    r"|\b(?:last|past|previous|this) (?:week|month|fortnight)\b"
    r"|\b(?:nächste[nrms]?|folgende[nrms]?|vorige[nrms]?) (?:tag|morgen)\w*|\bvortag\w*|\bfolgetag\w*|\bgestern\b"
    r"|\b(?:kitą|kitos|ankstesnę|praėjusią) dien\w*|\bvakar\b|\bvakarykšt\w*|\brytoj\w*"
)
