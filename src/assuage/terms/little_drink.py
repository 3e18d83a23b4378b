"""Whether words tell of a drink now and then, as most people have it, and of no more: `glass of wine at weekends`.

The words are ours, in English, Lithuanian and German; that it asks nothing beside a drug is ours as well. A word of
much, of every day, or of spirits by the bottle is none of it.
"""

from __future__ import annotations

from assuage.patterns import kept_pattern
from assuage.terms.names import spaced

_NOW_AND_THEN = kept_pattern(
    r"\b(?:occasional\w*|social\w*|rare|rarely|seldom|sometimes|now and (?:then|again)|once or twice"
    r"|once a (?:week|month|year)"
    r"|(?:at|on|over) (?:the )?(?:weekends?|holidays|christmas|birthdays|parties|saturdays?|sundays?|fridays?)"
    r"|with (?:sunday lunch|friends)|special occasions?|a glass (?:of \w+ )?(?:a|per) (?:week|month)"
    r"|gelegentlich\w*|selten|manchmal|ab und zu|hin und wieder|(?:am|an) (?:wochenende\w?|feiertagen|samstag|sonntag)"
    r"|zu (?:festen|feiern|besonderen anlässen)|einmal (?:pro|die|im) (?:woche|monat|jahr)|in gesellschaft"
    r"|retai|retkarčiais|kartais|savaitgali\w*|per šventes|šventėmis|progomis|proginis|proginiai"
    r"|kartą per (?:savaitę|mėnesį|metus)"
    r"|šeštadien\w*|sekmadien\w*)\b"
)
_MORE = kept_pattern(
    r"\b(?:(?:[3-9]|\d\d+|three|four|five|six|several|many|drei|vier|fünf|sechs|mehrere|viele|tris|keturi\w*"
    r"|penki\w*|kelis|kelias"
    r"|keletą)|bottles?|flaschen?|butel\w*|litres?|liter|litr\w*|binge\w*|drunk|heav\w*|too much|a lot"
    r"|alcoholi\w*|addict\w*"
    r"|depend\w*|daily|every (?:day|night|evening)|täglich|jeden|kasdien|kas vakar\w*|daug|viel|girt\w*|betrunken"
    r"|rausch\w*"
    r"|spirits|vodka|degtin\w*|schnaps|withdraw\w*|blackouts?|with (?:the |her |his )?(?:tablets?|pills?|meds"
    r"|medic\w*))\b"
)


def drinks_little(words: str) -> bool:
    """Whether words say that somebody drinks now and then, and nothing of more."""
    plain = spaced(words)
    return _NOW_AND_THEN.search(plain) is not None and _MORE.search(plain) is None
