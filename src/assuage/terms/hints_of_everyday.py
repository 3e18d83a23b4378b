"""Hints in everyday words: a heart that flutters, sleeping pills, weed, voices, a clot, a cast, crashes after exertion.

All are ours, written down from memory, in English, Lithuanian and German. None decides anything.
"""

from __future__ import annotations

from assuage.terms.hint import Hint, hint

_TAKES = r"(?:takes?|taking|on|uses?|using|has|needs?|nimmt|nehme|braucht|vartoja|vartoju|geria|geriu|gauna)"

_FEW = r"(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|few)"
_LATELY = rf"(?:yesterday|today|last (?:week|month)|this (?:week|month)|{_FEW} (?:days?|weeks?) ago)"

HINTS_OF_EVERYDAY: tuple[Hint, ...] = (
    hint(
        "heart_is_felt",
        r"""
        heart ~3 (?:flutter|rac|pound|skip|thump|jump|stumbl|stop|irregular)\w*|(?:flutter|rac|pound|thump)\w* heart
        palpitations?
        herz(?:rasen|stolpern|klopfen|flattern|aussetzer|jagen)|herz ~2 (?:rast|stolpert|flattert|setzt)
        širdis ~2 (?:permuš|plaz|daužos|dauž|šokinė|stoj|kalat)\w*|širdies ~1 (?:permuš|plakim|daužym|ritmo)\w*
        dažnas širdies plakimas
        """,
        conditions="arrhythmia",
        before="tca",
        unless=r"broken|exercise|running|sport\w*|bėg\w*|training",
    ),
    hint(
        "takes_what_quietens",
        rf"""
        {_TAKES} ~3 (?:sleeping|sleep) (?:pills?|tablets?|meds?|aids?)|sleeping (?:pills?|tablets?)|sedatives?
        tranqui?lli[sz]ers?
        (?:something|pills?|tablets?|drops) ~1 (?:to|for) ~1 (?:sleep|nerves|calm|anxiety|relax\w*)
        nerve (?:pills?|tablets?)
        schlaf(?:tabletten?|mittel|pillen?)|beruhigungs(?:mittel|tabletten?|tropfen)|etwas (?:zum|für den) schlaf\w*
        raminam\w*|migdom\w*|{_TAKES} ~1 vaist\w* ~1 (?:miegui|nuo nerimo|nervams|nuo nemigos)
        vaist\w* (?:miegui|nervams|nuo nemigos|nuo nerimo)
        """,
        before="cns_depressant",
    ),
    hint(
        "takes_what_lifts",
        rf"""
        {_TAKES} ~3 (?:for|against) ~1 (?:depression|mood|adhd|parkinson\w*)|antidepressants?|mood (?:pills?|tablets?)
        antidepressiv\w*|antidepressant\w*|stimmungsaufheller\w*|etwas gegen depression\w*
        {_TAKES} ~3 gegen ~1 depression\w*
        {_TAKES} ~2 nuo (?:depresijos|liūdesio)|vaist\w* nuo (?:depresijos|liūdesio)
        """,
        before="serotonergic tca",
        unless=r"stopped|past|formerly|years ago|früher|anksčiau|nebe\w*|cbt|therapy",
    ),
    hint(
        "takes_what_is_forbidden",
        r"""
        (?:smok|us|vap|tak|inject|snort)\w* ~3 (?:weed|pot|hash\w*|marijuana|cannabis|thc|grass|joints?|cocaine|coke)
        (?:smok|us|vap|tak|inject|snort)\w* ~3 (?:speed|crack|heroin)
        (?:smok|us|tak|inject|snort)\w* ~3 (?:ecstasy|mdma|meth|amphetamin\w*|ketamine|lsd|mushrooms|spice)
        joints? ~2 (?:day|night|evening|week)\w*
        (?:weed|cannabis|marijuana|hash\w*) ~2 (?:daily|every|each|at night|for sleep|to sleep|for pain)|stoned
        gets high on \w+
        kifft?|kiffen|gekifft
        (?:raucht|nimmt|konsumiert|spritzt|schnupft) ~2 (?:gras|haschisch|cannabis|marihuana|kokain|koks|speed|heroin)
        (?:raucht|nimmt|konsumiert|spritzt|schnupft) ~2 (?:ecstasy|crystal)
        rūk\w* ~1 žol(?:ę|ės|es)
        (?:vartoja|rūko|uosto|leidžiasi) ~2 (?:kanap|kokain|amfetamin|heroin|haši|marihuan|ekstaz|mefedron|speed)\w*
        """,
        conditions="substance_use",
        before="cns_depressant serotonergic tca",
        unless=r"former\w*|years ago|in (?:his|her|their) youth|prieš \w+ metus|früher|teenager",
    ),
    hint(
        "mind_that_swings",
        r"""
        (?:very |extremely |too )?(?:high|up)s? and ~2 (?:low|down)s? ~1 moods?
        moods? ~2 (?:swing|high and low|up and down)\w*
        (?:hears?|hearing) ~1 voices|voices in ~1 head|(?:was|been|got) sectioned
        psychiatric (?:ward|hospital|unit|admission)|involuntar\w* admit\w*
        (?:sees?|seeing) things|(?:believes|thinks) ~2 (?:followed|watched|poisoned|spied)|paranoi\w*
        psycho(?:sis|tic)|delusion\w*
        hört stimmen|stimmen im kopf|stimmungsschwank\w*|himmelhoch ~1 jauchzend|zwangseingewiesen|in der psychiatrie
        verfolgungswahn|wahnvorstell\w*
        (?:girdi|girdžiu) ~1 bals\w*|nuotaik\w* ~2 (?:svyra|kait|šokinė)\w*|psichiatr\w* ~1 (?:ligonin|skyri)\w*
        haliucin\w*|kliedes\w*|mano kad seka\w*
        """,
        conditions="bipolar",
        before="serotonergic",
    ),
    hint(
        "liver_that_was_up",
        r"""
        liver (?:enzymes?|tests?|values|numbers|function|lfts?) ~3 (?:up|high|raised|elevated|abnormal|bad|off)
        lfts? ~2 (?:up|raised|high|abnormal)
        (?:enlarged|big|swollen|hard) liver|leber(?:werte|enzyme) ~2 (?:hoch|erhöht|schlecht|auffällig)
        erhöhte leberwerte|leber ~1 vergrößert
        kepen\w* ~2 (?:padidėj|išsiplėt|sukietėj|pakit|blog)\w*|(?:padidėj|išsiplėt)\w* ~1 kepen\w*
        kepenų (?:fermentai|rodikliai) ~1 (?:padidėj|aukšt|blog)\w*
        """,
        conditions="lft_raised_gt3uln hepatic_impairment_mild hepatic_impairment_modsev",
    ),
    hint(
        "kidneys_that_do_not_work",
        r"""
        kidneys? ~2 (?:do not|don't|does not|doesn't|hardly|barely) ~1 (?:work|function)\w*
        kidneys? ~3 (?:weak|failing|bad|poor|half|percent|\d+ ?%)
        (?:weak|bad|poor|failing) kidneys?|nieren ~2 (?:arbeiten|funktionieren) ~1 (?:schlecht|nicht|kaum)
        schwache nieren|nieren ~1 (?:schwach|kaputt)
        inkst\w* ~1 (?:blogai|silpnai|prastai|ne|vos) ?(?:dirba|veikia|funkcionuoja)
        inkst\w* (?:nedirba|neveikia|silpni|blogi)|silpni inkstai
        """,
        conditions="ckd_30_59 ckd_lt30",
    ),
    hint(
        "works_with_what_is_dangerous",
        r"""
        (?:drives?|driving) ~2 (?:lorr|truck|bus|taxi|tram|train|ambulance|forklift|crane|van|coach)\w*
        (?:drives?|driving) ~2 (?:for (?:a )?living)\w*
        (?:lorry|truck|bus|taxi|train|tram|coach|crane|forklift) (?:driver|operator)
        pilot(?! (?:study|trial|project))|air traffic controller|works? (?:at height|on (?:roofs|scaffold\w*|ladders))
        (?:chain|circular) ?saws?
        operates? ~2 (?:machin|press|crane)\w*|professional driver
        (?:lkw|bus|taxi|straßenbahn|kran|gabelstapler|zug|berufskraft|kraft)[ -]?(?:fahrer|führer)\w*|lokführer\w*
        fluglotse|dachdecker\w*|gerüstbauer\w*|fährt ~1 (?:lkw|bus|taxi|stapler)
        (?:vairuoja|vairuotoj\w*) ~2 (?:vilkik|sunkvežim|autobus|taksi|traukin|krautuv|profesional)\w*
        (?:vilkiko|autobuso|sunkvežimio|taksi|troleibuso|tolimųjų reisų) vairuotoj\w*
        kranininkas|kranininkė|mašinistas|stogdengys|dirba (?:aukštyje|su (?:pjūkl|staklė)\w*)|pilotas|lakūnas
        """,
        before="cns_depressant",
        unless=r"retired|former\w*|pensionier\w*|rentner|pensinink\w*|buvęs|buvusi|husband|wife",
    ),
    hint(
        "clot_before",
        r"""
        (?:blood )?clots? ~3 (?:lung|leg|vein|brain|arm)\w*|(?:lung|leg) clots?|(?:pulmonary|lung) embol\w*|dvt
        thrombos\w*|\w*thrombose\w*|\w*embolie\w*
        blutgerinnsel\w*|tromboz\w*|embolij\w*|kreš(?:ul|ulys)\w*|kraujo kreš\w*
        """,
        before="needle",
        unless=r"excluded|ausgeschlossen|atmest\w*|family|superficial",
        codes="I26 I80 I82 Z86.7 D68.5 D68.6",
    ),
    hint(
        "skin_of_the_neck_in_everyday_words",
        r"""
        (?:pimples?|spots?|zits?|rash|sores?|scabs?|blisters?|wart) ~4 (?:neck|nape|shoulders?|back of (?:the )?head)
        (?:sunburn\w*|burn(?:t|ed)?|scratch\w*|wound|cut) ~4 (?:neck|nape|shoulders?|back of (?:the )?head)
        \w*(?:ausschlag|pickel|pusteln?|wunden?|blasen|sonnenbrand) ~4 (?:nacken|hals|schultern?|hinterkopf)
        (?:spuog|bėrim|žaizd|šaš|pūsl|nudegim|išbėr)\w* ~3 (?:kakl|sprand|peč|pakauš)\w*
        (?:kakl|sprand|peč|pakauš)\w* ~3 (?:spuog|bėrim|išbert|žaizd|šaš|nudeg)\w*
        """,
        conditions="skin_infection_site skin_disease_site",
        passes=True,
    ),
    hint(
        "lump_in_the_neck",
        r"""
        (?:lump|mass|swelling|bump|growth|cyst|tumou?r)s? ~3 (?:neck|nape|throat|shoulder)|neck (?:lump|mass|swelling)
        (?:swollen|enlarged) ~1 (?:glands?|(?:lymph )?nodes?)
        (?:knoten|schwellung|beule|gewächs|zyste) ~3 (?:hals|nacken|schulter)\w*
        (?:geschwollene|vergrößerte) ~1 lymphknoten|lymphknoten ~2 (?:geschwollen|vergrößert)
        (?:guz|gumb|navik|cist|darin|auglys|augl)\w* ~3 (?:kakl|sprand|peč|pakauš)\w*
        (?:kakl|sprand|peč|pakauš)\w* ~2 (?:guz|gumb|navik|darin|augl)\w*|padidėj\w* ~1 limfmazg\w*
        limfmazg\w* ~2 padid\w*
        """,
        before="needle body",
        unless=r"muscle\w*|muskul\w*|muskel\w*|raumen\w*|trigger\w*|tense|verspann\w*|įtemp\w*",
    ),
    hint(
        "defence_is_low_in_everyday_words",
        r"on chemo\w*|having chemo\w*|chemo ~2 (?:now|every|since|cycle)\w*|no spleen|spleen removed|immun(?:e"
        r"|o)\w* ~1 (?:weak|low|suppress)\w*|weak immune system|immunschw\w*|chemotherap\w*|chemoterap\w*"
        r"|milz ~1 entfernt|be blužnies|nusilpęs imunitetas",
        conditions="immunosuppressed",
        unless=r"(?:19|20)[01]\d|years ago|finished|completed",
    ),
    hint(
        "bleeds_long_in_everyday_words",
        r"""
        krauj\w* ~2 (?:ilgai|sunkiai|valandų|valandas|labai)|ilgai ~2 kraujuo\w*
        blutet ~3 (?:lange|stundenlang|stark|nach)|lange ~1 blutung\w*|nachblut\w*
        (?:bled|bleeds?|bleeding) ~3 (?:hours|days|tooth|dentist|extraction|surgery)|cuts ~2 (?:bleed|won't stop)\w*
        """,
        conditions="bleeding_disorder",
        unless=r"period\w*|menses|mėnesin\w*|regel\w*|menstr\w*",
    ),
    hint(
        "collapsed_at_the_dentist_in_compounds",
        r"\w*kollaps\w*|kollabiert|\w*schock\w*|ohnmacht\w*|ohnmächtig|umgekippt|nualp\w*|prarado sąmonę|blackout"
        r"|blacked out|unwell|heart (?:raced|pounded)",
        r"zahnarzt\w*|zahnbehandl\w*|\w*betäubung\w*|odontolog\w*|dantist\w*|dantų gydytoj\w*|nuskausmin\w*"
        r"|dentist\w*|dental\w*|numbing",
        conditions="la_allergy",
    ),
    hint(
        "heart_that_hurts_at_work",
        r"""
        chest ~2 (?:hurts?|aches?|tight\w*|pain\w*|squeez\w*|heav\w*|burns?|pressure) ~4 (?:stairs?|uphill|hill\w*)
        chest ~2 (?:hurts?|aches?|tight\w*|pain\w*|squeez\w*|heav\w*|burns?|pressure) ~4 (?:walk\w*|climb\w*|exert\w*)
        chest ~2 (?:hurts?|aches?|tight\w*|pain\w*|squeez\w*|heav\w*|burns?|pressure) ~4 (?:run\w*|effort|carry\w*)
        chest ~2 (?:hurts?|aches?|tight\w*|pain\w*|squeez\w*|heav\w*|burns?|pressure) ~4 (?:lifting)
        (?:stairs?|uphill|climb\w*|walk\w*|exert\w*) ~4 chest ~2 (?:hurts?|aches?|tight\w*|pain\w*|heav\w*)
        short of breath ~3 (?:stairs?|uphill|walk\w*|lying)
        (?:brust|herz)\w* ~3 (?:treppe|bergauf|belastung|gehen|steigen)\w*
        (?:krūtin|širdį|širdies)\w* ~4 (?:lipant|laipt|krūvio|einant|į kalną|fizin)\w*
        """,
        flags="CARDIAC",
    ),
    hint(
        "bone_or_wound_that_heals",
        rf"""
        (?:broke|broken|fractured) ~3 {_LATELY}|in (?:a )?(?:plaster|cast|splint|brace|sling|boot)|plaster cast
        on crutches
        (?:operat\w*|surger\w*|hernia\w*|laparoscop\w*|caesarean|c[ -]section|hysterectom\w*) ~3 {_LATELY}
        (?:detached retina|retinal detachment|eye (?:surgery|operation)) ~2 {_LATELY}
        im gips|gipsverband|an krücken
        (?:gebrochen|operiert|operation|op) ~2 (?:letzte|vorige|vor) ~2 (?:woche|wochen|tagen|monat)
        (?:su gipsu|įgips\w*|su ramentais)
        (?:lūž|operac|operuo)\w* ~3 (?:vakar|praėjusią savaitę|prieš (?:\w+ )?(?:dien|savait)\w*)
        """,
        before="body",
    ),
    hint(
        "vessel_that_could_burst",
        r"\w*aneurysm\w*|\w*aneurizm\w*|(?:aort|dissec)\w* ~1 (?:dilat|dissect)\w*|aortenektasie"
        r"|aortos (?:išsiplėt|disekac)\w*",
        before="body needle",
        unless=r"repaired|operated|coiled|excluded|operuot\w*",
    ),
    hint(
        "worse_after_exertion",
        r"""
        pem|post[ -]?exertional\w*|(?:me/cfs|cfs/me|cfs|me cfs)|chronic fatigue syndrome|myalgic enceph\w*
        crash\w* ~3 (?:exert|exercis|activit|effort|day|walk)\w*
        (?:exert|exercis|activit|effort)\w* ~4 (?:crash|relaps|bedbound|bed for)\w*
        bed ?(?:bound|ridden) ~3 (?:exert|exercis|activit)\w*|pots|postural (?:orthostatic )?tachy\w*
        (?:belastungsintoleranz|post[ -]?exertionelle\w*|chronisches erschöpfungssyndrom)
        (?:chronisches fatigue[ -]syndrom|erschöpfungssyndrom)|zusammenbruch ~2 belastung\w*
        lėtinio nuovargio sindrom\w*|mialgin\w* encefalomielit\w*
        (?:po (?:krūvio|fizinio krūvio|veiklos)) ~3 (?:blogė|lūž|guli|kris)\w*
        """,
        before="body",
        unless=r"pans|flowers?|cook\w*|kitchen|garden\w*",
        codes="G93.3",
    ),
)
