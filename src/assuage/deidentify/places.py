"""Places smaller than a state: towns, streets, postcodes, and the houses where somebody is treated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assuage.deidentify import words
from assuage.deidentify.identifiers import Recognised, Rule
from assuage.deidentify.letters import plain_letters

TOWN = Rule("town", "B", "a town or municipality", "[town]")
POSTCODE = Rule("postcode", "B", "a postcode", "[postcode]")
ADDRESS = Rule("address", "B", "a street address", "[address]")
DISTRICT = Rule("district", "B", "a district or county", "[district]")
INSTITUTION = Rule("institution", "B", "a hospital, clinic, university or workplace", "[institution]")

# No longer than a name is, so that no text of capitals takes the square of its length.
_CAP = r"(?-i:[A-Z])[\w'’.-]{0,40}"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# No more than six words before the house: enough for every name of one, and no way to walk a text.
_BEFORE = rf"(?:{_CAP}\s+){{1,6}}"
_HOUSES = (
    r"(?:respublik\w+\s+|universitet\w+\s+|miesto\s+|rajono\s+|vaik[uų]\s+|seimos\s+|regional\s+|general\s+|university\s+|"
    r"medic\w+\s+|health\s+|pain\s+|rehabilit\w+\s+|reabilit\w+\s+|psichiatr\w+\s+|onkolog\w+\s+|slaugos\s+|karo\s+|privat\w+\s+|reumatolog\w+\s+|skausmo\s+)*"
    r"(?:ligonin\w*|poliklinik\w*|klinik\w*|sanatorij\w*|reabilitacijos\s+centr\w*|medicinos\s+centr\w*|sveikatos\s+centr\w*|"
    r"sveikatos\s+prieziuros\s+centr\w*|universitet\w*|kolegij\w*|gimnazij\w*|mokykl\w*|hospitals?|infirmary|clinics?|"
    r"(?:medical|health|pain|rehabilitation)\s+cent(?:er|re)|surgery|university|college|school|institut\w*)"
)
# What a German or Lithuanian writes before the name of a practice, a shop, a firm or a home; a capital follows.
_SHOPS_DE = (
    "Praxis|Gemeinschaftspraxis|Physiopraxis|Apotheke|Kanzlei|Firma|Fa\\.|B[aä]ckerei|Metzgerei|Fleischerei|Gasthof|Gasthaus|Hotel|Cafe|"
    "Autohaus|Schreinerei|Tischlerei|Friseur|Seniorenheim|Pflegeheim|Altenheim|Kita|Kindergarten|Haus|Stift|Weingut|Brauerei|Spedition"
)
_SHOPS_LT = (
    "vaistine\\w*|kirpykl\\w*|kavine\\w*|kepykl\\w*|servis\\w*|darzel\\w*|lopselis-darzel\\w*|progimnazij\\w*|pensionat\\w*|"
    "parduotuve\\w*|bendrove\\w*|imone\\w*|globos nam\\w*|stovykl\\w*"
)
_FLOOR = (
    r"(?:\d{1,2}(?:\.|st|nd|rd|th|as|-?asis)?|first|second|third|fourth|fifth|ground|top|erster|erste|zweite[rn]?|dritte[rn]?|"
    r"vierte[rn]?|pirmas|antras|trecias|ketvirtas|penktas)\s?(?:floor|stock|etage|og|obergeschoss|aukst\w*)\b"
)
_STREET_LT = r"(?:g|gatv\w*|pr|prosp\w*|al|alej\w*|pl|plent\w*|skg|kel\w*|tak\w*|aikst\w*)"
_FORMS: tuple[tuple[Rule, str], ...] = (
    (POSTCODE, r"\bLT[\s-]?\d{5}\b"),
    (POSTCODE, r"\b(?:zip|postcode|postal code|pasto kodas|p\.\s?k\.)\s*(?:code)?[:#]?\s*(?=\w*\d)[A-Z0-9]{2,5}(?:[ -]?\d?[A-Z0-9]{2,4})?\b"),
    (POSTCODE, r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]?)\s(?-i:\d[A-Z]{2})\b"),
    (POSTCODE, r"\b(?-i:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY)\s+\d{5}(?:-\d{4})?\b"),
    (POSTCODE, r"(?<![\d-])\d{5}-\d{4}(?![\d-])"),
    (ADDRESS, rf"(?:{_CAP}\s+){{1,3}}{_STREET_LT}\.?\s*(?:nr\.?\s*)?\d+\w?(?:\s?[-–/]\s?\d+)?(?:,?\s*(?:\d{{5}}|LT-\d{{5}}))?"),
    (ADDRESS, rf"(?:{_CAP}\s+){{1,3}}(?:gatv\w*|prospekt\w*|alej\w*|plent\w*|aikst\w*)\b"),
    (ADDRESS, rf"\b\d{{1,5}}\w?\s+(?:{_CAP}\s+){{1,3}}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|square|way|terrace|close)\b\.?(?:,?\s*(?:apt|flat|unit|suite)\.?\s*\w+)?"),
    (ADDRESS, rf"(?:{_CAP}\s+){{1,3}}(?-i:Street|Avenue|Road|Lane|Boulevard)\b(?:\s+\d+\w?)?"),
    # A short street without a number, at the end of its clause: `Main St, Ballybofey`, `opp. Mill Rd.`
    (ADDRESS, rf"(?:{_CAP}(?<!\.)\s){{1,2}}(?-i:St|Rd|Ave|Ln|Cres|Tce|Sq|Pde)\b(?=\.?\s?(?:[,;\n)]|$))"),
    # A room and its bed where a clause begins: `412-2 Bronė`.
    (ADDRESS, r"(?:(?<=[.:;]\s)|(?<=\n)|^)[1-9]\d{2}-[1-9](?=\s[a-z]{2,})(?!\s(?:mg|ml|zingsn|steps|schritte|kcal|iu|tv|val|min|sav|days|times|m\b|eur|kart))"),
    # In small letters too: a number, up to three words, and what only a street is called.
    (ADDRESS, r"\b(?:flat|apt|apartment|unit|house)?\s?(?<![/\d.,])\d{1,4}[a-z]?,?\s(?!(?:after|before|since|of|in|with|for|days?|weeks?|months?|years?|times|and|to|from|on|mg|ml)\b)(?:[a-z'.-]+\s){1,3}(?:street|avenue|road|lane|boulevard|court|terrace|gardens|crescent|close|mews|grove|row|hill|rd|ave|cottages?|house|forge|farm|barn|mill|green)\b(?:,\s[a-z]+(?:\s[a-z]+)?(?=[.;\n]|$))?"),
    (ADDRESS, rf"(?:\b(?:am|an der|im|in der|auf dem|zum|zur|alte[rn]?|hinter der)\s)?(?:{_CAP}\s){{0,2}}\b[a-z]{{3,}}(?:strase|str\.?|weg|gasse|allee|platz|ring|ufer|damm|markt|steig|stieg)\s\d{{1,4}}\s?[a-z]?\b(?:,\s(?:\d{{5}}\s)?{_CAP})*"),
    (ADDRESS, rf"\b(?:Am|An der|Im|In der|Auf dem|Zum|Zur)\s(?!(?:mittel|schnitt|durchschnitt|alter|tag|jahr|abend|morgen|bereich|verlauf|vergleich|liegen|sitzen|stehen)\b)(?:{_CAP}(?<!\.)\s){{1,3}}\d{{1,4}}\s?[a-z]?\b(?:,\s(?:\d{{5}}\s)?{_CAP})*(?!\s?(?:mg|ml|%|uhr|jahre|tage|wochen))"),
    (ADDRESS, r"(?<=\W)(?:[a-z]{3,}\s){1,2}(?:g|gatve|pr|prosp|al|pl|skg|tak)\.\s*\d+[a-z]?(?:\s?[-–/]\s?\d+)?"),
    (ADDRESS, rf"\b(?:The\s)(?:{_CAP}\s){{0,2}}(?-i:Granary|Cottage|Lodge|Barn|Rectory|Vicarage|Farm|Mill|Manor|Grange|Old\s{_CAP}),\s(?:{_CAP}\s?){{1,3}}"),
    # A number, one to three capitals and a town behind a comma: `8 Ropery Walk, Seaham`.
    (ADDRESS, r"(?:(?<=[,:;]\s)|(?<=\bat\s)|(?<=\n))\d{1,4}[a-z]?,?\s(?-i:(?:[A-Z][a-z'’]{2,20}\s){0,2}[A-Z][a-z'’]{2,20},\s[A-Z][a-z]{2,20}(?:[ -][A-Z][a-z]{2,20}){0,2})(?!\w)"),
    (ADDRESS, r"\bward\s(?-i:[A-Z])?\d{1,3}[a-z]?\b|\bbed\s(?:no\.?\s)?(?-i:[A-Z])?\d{1,3}[a-z]?\b(?!\s?(?:times|hours|x|h|days|nights|am|pm))"),
    # Plain letters write the sign for a number as a capital N.
    (ADDRESS, r"\b(?:room|raum|rm|cubicle|bay|kabine|house|haus|zimmer|zi\.?|kambarys|kab\.?|palata|butas|namas)\s(?:no\.?\s|nr\.?\s|(?-i:N)\s?)?(?-i:[A-Z]{1,2}[- ]?)?\d{1,4}(?:[.-]\d{1,3})?[a-z]?\b|(?<!\w)(?-i:N)\s?\d{1,4}[a-z]?\b|\bno\s\d{1,4}[a-z]\b"),
    # What stands for a house: `from number 14`, `aus Nummer 9`, `iš 14 namo`; `214 kab.`
    (ADDRESS, r"(?<=\bfrom\s)(?:number|no\.?)\s\d{1,4}[a-z]?\b|(?<=\b(?:at|in|of)\s)(?:number|no\.?)\s\d{1,4}[a-z]?\b|(?<=\baus\s)(?:der\s)?(?:hausnummer|nummer|nr\.?)\s\d{1,4}[a-z]?\b"),
    (ADDRESS, r"\b\d{1,4}-?(?:o|ojo|ame|ajame|asis)?\s(?:namo|name|namas|buto|bute)\b|\b\d{1,4}[a-z]?\s(?:kab|kabinet\w*|palat\w*|pal(?=\.)|lova|lovoje)\b\.?"),
    (INSTITUTION, rf"\b(?-i:{_SHOPS_DE})\s(?:(?-i:[Aa]m|[Ii]m|[Zz]um|[Zz]ur|[Vv]on|Dr\.)\s)?{_CAP}(?<!\.)"),
    (INSTITUTION, rf"\b(?:{_SHOPS_LT})\s{_CAP}(?<!\.)"),
    (ADDRESS, r"\b(?:station|ward|skyrius)\s(?-i:[A-Z])[a-z]+\s\d{1,2}[a-z]?\b(?!\s?(?:%|mg|uhr|tage|days))"),
    (INSTITUTION, rf"\b(?:radiologie|labor|mvz|orthopadie|praxis|kanzlei|apotheke|zahnarztpraxis|physiotherapie)\s(?:dres?\.|dr\.)\s(?:med\.\s)?{_CAP}(?:\s(?:&|und|u\.)\s(?:partner|kollegen|{_CAP}))?"),
    (ADDRESS, r"(?<=\bat\s)\d{1,4}[a-z]?\s(?-i:[A-Z])[a-z'’]{3,}(?:\s(?-i:[A-Z])[a-z'’]{2,})?"),
    (INSTITUTION, rf"[„“\"«]{_CAP}(?:\s[\w'’.-]+){{0,3}}[“”\"»]\s(?:[a-z]{{4,}}\s)?(?:klub\w*|komand\w*|chor\w*|ansambl\w*|draugij\w*|fabrik\w*|gamykl\w*|imon\w*|parduotuv\w*|kavin\w*|vaistin\w*|darzel\w*|mokykl\w*|progimnazij\w*|verein\w*|chor|team|club|choir)"),
    (ADDRESS, rf"(?<=\baus\sder\s){_CAP}(?<!\.)\s\d{{1,3}}\s?[a-z]?\b(?!\s?(?:%|mg|uhr|jahre|tage|wochen))"),
    (ADDRESS, r"(?<=\b(?:in|at|to)\s)clinic\s\d{1,2}\b(?!\s?(?:weeks?|wks?|days?|months?|times|x\b|/|:))"),
    # The floor of a house, after its number.
    (ADDRESS, rf"(?:(?<=\d,\s)|(?<=\d[a-z],\s)|(?<=\d\s)){_FLOOR}"),
    # In small letters: `am krähenberg 5`, `zuvėdrų tak 5`; and a house before its postcode.
    (ADDRESS, r"\b(?:am|an der|im|auf dem|zum|zur|beim)\s(?:alten\s)?[a-z]{2,}(?:berg|hof|bach|graben|tor|park|see|wald|feld|brucke|rain|hang|hugel|teich|brunnen|kirche|kirchhof|eck|winkel|busch|stein|moor|wall|anger)\s\d{1,3}[a-z]?\b"),
    (ADDRESS, r"\b[a-z]{3,}\s(?:tak|skg|prosp|alej)\.?\s\d+[a-z]?(?:\s?[-–/]\s?\d+)?"),
    (ADDRESS, r"\b\d{1,4}[a-z]?\s(?-i:(?:The\s)?[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2}),\s(?=(?-i:[A-Z]{1,2}\d[A-Z\d]?)\s\d)"),
    (INSTITUTION, r"(?<=[a-z,]\s)(?-i:Year|Class|Form)\s\d{1,2}[A-Z]?\b"),
    (POSTCODE, rf"(?<!\d)(?:D-)?\d{{5}}\s{_CAP}"),
    (POSTCODE, r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"),
    (ADDRESS, r"\bgyv(?:ena)?\.?:?\s(?:[a-z]+\.?\s){1,2}\d+[a-z]?(?:\s?[-/]\s?\d+)?"),
    (ADDRESS, r"\b(?:flat|apt|apartment|butas|bt)\.?\s*(?:nr\.?\s*)?\d+\w?\b"),
    (DISTRICT, rf"(?:{_CAP}\s+){{1,2}}(?:raj\b\.?|rajon\w*|r\.\s?sav\b\.?|sav\b\.?|savivaldyb\w*|apskrit\w*|apskr\b\.?|seniunij\w*|sen\b\.|mikrorajon\w*|kaim(?!yn)\w*|(?-i:k)\.(?=[\s,;.]|$)|miestel\w*|sod(?:uose|ai|u|us)|sodinink\w*|bendrij\w*|district|county|municipality|borough|village)(?!\w)"),
    (TOWN, rf"\b(?-i:Bad|Sankt|Saint|St|Port|Fort|Mount|New|Kirk|Nether|Great|Little|Upper|Lower|North|South|East|West|Old|Naujoji|Senoji|Didieji|Mazoji)\.?\s(?!johns?'?s? wort)(?-i:[A-Z])[a-z]{{3,}}(?:\s(?-i:upon|on|under|in|am|an der)\s{_CAP})?"),
    (INSTITUTION, rf"[„“\"«]{_CAP}(?:\s[\w'’.-]+){{0,4}}[“”\"»]\s{_HOUSES}|\b{_HOUSES}\s[„“\"«][\w'’. -]{{2,40}}[“”\"»]"),
    (INSTITUTION, rf"(?:{_BEFORE}|(?<=\W){_CAP}\s+){_HOUSES}\b(?:\s+of\s+(?:{_CAP}\s*){{1,3}})?"),
    (INSTITUTION, rf"\b{_HOUSES}\s+(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)(?:of\s+|in\s+)?[„“\"«]?(?:{_CAP}\s*){{1,4}}[“”\"»]?"),
    # A department called by its town: `Girulių reabilitacijos skyrius`.
    (INSTITUTION, r"\b(?!(?:medicin|fizin|vaik|suaug|neuro|kardio|ambulator|stacionar|bendr|ankstyv)\w*)(?-i:[A-Z])[a-z]{2,20}(?:u|o|os|es|aus)\s(?:reabilitacijos|slaugos|palaikomojo\sgydymo|skausmo)\s(?:skyri|poskyri|tarnyb)\w*"),
    (INSTITUTION, r"\b(?:university|hospital|institute|clinic)\s+(?:of|in|at)\s+(?:(?-i:[A-Z])[\w'’-]*\s*){1,3}"),
    (INSTITUTION, r"\b(?-i:UAB|AB|VšĮ|VsI|MB|Ltd|GmbH)\s+[„“\"«]?(?:(?-i:[A-Z])[\w'’-]*\s*){1,4}[“”\"»]?|[„«“\"](?-i:[A-Z])[\w'’ -]{1,40}[“”»\"],?\s+(?:UAB|AB|VšĮ|VsI|MB)\b"),
    (INSTITUTION, rf"(?:{_CAP}(?<!\.)\s(?:&\s|und\s|and\s)?){{1,4}}(?-i:AG|GmbH|mbH|e\.\s?V\.|OHG|GbR|Ltd|LTD|Limited|plc|PLC|Inc|LLC|Pty|UAB)(?!\w)"),
    (INSTITUTION, r"\b(?-i:LSMUL?|LSMU KK|VULSK|VUL|RVUL|KUL|RKKL|RKL|VMKL|KTU|VDU|NVI|ŠRL|SRL|PRL|KMUK)\b"),
)  # fmt: skip
_COMPILED = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _FORMS)


# Where a sentence ends within a run of capitals: `LŪŽIS. VEŽAMAS Į KAUNO KLINIKAS`; no `Dr.` and no `Prof.` ends one.
_SENTENCE = re.compile(r"(?!(?i:prof|gyd|univ))[^\W\d_]{4,}\.\s+")


_HOUSE_BEFORE_TOWN = re.compile(
    rf"{_CAP}\s\d{{1,4}}[a-z]?(?:\s?[-–/]\s?\d{{1,3}}[a-z]?)?,\s(?:\d{{4,5}}\s)?$"
)


def _after_sentence(plain: str, start: int, end: int) -> int:
    """Where the last sentence of a stretch begins."""
    return max((match.end() for match in _SENTENCE.finditer(plain, start, end)), default=start)


def places(text: str) -> Iterator[Recognised]:
    """The places of a text, overlapping; the caller settles that. States and countries stay."""
    plain = plain_letters(text)
    for rule, pattern in _COMPILED:
        for match in pattern.finditer(plain):
            end = match.start() + len(match[0].rstrip(" ,;:"))
            start = _after_sentence(plain, match.start(), end) if rule is INSTITUTION else match.start()
            yield Recognised(start, end, rule, rule.becomes)
    of_one_word, of_two_words = words.towns()
    parts = list(_WORD.finditer(plain))
    for at, match in enumerate(parts):
        if not match[0][0].isupper():
            continue
        if match[0].lower() in of_one_word:
            # A number between a capital and its town is that of a house: `Vyturių 4, Skuodas`.
            house = _HOUSE_BEFORE_TOWN.search(plain, max(0, match.start() - 60), match.start())
            if house is not None:
                yield Recognised(house.start(), match.end(), ADDRESS, ADDRESS.becomes)
            yield Recognised(match.start(), match.end(), TOWN, TOWN.becomes)
        if at + 1 < len(parts):
            after = parts[at + 1]
            if f"{match[0]} {after[0]}".lower() in of_two_words:
                yield Recognised(match.start(), after.end(), TOWN, TOWN.becomes)
