"""Words that name what somebody is allergic to, whoever knows the substance, in English, Lithuanian and German.

`allergy to X`, `X allergy`, `alergija X`, `Allergie gegen X`, `X-Allergie`. The words, and what is no drug, are ours.
"""

from __future__ import annotations

from assuage.patterns import kept_pattern
from assuage.terms.names import spaced

_WHO = (
    r"(?:(?:the )?(?:patient(?:in)?|she|he|pacient(?:ė|as)|ji|jis|sie|er) )?(?:(?:is|was|has(?: an?)?|ist"
    r"|hat(?: eine)?|yra|turi) )?"
    r"(?:(?:known|severe|proven|bekannte|schwere|žinoma|sunki) )?"
)
_ALLERGY = kept_pattern(
    rf"{_WHO}(?:"
    r"(?:allergy|allergic(?: reactions?)?|allergies|hypersensitiv\w+|anaphyla\w+(?: reaction)?)\s+(?:to|against"
    r"|after|from)"
    r"\s+(?P<after>.+)"
    r"|(?:reacts?|reacted)\s+allergically\s+to\s+(?P<reacts>.+)"
    r"|(?P<before>.+?)\s+(?:allerg(?:y|ies)|hypersensitivity|anaphylaxis)"
    r"|allerg(?:ie|ien|isch|ische reaktion)\s+(?:gegen|auf|gegenüber|nach)\s+(?P<against>.+)"
    r"|(?:reagiert|reagierte)\s+allergisch\s+auf\s+(?P<reagiert>.+)"
    r"|überempfindlich(?:keit)?\s+(?:gegen(?:über)?|auf)\s+(?P<sensitive>.+)"
    r"|anaphyla(?:xie|ktische reaktion)\s+(?:auf|nach|gegen)\s+(?P<anaphylaxis>.+)"
    r"|(?P<compound>[^\W\d][\w -]*?)-?\s?allergi(?:e|en|ker|kerin)"
    r"|(?:alerg(?:ija|inė reakcija|iška|iškas)|padidėjęs jautrumas|anafilaksija)\s+(?:(?:nuo|į|po|dėl"
    r"|prieš)\s+)?(?P<lithuanian>.+)"
    r"|alergiškai\s+reaguoja\s+į\s+(?P<alergiskai>.+)|reag(?:uoja|uo?je|avo)\s+alergiškai\s+į\s+(?P<reaguoja>.+)"
    r"|(?P<genitive>.+?)\s+alergij(?:a|os)"
    # To what is not said, so that it could be to anything.
    r"|(?P<unsaid>(?:multiple )?allerg(?:y|ies|ic|ie|ien|isch)|allergic reactions?|alergij(?:a|os)|alergišk(?:a|as))"
    r")[ .]*"
)
# Which kind, and what is felt: no substance.
_NO_SUBSTANCE = kept_pattern(
    r"(?:food|seasonal|skin|saison\w*|nahrungsmittel\w*|lebensmittel\w*|maisto|sezonin\w*"
    # To be sensitive to these is a symptom, and no allergy.
    r"|(?:bright |loud |strong )?(?:light|sounds?|noises?|touch|pain|cold|heat|smells?|odou?rs?|stress|weather"
    r"|pressure)"
    r"|licht|lärm|geräusche?n?|berührung\w*|schmerz\w*|kälte|hitze|gerüche\w*|wetter\w*|druck"
    r"|švies\w*|gars\w*|triukšm\w*|prisilietim\w*|skausm\w*|šal(?:č|t)\w*|karšč\w*|kvap\w*|spaudim\w*|oro permain\w*)"
)
# What people are allergic to that is no drug (ours): it forbids none, and is no riddle.
_NO_DRUG = kept_pattern(
    r"(?:(?:grass|birch|tree|hazel|alder|house|spring|animal|pet|insect|bee|wasp|raw|cow'?s|hen'?s|tree|bed|dog"
    r"|cat|horse)[ -])?"
    r"(?:pollens?|grass(?:es)?|birch|dusts?(?: mites?)?|mites?|mould|mold|cats?|dogs?|horses?|hair|fur|dander"
    r"|feathers?|nuts?"
    r"|peanuts?|milk|eggs?|wheat|soya?|fish|shellfish|seafood|strawberr(?:y|ies)|wasps?|bees?|stings?|bites?"
    r"|venom|nickel|perfumes?"
    r"|seasonal|food|ragweed|gluten|lactose|kiwis?|apples?|fruits?|tomato(?:es)?|celery|spring|hazelnuts?|sesame"
    r"|honey|citrus|latex|hay fever|sun(?:light)?|formaldehyde|formalin|cobalt|chrom(?:e|ium)|wool|metals?|gold|silver"
    r"|rubber|jewell?ery|detergents?|soaps?|cosmetics?|hair dye|mosquito(?:es)?|plasters?|adhesives?|tape"
    r"|(?:gräser|birken|hasel|baum|blüten)?pollen|gräser|(?:haus)?staub(?:milben?)?|milben?|(?:haus)?schimmel"
    r"|tierhaare?n?"
    r"|(?:katzen|hunde|pferde)(?:haare?n?)?|hund|katze|federn|(?:erd|hasel|wal)?n(?:u|ü)ss\w*|milch|eier|ei"
    r"|hühnerei\w*|weizen|soja"
    r"|fisch|meeresfrüchte|schalentiere|erdbeeren?|wespen\w*|bienen\w*|insekten\w*|nickel|parf(?:ü|u)m|duftstoffe"
    r"|gluten|laktose"
    r"|heuschnupfen|birken?|kobalt|chrom|wolle|metalle?|gummi|pflaster|kleber|sonne|mücken\w*|schmuck|kosmetik\w*"
    r"|obst|äpfel|sellerie|sesam|kuhmilch|hausstaub\w*|lebensmittel"
    r"|žiedadulk\w*|dulk\w*|erk\w*|pelės\w*|(?:kač|kat|šun|šun[iį]|arkli)\w*|plunksn\w*|(?:žemės "
    r"|lazdyno )?riešut\w*|pien\w*"
    r"|kiaušin\w*|kvieči\w*|soj\w*|žuv\w*|jūros gėryb\w*|brašk\w*|(?:vapsv|vabzdži)\w*(?: nuod\w*| įgėlim\w*)?"
    r"|biči\w*(?: nuod\w*| įgėlim\w*)?|bit\w*"
    r"|nikel\w*"
    r"|kvepal\w*|glitim\w*|laktoz\w*|medu\w*|citrus\w*|maist\w*|berž\w*(?: žiedadulk\w*)?"
    r"|šienlig\w*|lateks\w*|kobalt\w*|chrom\w*|viln\w*|metal\w*|gum(?:a|ai|os)|pleistr\w*|saul\w*|uod\w*|muil\w*"
    r"|kosmetik\w*|papuošal\w*|žol\w*(?: žiedadulk\w*)?|ambrozij\w*)"
)
_DENIED = kept_pattern(
    r"(?:no|not|none|nil|nkd?a|without|denies|denied|nothing|keine?|nichts|ohne|jokios|nėra|nieko|be)(?: |$)"
)
_LISTED = kept_pattern(r"\s*(?:,|;|/|\band\b|\bund\b|\bir\b|\bbei\b)\s*")


_LONGEST = 2_500  # letters; what is longer is not read at all (`assuage.record.too_long`), with our own words before it


def allergen_in(words: str) -> str | None:
    """What these words say an allergy is to, as it is written; None where they are of no allergy."""
    if len(words) > _LONGEST:
        return None
    match = _ALLERGY.fullmatch(spaced(words.replace("_", " ")))
    named = None if match is None else next(part for part in match.groups() if part is not None)
    return None if named is None or _DENIED.match(named) else named


def is_no_drug(allergen: str) -> bool:
    """Whether what somebody is allergic to is no drug, or not said: pollen, cats, nuts, `seasonal`; all of a list."""
    each = [part for part in _LISTED.split(spaced(allergen)) if part]
    return bool(each) and all(_NO_DRUG.fullmatch(part) or _NO_SUBSTANCE.fullmatch(part) for part in each)
