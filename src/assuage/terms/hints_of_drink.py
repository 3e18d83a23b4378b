"""Hints at how much somebody drinks: `6 beers a day`, `vyno butelis savaitgaliais`, `Feierabendbier`.

All are ours, written down from memory. Little (`assuage.terms.little_drink`) is none of it.
"""

from __future__ import annotations

from assuage.terms.hint import Hint, hint

_SOFT = (
    r"(?:(?:mineral |still |tap |herbal |green |black )*(?:water|teas?|coffees?|juices?|milk|cola|coke|smoothies?"
    r"|lemonade|squash|cocoa)"
    r"|fluids?|vanden\w*|arbat\w*|kav(?:os|ą|a)|sul(?:tis|čių)|pien(?:o|ą)|skys\w*|vaist\w*|tablet\w*"
    r"|žol\w* arbat\w*|kefyr\w*|wasser"
    r"|\w*tee|kaffee|\w*saft|milch|limonade|alkoholfrei\w*|nealkoholin\w*|alcohol[ -]?free|non[ -]?alcoholic)"
)
# Up to four words none of which is a drink without alcohol.
NOT_SOFT = rf"(?:(?!{_SOFT}\b)[\w'-]+ ){{0,4}}(?!{_SOFT}\b)"
# AUDIT-C from 4 (of men; of women from 3) and AUDIT from 8 on are called unhealthy drinking; from memory.
DRINKS_TOO_MUCH = (
    r"audit[ -]?c\D{0,20}(?:[4-9]|1[0-2])(?!\d)|audit(?![ -]?c)\D{0,20}(?:[89]|[1-4]\d)(?!\d)"
    r"|binge[ -]drink\w*|heavy drink\w*|drinks? (?:heavily|too much)|alcoholi\w*|alcohol (?:dependen\w*|misuse|abuse"
    r"|excess|use disorder|withdrawal)|delirium tremens|alkoholi\w*|alkoholabhäng\w*|alkoholkrank\w*|alkoholabusus"
    rf"|alkoholmissbrauch|alkoholentzug\w*|trinker\w*|trinkt (?:zu )?viel(?! {_SOFT})|girtau\w*|girtuok\w*"
    rf"|piktnaudžiauja alkohol\w*"
    r"|priklausom\w* nuo alkohol\w*|geria (?:\w+ )?daug(?! vanden| arbat| kav| skys)"
)
_DRINK = (
    r"(?:beers?|pints?|lagers?|ales?|ciders?|wines?|prosecco|champagne|sherry|vodkas?|whisk\w*|gin|rum|brandy"
    r"|cognac|liquor|spirits"
    r"|booze|cocktails?|units|alcohol\w*|shots of \w+|\w*bier\w*|\w*wein\w*|sekt|wodka\w*|schnaps|schnäpse|korn"
    r"|kräuterlikör"
    r"|alkohol\w*|al(?:us|aus|ų|umi)|vyn(?:as|o|ą|u|ų)|šampan\w*|degtin\w*|konjak\w*|brend\w*|visk\w*|samagon\w*"
    r"|naminuk\w*"
    r"|likeri\w*|trauktin\w*|sidr\w*)"
)
_DRINKS = (
    r"(?:drinks?|drinking|drank|trinkt|trinke|trinken|säuft|geria|išgeria|pasigeria|geriu|vartoja alkohol\w*)"
)
_MUCH = (
    r"(?:bottles?|crates?|cases?|six[ -]?packs?|litres?|liters?|half a litre|dozen|several|(?:[4-9]|1\d|2\d|four"
    r"|five|six|seven|eight"
    r"|nine|ten) ~1 (?:glasses|cans|pints|beers|drinks|shots|units)|flaschen?|kasten|kisten?|liter|halber liter"
    r"|sixpack|mehrere|maß"
    r"|butel\w*|litr\w*|pusė litro|puslitr\w*|dėž\w*|bambal\w*|(?:keturi|penki|šeši|septyni|aštuoni|[4-9]"
    r"|1\d)\w* ~1 (?:taur|bokal|skardin"
    r"|alaus|stikliuk)\w*)"
)
_AT_TIMES = (
    r"(?:weekends?|saturdays?|fridays?|sundays?|thursdays?|at parties|when out|at a time|in one (?:go|evening"
    r"|sitting)|a week|weekly|per week"
    r"|wochenende\w?|samstags?|freitags?|sonntags?|auf partys|pro woche|in der woche|wöchentlich|auf einmal"
    r"|savaitgal\w*|penktadien\w*|šeštadien\w*|sekmadien\w*|per savaitę|kas savaitę|vakarėliuose|iš karto"
    r"|vienu metu|švenčių dienomis)"
)

HINTS_OF_DRINK: tuple[Hint, ...] = (
    hint(
        "drinks_too_much",
        rf"""
        {DRINKS_TOO_MUCH}
        """,
        conditions="substance_use",
        drugs="alcohol",
        codes="F10 K70 K29.2 G31.2 E24.4 T51 X45 X65 Z72.1",
    ),
    hint(
        "drinks_daily",
        r"""
        \d+|two|three|four|five|six|seven|eight|nine|ten|several|bottles?|litres?|liters?|crates?|six[ -]?pack
        zwei|drei|vier|fünf|sechs|flaschen?|liter|kasten|du|tris|keturis|penkis|šešis|butel\w*|litr\w*|bokal\w*
        skardin\w*
        """,
        r"""
        beers?|pints?|lagers?|ciders?|wines?|vodkas?|whisk\w*|gin|rum|spirits|brandy|units|alcohol\w*|bier\w*|wein
        wodka
        schnaps|schnäpse|korn|alkohol\w*|al(?:us|aus|ų)|vyn(?:as|o|ą)|degtin\w*|konjak\w*|brend\w*
        """,
        r"""
        (?:a|per|each|every) (?:day|night|evening)|daily|nightly|most (?:days|nights)|(?:pro|am|jeden) (?:tag|abend)
        täglich|abends|(?:per|kas|kasdien) ?(?:dien\w*|vakar\w*)|kasdien|kas vakar\w*|vakarais|/ ?(?:d|day|tag)
        """,
        conditions="substance_use",
        drugs="alcohol",
    ),
    hint(
        "drinks_much_at_once",
        rf"{_MUCH}",
        rf"{_DRINK}",
        rf"{_AT_TIMES}",
        conditions="substance_use",
        drugs="alcohol",
        unless=r"""
        never|nie|niekada|empty|leer|tušč\w*|alcohol[ -]?free|non[ -]?alcoholic|alkoholfrei\w*|nealkoholin\w*
        water|vandens|wasser
        """,
    ),
    hint(
        "drinks_by_habit",
        rf"""
        {_DRINKS} {NOT_SOFT}(?:every|each|most|nightly|daily) ~1 (?:day|night|evening|weekend)?
        (?:gets?|got|getting) ~1 drunk|hung ?over|hangovers?
        {_DRINKS} {NOT_SOFT}(?:to (?:sleep|relax|cope|unwind|forget)|for ~1 (?:sleep|pain|nerves|anxiety)|alone|until)
        {_DRINKS} {NOT_SOFT}(?:against the pain)
        (?:night ?caps?|glass|drink|tot|dram|shot|whisk\w*|wine|brandy) ~3 (?:to sleep|for sleep|before bed)
        (?:night ?caps?|glass|drink|tot|dram|shot|whisk\w*|wine|brandy) ~3 (?:at bedtime|every ~1 (?:night|evening))
        (?:night ?caps?|glass|drink|tot|dram|shot|whisk\w*|wine|brandy) ~3 (?:each ~1 evening)
        (?:needs?|likes?) ~1 drink ~2 (?:to|before|after|every)|fond of ~1 drink|night ?caps?|boozes?|boozing|tippl\w*
        (?:hits?|on) the bottle
        blackouts? after drink\w*|drinks like a fish|(?:\d\d+|fifteen|twenty|thirty|forty) ~1 units
        (?:relies|depends) on alcohol|drink(?:ing)? problem|drink[ -]driv\w*|detox\w*|rehab for alcohol
        feierabendbier\w*|absacker|schlummertrunk|schlaftrunk|betrunken\w*|besoffen|besäuft|säuft|rausch am \w+
        filmriss\w*|trunksucht
        {_DRINKS} {NOT_SOFT}(?:um zu schlafen|zum (?:schlafen|einschlafen|entspannen)|gegen (?:die )?schmerzen)
        {_DRINKS} {NOT_SOFT}(?:jeden (?:tag|abend)|abends|täglich|allein)
        (?:glas|gläschen|gläser|schluck) ~2 {_DRINK} ~3 (?:zum (?:ein)?schlafen|vor dem schlafen\w*|abends|am abend)
        (?:glas|gläschen|gläser|schluck) ~2 {_DRINK} ~3 (?:jeden abend|täglich)
        (?:greift|griff) ~1 zur flasche|über den durst|fahne|promille
        (?:girt|prisiger|nusiger|pasiger|užger|padaugina|išgėr|išger|lėb|puota)\w*|pagir\w*|pagiriose
        padaugin\w* alkohol\w*
        {_DRINKS} {NOT_SOFT}(?:savaitgali\w*|kas vakar\w*|kasdien\w*|vakarais|kad užmigtų|užmigimui|prieš miegą)
        {_DRINKS} {NOT_SOFT}(?:nuo skausmo|nuo streso|vienas|viena)
        (?:taur|stikl|stikliuk|burnel|bokal|gurkšn)\w* ~2 {_DRINK} ~3 (?:kad užmigtų|prieš miegą|užmigimui|vakarais)
        (?:taur|stikl|stikliuk|burnel|bokal|gurkšn)\w* ~2 {_DRINK} ~3 (?:kas vakarą|kasdien)
        mėgsta ~1 (?:išgerti|stikliuką|taurelę|alų|vyną)|priėjęs prie stikliuko
        """,
        conditions="substance_use",
        drugs="alcohol",
        unless=r"used to|formerly|nebe\w*|trocken|sober|abstinent\w*|former|ex",
    ),
)
