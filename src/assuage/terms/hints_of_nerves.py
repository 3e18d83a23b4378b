"""Hints at a loss of strength or feeling, and at serotonin toxicity, in everyday words, whichever stands first.

`weak grip since yesterday`, `rechte Hand plötzlich ohne Kraft`, `nepakelia rankos`, `tremor and brisk reflexes`. All
are ours, written down from memory; those that name a criterion of Hunter are after it.
"""

from __future__ import annotations

from assuage.terms.hint import Hint, hint, near

_LIMB = r"(?:(?:fore)?arms?|hands?|legs?|foot|feet|fingers?|thumbs?|wrists?|ankles?|knees?|limbs?|grip|toes?|thighs?)"
_LIMB_DE = (
    r"(?:(?:ober|unter)?arm\w{0,2}|hand|hände\w?|bein\w{0,3}|fuß|füße\w?|finger\w?|daumen|handgelenk\w?|knie\w?|griff"
    r"|faust\w?|zehen?|fußspitze|gliedmaße\w?|händedruck)"
)
_LIMB_LT = (
    r"(?:rank(?:a|os|ą|ai|oje|ų|as)|koj(?:a|os|ą|ai|oje|ų|as)|plaštak\w*|pėd\w*|pirš(?:t|č)\w*|nykšt\w*|rieš\w*"
    r"|keli(?:s|o|ai|ų|us)|galūn\w*|dilb\w*|čiurn\w*|kumš\w*|griebim\w*)"
)
# That strength is less: of who has had it for long it is nothing new.
_WEAK = (
    r"(?:weak|weaker|weakness|weakly|weakened|feeble|feebler|powerless|failing|(?:reduced|less|little|poor"
    r"|loss of|losing)"
    r" (?:strength|power|grip)|(?:strength|power) ~2 (?:reduced|less|poor|worse|down|fading)|giving out)"
)
_WEAK_DE = (
    r"(?:schwach|schwächer\w*|schwäche|schwächelt|nachgelassen|lässt nach|weniger kraft|kraftminderung)"
)
_WEAK_LT = r"(?:silpn\w*|nusilp\w*|sunilp\w*|susilpn\w*|suglemb\w*|(?:maž|mažiau) jėg\w*|jėg\w* (?:sumažėj|silpn)\w*)"
# That it is gone.
_CANNOT = (
    r"(?:cannot|can't|can not|couldn't|could not|unable to|not able to|doesn't|does not|won't|will not|no longer|hardly"
    r"|barely)"
)
_GONE = (
    r"(?:no (?:strength|power|force|grip)|without (?:any )?(?:strength|power)|(?:lost|losing) (?:all |the "
    r"|any )?(?:strength"
    r"|power|use)|limp|floppy|useless|paraly[sz]\w*|paresis|paretic|plegi\w*|(?:strength|power) ~1 (?:gone|lost)"
    r"|(?:mrc|power|strength|grade) ~1 [0-4] ?/ ?5|[0-3] ?/ ?5|(?:gives?|gave|giving|given) (?:way|out)|buckl\w*"
    r"|collaps\w*|drags?|dragging|dragged|trailing|won't (?:work|obey|move|lift|hold|listen|carry|do)|not obey\w*"
    r"|stopped (?:working|obeying)|slaps?|slapping|drops? down|hang(?:s|ing)? (?:down|limp|loose)|went from under)"
)
_GONE_DE = (
    r"(?:kraftlos\w*|ohne (?:jede |jegliche )?kraft|keine kraft|kraft ~2 (?:weg|fehlt|verloren|verschwunden)"
    r"|kraftverlust"
    r"|gelähmt|lähmung\w*|paretisch|\w*parese\w*|schlaff|versagt|versagen|sack(?:t|en|te) ~2 (?:weg|ein|ab)"
    r"|knick(?:t|en|te) ~2 (?:weg|ein)|gibt nach|geben nach|gehorch\w* ~1 nicht|kraftgrad ~1 [0-4]|(?:janda|kg) [0-4]"
    r"|schleift|schleifen|hängt (?:nur |schlaff )?(?:herunter|herab|runter|schlaff)|zieht ~2 nach|nachzieht|nachziehen"
    r"|nicht mehr (?:heben|anheben|bewegen|halten|greifen|strecken|beugen|schließen|öffnen|hochheben|drücken))"
)
_GONE_LT = (
    r"(?:be jėg\w*|(?:ne|nebe)tur\w+ jėg\w*|(?:netek|dingo|prarad)\w* ~1 jėg\w*|(?:nėra|nebėra|dingo|neliko) ~1 jėg\w*"
    r"|jėg\w* (?:nėra|nebėra|dingo|neliko)"
    r"|paraly\w*|parez\w*|(?:ne|nebe)(?:pa)?klaus\w*|neveik\w*|nustojo (?:veik|klaus)\w*|(?:ne|nebe)su(?:gniauž"
    r"|spaud)\w*"
    r"|neužgniaužia|(?:ne|nebe)(?:pa|iš|at)?kel(?:ia|iu|ti)?|(?:ne|nebe)(?:pa)?jud\w*|(?:ne|nebe)(?:iš|nu)?laik\w*"
    r"|(?:ne|nebe)(?:su)?valdo\w*|(?:su|pa)?linksta|sulinko|pakerta|velka(?:si|ma)?|vilkti|nusvir\w*|kaba|nukar\w*"
    r"|negali (?:pakelti|pajudinti|išlaikyti|suspausti|sugniaužti|ištiesti|sulenkti|valdyti))"
)
_DOES = (
    r"(?:lift|raise|move|hold|grip|grasp|bend|straighten|extend|flex|close|open|use|squeeze|push|feel strength in"
    r"|stand on"
    r"|wiggle|pick up|make a fist|bear weight|carry weight|walk on)"
)
_DOES_DE = (
    r"(?:(?:an|hoch)?heben|bewegen|halten|greifen|strecken|beugen|schließen|öffnen|drücken|auftreten|ballen)"
)
# Pain, stiffness and age are why it is so with most who have our patients' disease; what is of long is not new.
_WHY = r"""
    pain\w*|hurts?|sore\w*|ach\w*|stiff\w*|swollen|plaster|splint|arthritis|cast|fracture\w*|chronic\w*
    long[ -]?standing
    for (?:many |several |\d+ )?(?:months|years)|since (?:childhood|birth|(?:19|20)\d\d)|always|as a child|polio
    (?:old|known|previous) ~2 (?:stroke|palsy)|schmerz\w*|weh|steif\w*|seit (?:\w+ )?(?:monaten|jahren)|immer schon
    chronisch\w*|gips|geschwollen\w*|skaud\w*|skausm\w*|sustir\w*|gips\w*|(?:daug|jau) (?:met|mėnes)\w*
    (?:ne ?skausm|seniai)\w*|nuo vaikystės|lėtin\w*
    """
_NUMB = (
    r"(?:numb|numbness|dead|deadness|(?:no|lost|loss of|losing|reduced|less) (?:all )?(?:feeling|sensation|touch)"
    r"|(?:feeling|sensation) ~2 (?:gone|lost|less|reduced))"
)
_NUMB_DE = (
    r"(?:taub|taubheit|taubheitsgefühl|gefühllos\w*|pelzig\w*|eingeschlafen|kein(?:e|en)? (?:gefühl|empfindung)"
    r"|ohne gefühl"
    r"|gefühl ~2 (?:weg|verloren|fehlt|verschwunden)|(?:spürt|fühlt|spüre|fühle) ~3 (?:nicht|nichts|kaum))"
)
_NUMB_LT = (
    r"(?:nutirp\w*|aptirp\w*|tirpst\w*|tirpo|tirpim\w*|(?:ne|nebe)jau(?:č|t|s)\w*|(?:ne|nebe)junt\w*|(?:netek|dingo"
    r"|prarad)\w* ~1 (?:jautr|jutim)\w*|(?:jautrum|jutim)\w* (?:nėra|dingo|sumažėj\w*|sutrik\w*)|(?:nėra|nebėra"
    r"|dingo) (?:jautrum|jutim)\w*)"
)
_CANNOT_FEEL = (
    r"(?:(?:cannot|can't|can not|couldn't|unable to|not|hardly|barely)"
    r" feel(?! pain| any pain| well| like| good| ill| sick| tired| safe))"
)

_SADDLE = (
    r"(?:buttocks?|bottom(?! of)|bum|backside|saddle|genitals?|genital area|perine\w*|perianal\w*|anus|privates|crotch"
    r"|private parts|down below|down there|vagina\w*|vulva|penis|scrotum|between ~1 legs)"
)
_SADDLE_DE = (
    r"(?:gesäß\w*|po|hintern|damm\w*|genital\w*|intimbereich\w*|reithose\w*|schritt|after\w*|scheide\w*|penis"
    r"|sitzfläche"
    r"|unterleib|scham\w*|zwischen den beinen)"
)
_SADDLE_LT = (
    r"(?:tarpviet\w*|sėdmen\w*|sėdyn\w*|lyties|lytini\w*|išang\w*|užpakal\w*|tarp(?:u)?koj\w*|tarp kojų|makšt\w*"
    r"|varp\w*"
    r"|kirkšn\w*|intymi\w*)"
)
_NO_FEELING = (
    rf"(?:{_NUMB}|{_CANNOT_FEEL}|an?aesthe\w*|tingl\w*|(?:dull|odd|strange|altered) (?:feeling|sensation))"
)
_NO_FEELING_DE = (
    rf"(?:{_NUMB_DE}|gefühl ~2 (?:weg|verloren|fehlt|verschwunden|gestört|nicht mehr da|nachgelassen|vermindert)"
    rf"|gefühlsverlust"
    r"|fehlend\w* gefühl|gefühlsstörung\w*|kribbel\w*|empfindungslos\w*|sensibilität\w*)"
)

_TREMOR = (
    r"(?:tremors?|trembl\w*|shak(?:es|y|ing|ily)|shivers?|twitch\w*|zitter\w*|tremorai?|drebul\w*|dreb(?:a|ėj)\w*"
    r"|trūkčioj\w*)"
)
_REFLEXES = r"""
    hyper-?reflex\w*
    (?:brisk|exaggerated|overactive|increased|jumpy|lively|hyperactive|pathological) ~2 (?:reflex\w*|jerks?)
    (?:reflex\w*|jerks) ~3 (?:brisk|exaggerated|overactive|increased|jumpy|lively|hyperactive|[34]\+)|hyperreflexie
    (?:gesteigert|lebhaft|überschießend|verbreitert)\w* ~1 \w*reflex\w*
    \w*reflexe? ~2 (?:gesteigert|lebhaft|überschießend)
    reflexsteigerung|hiperrefleks\w*|(?:pagyvėj|sustiprėj|gyv|ryšk|padidėj)\w* ~1 refleks\w*
    refleks\w* ~2 (?:pagyvėj|sustiprėj|gyv|ryšk|padidėj)\w*
    """

HINTS_OF_NERVES: tuple[Hint, ...] = (
    hint(
        "limb_is_weaker",
        f"""
        {near(_LIMB, _WEAK)}
        {near(_LIMB_DE, _WEAK_DE)}
        {near(_LIMB_LT, _WEAK_LT)}
        """,
        flags="NEW_WEAKNESS MYELOPATHY",
        unless=_WHY,
        newly=True,
    ),
    hint(
        "limb_has_lost_its_strength",
        rf"""
        {near(_LIMB, _GONE)}
        {_CANNOT} ~2 {_DOES} ~4 {_LIMB}|{_LIMB} ~3 {_CANNOT} ~2 {_DOES}
        {_CANNOT} ~2 (?:make a fist|hold ~2 (?:pens?|cups?|forks?|spoons?|keys?|knife))
        {_CANNOT} ~2 (?:walk on ~2 (?:heels|toes|tiptoes?)|stand on ~2 (?:heels|toes|tiptoes?))
        (?:foot|wrist)[ -]?drop|drop(?:ped|ping)? (?:foot|wrist)|(?:catch(?:es|ing)?|trips?|tripping) ~3 (?:foot|toes?)
        (?:strength|power) ~3 {_LIMB} ~2 (?:gone|lost|failing|failed|missing)
        {near(_LIMB_DE, _GONE_DE)}
        kraft ~3 {_LIMB_DE} ~2 (?:weg|fehlt|verloren|verschwunden)|jėg\w* ~1 {_LIMB_LT} ~1 (?:nėra|nebėra|dingo|neliko)
        {_LIMB_DE} nicht mehr (?!so |weh|geschwollen|schmerz|dick|kalt)\w+
        (?:mrc|power|strength|grade|kraft\w*|jėg\w*) ~3 [0-4][+-]? ?/ ?5
        [0-4][+-]? ?/ ?5 ~3 (?:power|strength|kraft|jėg)\w*
        [0-4][+-]?/5 ~3 (?:deltoid|biceps|triceps|quadriceps|extensors?|flexors?|dorsiflex\w*|abduct\w*|iliopsoas)
        {near("(?:drop|drops|dropping|dropped)", "(?:hands?|fingers|things|everything|objects|items|cups?|pens?)")}
        kann ~4 {_LIMB_DE} ~3 (?:nicht|kaum) ~2 {_DOES_DE}|{_LIMB_DE} ~3 (?:nicht|kaum) ~2 {_DOES_DE}
        (?:keine|nicht ~1) faust ~2 (?:machen|ballen|schließen)|stolpert ~2 über ~2 (?:fuß\w*|füße|zehen)
        {near(_LIMB_LT, _GONE_LT)}
        klumpa|klumpa einant|užkliūva ~2 (?:pėda|koja)|kliūva ~2 (?:pėda|koja)
        """,
        flags="NEW_WEAKNESS MYELOPATHY",
        unless=_WHY,
    ),
    hint(
        "limb_is_numb",
        f"""
        {near(_LIMB, _NUMB)}
        {near(_LIMB, _CANNOT_FEEL)}
        {near(_LIMB_DE, _NUMB_DE)}
        {near(_LIMB_LT, _NUMB_LT)}
        """,
        flags="NEW_NUMBNESS MYELOPATHY",
        unless=_WHY
        + "|on waking|at night|when lying|nachts|beim aufwachen|naktį|naktimis|pabudus|prabudus|carpal\\w*",
        newly=True,
    ),
    hint(
        "saddle_is_numb",
        rf"""
        {near(_SADDLE, _NO_FEELING, 5)}
        (?:feeling|sensation) ~3 {_SADDLE} ~2 (?:gone|lost|less|reduced|dull|absent|missing)
        gefühl ~3 {_SADDLE_DE} ~2 (?:weg|fehlt|verloren|verschwunden|nachgelassen|gestört|nicht mehr|vermindert)
        (?:jautrum|jutim)\w* ~2 {_SADDLE_LT} ~1 (?:dingo|nėra|nebėra|sumažėj\w*|sutrik\w*)
        {near(_SADDLE_DE, _NO_FEELING_DE, 5)}
        {near(_SADDLE_LT, _NUMB_LT, 5)}
        """,
        flags="CAUDA",
    ),
    hint(
        "too_much_serotonin_by_hunter",
        # Clonus decides with a serotonergic drug, tremor with hyperreflexia; whether the drug is taken, a person says.
        r"""
        \w*[ck]lon(?:us|i|ien|i[cs]ch\w*)|klonus\w*|klon(?:as|o|ą|ai)|(?:eyes?|augen|akys) ~2 (?:dart\w*|flicker\w*)
        (?:foot|feet|ankles?|fußes|fuß|pėd\w*) ~3 (?:beats?|beating|jerks? rhythmically|schlägt rhythmisch)
        """,
        flags="SEROTONIN MYELOPATHY",
    ),
    hint("tremor_and_brisk_reflexes", _TREMOR, _REFLEXES, flags="SEROTONIN"),
    hint(
        "rigid_and_hot",
        r"rigid\w*|hypertoni\w*|hypertonus|rigor|muskelstarre|steif\w*|hiperton\w*|rigidišk\w*|sustingę raumenys"
        r"|stiff\w*",
        r"(?:3[89]|4[0-2])(?:[.,]\d)? ?(?:°|c\b|degrees|grad|laipsn\w*)|fever\w*|hyperpyrexi\w*|hypertherm\w*"
        r"|fieber|karščiav\w*",
        r"sweat\w*|agitat\w*|confus\w*|tremor|tremb\w*|schwitz\w*|agitiert|unruh\w*|verwirrt|prakait\w*|sujaud\w*"
        r"|neram\w*|sumiš\w*",
        flags="SEROTONIN",
    ),
)
