"""Numbers inside a sentence: `sodium came back at 116`, `Kalium lag bei 6,4`, `trombocitai nukrito iki 30`.

Where only words of reporting stand around a name and its number, the sentence is read as `sodium 116`. Where other
words stand there too, the number is one in passing: a person is asked about it, and nothing is decided. The words are
ours, in English, Lithuanian and German.
"""

from __future__ import annotations

from collections.abc import Iterator

from assuage.patterns import kept_pattern
from assuage.terms.written_numbers import NUMBER

# What reports a number and says nothing else of it: verbs, prepositions, directions, and when it was.
_REPORTS = (
    r"is|was|were|are|has|have|had|been|be|being|to|at|of|on|in|as|by|and|the|a|an|only|just|now|still|again"
    r"|about|around"
    r"|approximately|approx|nearly|almost|roughly|comes?|came|coming|back|measured|measur(?:es|ing)|found|reported"
    r"|reads?|reading|shows?|showed|shown|showing|results?|resulted|returned|recorded|noted|seen|down|up|low|high|fell"
    r"|fall(?:s|en|ing)?|dropp?(?:s|ed|ing)?|rose|ris(?:es|en|ing)|climb(?:s|ed|ing)|jump(?:s|ed)|shot|went|goes|gone"
    r"|stood|stands|sits|sitting|turned|out|increas(?:es|ed|ing)|decreas(?:es|ed|ing)|reduced|raised|elevated"
    r"|plummeted|crashed|sank|sunk|slipped|tumbled|soared|hit|reached|got|became|currently|critically|dangerously|very"
    r"|severely|markedly|today|yesterday|tonight|this morning|this week|last night|last week|overnight"
    r"|ist|sind|waren?|lag(?:en)?|liegt|liegen|bei|auf|von|betr(?:ug|ägt)|nur|noch|jetzt|heute|gestern|aktuell|zuletzt"
    r"|gemessen|mit|ca|etwa|rund|fast|knapp|circa|gefallen|fiel(?:en)?|fällt|gesunken|sank(?:en)?|sinkt|gestiegen"
    r"|stieg(?:en)?|steigt|kam(?:en)?|zurück|zu|hoch|niedrig|erhöht|erniedrigt|wurden?|bestimmt|abgefallen|angestiegen"
    r"|runter|rauf|ab|an|unter|wieder|im|am|heute morgen|heute früh"
    r"|buvo|yra|siek(?:ė|ia)|nukrito|krito|krinta|sumažėj(?:o|ęs|usi)|pakilo|kilo|kyla|padidėj(?:o|ęs|usi)|išaugo|iki"
    r"|tik|tiktai|dabar|šiandien|vakar|šįryt|gaut(?:as|a|i)|rast(?:as|a|i)|nustatyt(?:as|a|i)|apie|beveik|rod(?:o"
    r"|ė)|sudar(?:o|ė)"
    r"|lyg(?:us|u|i)|net|vos|ties|labai|nusileido|smuko|šoktelėjo|ir|vėl|jau|žem(?:as|a|i)|aukšt(?:as|a|i)"
)
# Where and of whom it was measured.
_WHERE = (
    r"her|his|my|their|patient'?s?|latest|last|repeat|newest|recent|new|current|lab(?:s|oratory)?|blood(?:s"
    r"| tests?| work"
    r"| results?)?|(?:serum|plasma)|tests?|check|gp|hospital|ward|clinic|urgent|called|phoned|from|per|level"
    r"|count|value"
    r"|der|die|das|den|dem|ein|eine|ihr|sein|letzter|letzte|letztes|aktueller|aktuelle|labor\w*|blutbild|blutwerte?"
    r"|blutuntersuchung|wert|jos|jo|mano|paskutin\w+|nauj\w+|laborator\w*|tyrim\w*|kraujyje|kraujo|kraujas"
    r"|ecg|ekg|pagal|iš|reikšmė|lygis|kiekis|koncentracija"
)
_WORD = rf"(?:{_REPORTS}|{_WHERE})"
_LEAD = kept_pattern(rf"(?:{_WORD})\b[\s:,.-]+(?=\S)")
_BETWEEN = kept_pattern(rf"(?:[\s:,=~≈→>-]*\b(?:{_WORD})\b\.?)+[\s:,=~≈]*(?=[<>≤≥]|[.,]?\d)")
_TAIL = kept_pattern(rf"(?<=[\s\w.%])(?:[\s,.]+(?:{_WORD})(?![\w-]))+[\s.!]*$")
# Of a number that changed the last one counts: `from 140 to 116`, `140 → 116`.
_CHANGED = kept_pattern(
    rf"(?:\b(?:from|von|nuo)\s+)(?P<first>{NUMBER})\s*(?:[^\d\s,;]{{1,12}}\s+)?(?:(?:down|up)\s+)?(?:to|auf"
    rf"|iki)\s+(?=\d)"
    rf"|(?P<arrow>{NUMBER})\s*(?:->|→|=>)\s*(?=\d)"
)
_SIGNS = (
    (
        kept_pattern(
            r"\b(?:less|lower|fewer) than\b|\bmažiau (?:kaip|nei|už)\b|\bžemiau\b|\bweniger als\b"
            r"|\b(?:below|under|unter)(?= ?\d)"
        ),
        "<",
    ),
    (
        kept_pattern(
            r"\b(?:more|greater|higher) than\b|\bdaugiau (?:kaip|nei|už)\b|\baukščiau\b|\bvirš\b|\bmehr als\b"
            r"|(?<!\d )\b(?:above|over|über)(?= ?\d)"
        ),
        ">",
    ),
)
_OVER = kept_pattern(r"(?<=\d)\s*(?:over|zu|ant|ir)\s*(?=\d{2,3}\b)")


def with_signs(text: str) -> str:
    """The text with `<` and `>` for the words that mean them, and the last number of one that changed."""
    for words, sign in _SIGNS:
        text = words.sub(sign, text)
    return _CHANGED.sub("", text)


def starts_of(text: str) -> Iterator[str]:
    """The text, and the text without one after the other of the words of reporting at its beginning.

    `the lab called: sodium 116` has the name of a quantity at its fourth word, `blood pressure` at its first.
    """
    yield text
    while (lead := _LEAD.match(text)) is not None:
        text = text[lead.end() :]
        yield text


def names_in(text: str) -> Iterator[str]:
    """What may be the name in a text of nothing but a name and words of reporting: `her sodium today`."""
    for start in starts_of(text):
        yield start
        yield _TAIL.sub("", start)


def pressure_plainly(text: str) -> str:
    """A sentence of a blood pressure as `bp 230/130`, as far as only words of reporting stand in it."""
    return _TAIL.sub("", _BETWEEN.sub(" ", _OVER.sub("/", with_signs(text)), count=1))


def number_behind(rest: str) -> str:
    """What stands behind a name, from its number on, where only words of reporting come before and after it."""
    plain = with_signs(rest)
    between = _BETWEEN.match(plain)
    if between is not None:
        plain = f" {plain[between.end() :]}"
    return _TAIL.sub("", plain)
