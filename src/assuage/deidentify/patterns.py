"""Identifiers that have a form of their own: addresses of the net, telephones, numbers, codes, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assuage.deidentify.identifiers import Recognised, Rule
from assuage.deidentify.letters import plain_letters, with_figures
from assuage.deidentify.lexicon import abbreviations
from assuage.deidentify.lithuanian import is_personal_code

EMAIL = Rule("email", "F", "an e-mail address", "[e-mail]")
URL = Rule("url", "N", "a web address", "[web address]")
IP = Rule("ip", "O", "an internet address", "[IP address]")
MAC = Rule("mac", "M", "a hardware address", "[device number]")
PERSONAL_CODE = Rule("personal-code", "G", "an asmens kodas (checksum right)", "[personal code]")
SSN = Rule("ssn", "G", "a social security number", "[personal code]")
FAX = Rule("fax", "E", "a fax number", "[fax]")
PHONE = Rule("phone", "D", "a telephone number", "[phone]")
RECORD_NUMBER = Rule("record-number", "H", "a medical record or ESI number", "[record number]")
PLAN = Rule("plan-number", "I", "a health plan or insurance number", "[plan number]")
ACCOUNT = Rule("account", "J", "an account number", "[account]")
LICENCE = Rule("licence", "K", "a certificate, licence or document number", "[licence number]")
VEHICLE = Rule("vehicle", "L", "a plate or vehicle number", "[vehicle]")
DEVICE = Rule("device", "M", "a device identifier or serial number", "[device number]")
BIOMETRIC = Rule("biometric", "P", "a biometric identifier", "[biometric identifier]")
PHOTO = Rule("photo", "Q", "a picture, or the name of its file", "[picture]")
NUMBER = Rule("number", "R", "a long number", "[number]")
CODE = Rule("code", "R", "a code of letters and digits", "[code]")
HANDLE = Rule("handle", "R", "the name of an account on a network", "[handle]")

# What follows a word such as "policy no.": a code with at least one digit in it. Spaces only between digits.
_CODE = r"(?:(?-i:[A-Z]{1,3})\s)?(?=[\w./-]*\d)[A-Za-z0-9][\w./-]*(?:\s\d[\d/-]*)*"
_MARKER = r"(?:\s*(?:no|nr|num|number|numeris|id|code|kodas|#)\b\.?)?\s*[:#=№-]?\s*(?:is\s|yra\s)?"
_SURE_MARKER = (
    r"(?:\s*(?:no|nr|num|number|numeris|id|code|kodas|#)\b\.?\s*[:#=№-]?|\s*[:#=№])\s*(?:is\s|yra\s)?"
)


def _after(words: str, marker: str = _MARKER) -> str:
    return rf"\b(?:{words}){marker}{_CODE}"


_TLD = "lt|lv|ee|pl|com|org|net|eu|info|io|edu|gov|uk|de|fr|ru|se|fi|no|dk|it|es|me|app|health|blog|site|online|ly|co|at|ch|nl|be|ie|xyz|link|page"
_FORMS: tuple[tuple[Rule, str], ...] = (
    (EMAIL, r"(?<![\w.+'-])[\w.+'-]{1,200}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+){1,6}"),
    (URL, r"\b(?:https?|ftp)://[^\s<>\"']+|\bwww\.[^\s<>\"']+"),
    (URL, rf"(?<![@\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?:{_TLD})\b(?:/[^\s<>\"']*)?"),
    (IP, r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{1,5})?(?![\d.]\d)"),
    (IP, r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])"),
    (MAC, r"(?<![\w:])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:])"),
    (SSN, r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])"),
    # A British national insurance number.
    (SSN, r"(?<!\w)(?-i:[A-Z]{2})\s?\d{2}\s?\d{2}\s?\d{2}\s?(?-i:[A-D])(?!\w)"),
    (SSN, _after("ssn|social security|asmens kod\\w*|a\\.\\s?k\\.|ak\\b|personal code|sodr\\w*|socialinio draudimo")),
    (FAX, r"\b(?:fax|telefax|faks\w*|tel/fax|tel\./faks\.?)\b[\s.:#nro-]*(?:\+?\d[\d\s()./-]{4,}\d)"),
    (PHONE, r"(?<![\w+])\+\s?\d{1,3}[\s()./-]*\d(?:[\s()./-]{0,2}\d){5,12}(?!\d)"),
    (PHONE, r"(?<![\w.])00[1-9]\d{0,2}(?:[\s()./-]{0,2}\d){6,12}(?!\d)"),
    # Lithuanian: 8 or 0, then a code of one to three digits; 8 600 00000, 8-46-396600, (8 37) 326 000
    (PHONE, r"(?<![\w.])\(?[80]?[\s-]?\(?[3-6]\d{0,2}\)?[\s-]\d{2,3}[\s-]?\d{2,3}(?:[\s-]?\d{2,3})?(?=\D|$)(?<=\d{2})(?<!\d\s\d\d)"),
    (PHONE, r"(?<![\w.])\(?[80][\s-]?\(?[3-6]\d{0,2}\)?(?:[\s-]?\d){5,7}(?!\d)"),
    (PHONE, r"(?<![\w.])(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)"),
    (PHONE, r"\b(?:tel|telef\w*|phone|mob\w*|cell|call|skambin\w*|ph)\b[\s.:#nro-]*(?:\+?\(?\d[\d\s()./-]{3,}\d)"),
    (ACCOUNT, r"\b(?=(?:[A-Z ]{0,8}\d){10})[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"),
    (ACCOUNT, _after("iban|bank account|account|acct|saskait\\w*|credit card|card number|korteles numeris")),
    (ACCOUNT, r"(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)"),
    (PLAN, _after("health plan|insurance|insured|policy|polis\\w*|beneficiary|member|medicare|medicaid|nhs|ehic|draudim\\w*|draudej\\w*|psd", _SURE_MARKER)),
    (PLAN, _after("(?:health plan|insurance|policy|beneficiary|member|draudimo|poliso|psd)\\s+(?:no|nr|number|numeris|id)")),
    (RECORD_NUMBER, _after("mrn|esi|medical record|patient(?:\\s+record)?|record|chart|hospital|case|file|admission|referral|siuntim\\w*|ligos istorij\\w*|ambulatorin\\w* kortel\\w*|kortel\\w*|e\\.?\\s?sveikat\\w*|sveikatos istorij\\w*|lab(?:oratory)? sample|sample|accession", _SURE_MARKER)),
    (RECORD_NUMBER, _after("mrn|esi|esi nr")),
    (RECORD_NUMBER, r"\b(?:aktenzeichen|geschaftszeichen|az|gz|bylos (?:nr|numeris))\b[.:]?\s*(?:(?-i:[A-Z]{1,4})[\s-])?\d+(?:[\s/-]{1,2}(?-i:[A-Z]{1,4})?\s?\d+){0,3}"),
    (RECORD_NUMBER, r"(?<!\w)(?-i:Nr|No|№)\.?\s?(?=(?:[A-Za-z./-]{0,6}\d){3})[\w/-]{3,40}"),
    (LICENCE, _after("licen[cs]e|certificate|passport|pas\\w* nr|pasas|paso|pazymejim\\w*|spaud\\w*|liudijim\\w*|driver'?s licen[cs]e|id card|identity card|asmens tapatybes kortel\\w*|registration|diplom\\w*|dea|npi", _SURE_MARKER)),
    (LICENCE, _after("passport|licen[cs]e|spaudas|pasas")),
    (VEHICLE, r"\b(?=[A-HJ-NPR-Z0-9]*\d)(?=[A-HJ-NPR-Z0-9]*[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}\b"),
    (VEHICLE, r"(?<![\w-])(?-i:[A-Z]{3})[ -]?\d{3}(?![\w/-]|\s?(?:mg|ml|mcg|g|%|mm)\b)"),
    (VEHICLE, _after("plates?|number ?plate|licen[cs]e plate|vin|vehicle|valst\\w*\\.?|automobil\\w*|registracijos")),
    (DEVICE, _after("serial|s/n|sn|device|implant\\w*|pacemaker|stimulator\\w*|pump|udi|imei|serij\\w*|prietais\\w*|irengini\\w*", _SURE_MARKER)),
    (DEVICE, _after("serial|s/n|udi|imei|serijos nr|serijinis")),
    (DEVICE, r"\(01\)\s?\d{14}(?:\s?\(\d{2}\)\s?[\w-]+)*"),
    (BIOMETRIC, r"\b(?:finger ?prints?|voice ?prints?|palm ?prints?|retina(?:l)? (?:scan|pattern)|iris (?:scan|pattern|code)|face ?(?:id|print)|facial recognition|dna profile|genetic profile|pirst\w* (?:at)?spaud\w*|pirst\w* antspaud\w*|rainel\w* (?:skenav\w*|atvaizd\w*)|veido atpazin\w*|balso (?:iras\w*|atspaud\w*)|dnr profil\w*)(?:\s*(?:template|hash|id|no|nr|kodas|code)?\.?\s*[:#=]?\s*(?=[\w-]*\d)[\w-]+)?"),
    (PHOTO, r"(?<![\w./\\~-])[\w./\\~-]{1,200}\.(?:jpe?g|png|gif|tiff?|heic|webp|bmp|dcm|mp4|mov)\b"),
    (PHOTO, r"\b(?:(?:full[- ]?face|facial|passport|portrait|identifying)\s+(?:photo\w*|image\w*|picture\w*|selfie)|(?:photo\w*|image\w*|picture\w*) of (?:the |her |his |their )?(?:face|patient)|selfie|(?:veido|paciente\w*|paciento|ligoni\w*) (?:nuotrauk\w*|fotograf\w*)|nuotrauk\w* veid\w*)"),
    (HANDLE, r"(?<![\w.@])@[A-Za-z_][\w.]{2,}"),
    (RECORD_NUMBER, r"\b(?:numeri\w*|number|nummer|nr|no)\.?:?\s(?-i:[A-Z]{2,6})[\s-]?\d[\d/-]+\d\b"),
    (SSN, r"\b\d{2}\s?\d{6}\s?(?-i:[A-Z])\s?\d{3}\b"),
    (RECORD_NUMBER, r"\blig\.?\s?ist\.?(?:\s?nr\.?)?:?\s?\d[\d/-]*\d\b|(?<![\w.,/])\d{4,}/\d{1,4}(?![\w/])"),
    (CODE, r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"),
    (CODE, r"(?<![\w/-])(?=[\w/-]*[A-Za-z])(?=(?:[\w/-]*?\d){4})[A-Za-z0-9]+(?:[-/_][A-Za-z0-9]+)*(?![\w/-])"),
    (PHONE, r"\btel\.?:?\s\d{2,5}\b(?!\s?(?:mg|%|val|h\b|min))"),
    (PHONE, r"\b(?:ext(?:ension|n)?|vid(?:in\w*)?|bleep(?:ed|er|s)?|buzzed|paged?|pagers?|pieper|dw|durchwahl|nebenstelle|(?:haus)?apparat)\b[\s.:#nro-]*\d{1,6}\b"),
    (PHONE, r"(?<![\w.])0\d{2,5}[\s/-]\s?\d{3,4}(?:[\s-]?\d{2,5}){0,3}(?!\d)"),
    (PHONE, r"(?<![\w.])0\d{2,5}\s?[/-]\s?\d{2}(?:[\s-]?\d{2,5}){1,4}(?:-\d)?(?!\d)"),
    (VEHICLE, r"(?<![\w-])(?-i:[A-Z]{2}\d{2}\s?[A-Z]{3})(?![\w-])"),
    (VEHICLE, r"(?<![\w-])(?-i:[A-Z]{1,3}-[A-Z]{1,2})\s\d{1,4}[EH]?(?![\w-]|\s?(?:mg|ml|mcg|g|%|mm)\b)"),
    (HANDLE, r"(?<![\w.@])(?=[\w.]*[a-z])[a-z][\w.]*_[\w.]*\w"),
    (HANDLE, r"\b(?:insta(?:gram)?|twitter|tiktok|snap(?:chat)?|telegram|skype|signal|discord|reddit|threads|bluesky|facebook|fb)\s?[:@]\s?[\w.@-]{3,}"),
    # `Insta ahlen.malt`, `ig jules_k`: a word that is written as no word is.
    (HANDLE, r"\b(?:insta(?:gram)?|ig|twitter|tiktok|snap(?:chat)?|telegram|skype|signal|discord|reddit|threads|bluesky|facebook|fb)\s(?:as |als |unter |kaip )?(?=\w*[a-z])(?=[\w-]*[._]\w|[a-z]\w*\d)[\w-]+(?:\.[\w-]+)*"),
    (PLAN, r"(?<!\w)(?-i:[A-Z]{1,3})\s(?=(?:\d[ ]?){6})\d[\d ]*\d(?!\w|\s?(?:mg|mcg|ug|g|kg|ml|l|iu|tv|ie|u|mmol|%)\b)"),
    # A long number is an identifier unless it is an amount of something.
    (NUMBER, r"(?<![\w.,])\d(?:[ .-]?\d){5,}(?![\d]|[.,]\d|\s?(?:mg|mcg|µg|ug|ng|g|kg|ml|l|iu|tv|u|mmol|%|cells|steps|zingsn\w*|/))"),
)  # fmt: skip
_COMPILED = tuple((rule, re.compile(pattern, re.IGNORECASE)) for rule, pattern in _FORMS)
_ELEVEN = re.compile(r"(?<!\d)[1-6](?:[ -]?\d){10}(?!\d)")
# Codes that name no person: vertebrae, classifications, instruments, vitamins, laboratory methods.
_PUBLIC = re.compile(
    r"[CTLS]\d{1,2}(?:[-/](?:[CTLS])?\d{1,2})+|[A-Z]\d{2}(?:\.\d{1,2})?|(?:GAD|PHQ|COVID|SF|EQ|HADS|VAS|NRS|WPI|SSS|FIQR?|"
    r"ACR|EULAR|CYP\d\w+|CA|IL|TNF|HLA|PROMIS|ICD|DSM|ISI|CSI|PCS|TSK|BPI|IES(?:-R)?|FIQ-R|HAQ(?:-DI)?|BDI(?:-II)?|PHQ-D|PSQI|DASS|DN4|L4|L5|S1|UTF)[-/ ]?[\dA-Z]{0,3}(?:[-/][\dA-Z]{1,3})*(?:\s\d{1,3})?",
    re.IGNORECASE,
)


def forms(text: str) -> Iterator[Recognised]:
    """Everything with a form of its own, in any order and overlapping; the caller settles that."""
    plain = with_figures(plain_letters(text))
    for match in _ELEVEN.finditer(plain):
        if is_personal_code(re.sub(r"\D", "", match[0])):
            yield _of(match, PERSONAL_CODE)
    for rule, pattern in _COMPILED:
        for match in pattern.finditer(plain):
            if rule is VEHICLE and match[0][:3].isupper() and match[0][:3].lower() in abbreviations():
                continue
            if rule in (CODE, VEHICLE) and _PUBLIC.fullmatch(match[0]):
                continue
            yield _of(match, rule)


def _of(match: re.Match[str], rule: Rule) -> Recognised:
    start, end = match.span()
    kept = match[0].rstrip(" .,;:")
    return Recognised(start, start + len(kept) if kept else end, rule, rule.becomes)
