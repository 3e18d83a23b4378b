"""Hints at what an examiner or a laboratory found: `Babinski positive`, `MRI: cord compression`, `troponin abnormal`.

What the table of red flags names as a sign of one, and no sign of ours reads, is asked about here at the least. All are
ours, written down from memory.
"""

from __future__ import annotations

from assuage.terms.hint import Hint, hint, near

# What is written of a test that did not turn out as it should.
_OFF = (
    r"(?:abnormal\w*|deranged|pathologic\w*|pathologisch\w*|patologin\w*|auffällig\w*|gestört\w*|sutrik\w*|pakit\w*"
    r"|positiv\w*|teigiam\w*)"
)
_UP = rf"(?:{_OFF}|raised|elevated|high|erhöht\w*|hoch|padidėj\w*|aukšt\w*)"
_CORD = r"(?:cord|myelon|medull\w*|rückenmark\w*|nugaros smegen\w*)"
_HARMED = r"(?:compress\w*|kompres\w*|oedema|edema|ödem\w*|signal\w*|lesion\w*|contus\w*|suspaud\w*)"
_BAD = r"(?:bad|poor|schlecht\w*|blog\w*)"

HINTS_OF_EXAMINATION: tuple[Hint, ...] = (
    hint(
        "found_in_the_cord",
        rf"""
        hoff?man\w*(?:'s)?(?:[ -](?:sign|zeichen|reflex\w*|simptom\w*|refleks\w*))?|babinsk\w*
        upgoing (?:plantars?|toes?)|(?:plantars?|toes?) ~1 (?:upgoing|extensor)|extensor plantar\w*
        hyper[ -]?reflexi\w*|hiperrefleksij\w*|(?:brisk|exaggerated|increased|lively) (?:\w+ )?reflex\w*
        reflexe?s? ~2 (?:brisk|exaggerated|increased|lively|gesteigert|lebhaft)
        (?:gesteigerte?|lebhafte?) ~1 \w*reflexe?|(?:gyvi|sustiprėję|padidėję) ~1 refleksai
        l(?:h|')?ermitt?\w*(?:'s)?|spas(?:tic|tisch|tin)\w* (?:gait|gang\w*|eisen\w*)|gait ata(?:x|ks)\w*|gangataxie
        inverted supinator\w*|finger escape
        {near(_CORD, _HARMED, most=2)}
        """,
        flags="MYELOPATHY",
        unless=r"tinel\w*|carpal|karpal\w*|riešo|symmetric\w*|symmetrisch\w*|simetrišk\w*|umbilical|vocal|spermatic",
    ),
    hint(
        "urgent_to_pass_water",
        r"""
        urinary urgency|urgency (?:of|to) (?:micturition|urinat\w*|pass water)|imperativ\w* harndrang
        stark\w* ~1 harndrang|staig\w* ~1 noras šlapintis|nenumaldom\w* ~1 nor\w* šlapintis
        """,
        flags="MYELOPATHY CAUDA",
        newly=True,
    ),
    hint(
        "off_balance_at_once",
        r"""
        ata(?:x|ks)i\w*|n[yi]stagm\w*|d[yi]s[pf]h?ag\w*|schluckstörung\w*|rijimo sutrikim\w*
        sudden\w* ~3 (?:balance|imbalance)|(?:lost|loses|losing|loss of) ~1 balance(?! of)
        (?:plötzlich\w* ~3 gleichgewicht\w*|gleichgewichtsverlust)|staiga ~3 pusiausvyr\w*
        """,
        flags="DISSECTION STROKE",
        newly=True,
    ),
    hint(
        "headache_under_pressure",
        r"""
        head ?aches? ~3 (?:on|when|while|with|by) ~1 (?:cough|strain|sneez|lying)\w*|valsalva\w*
        cough head ?ache\w*|(?:early )?morning vomit\w*|hustenkopfschmerz\w*
        kopfschmerz\w* ~2 beim (?:husten|niesen|pressen|liegen)
        galvos skausm\w* ~2 (?:kosint|kosėjant|čiaudint|stangin\w*|gulint)
        """,
        flags="ICP",
    ),
    hint(
        "perhaps_a_tumour",
        rf"""
        breast lumps?|lumps? ~2 breast|knoten ~2 brust|gumb\w* ~2 krūt\w*|b[ -]symptoms|b[ -]symptomatik
        lymphadenopath\w*|limfadenopatij\w*|(?:enlarged|supraclavicular|vergrößerte\w*) ~1 (?:lymph nodes?|lymphknoten)
        padidėj\w* limfmazg\w*
        (?:lung|breast|pelvic|abdominal|kidney|renal|adrenal|pancrea\w*|brain|liver|neck|paraspinal) mass(?:es)?
        raumforderung\w*|space[- ]occupying|suspicious ~2 (?:lesions?|mass|nodules?|lump|finding)
        mammogra\w* ~1 {_OFF}|mamogram\w* ~1 {_OFF}|įtartin\w* ~2 (?:darin|židin|mazg)\w*
        """,
        flags="MALIGNANCY",
        unless=r"removed|excised|benign|operated|harmless|entfernt\w*|gutartig\w*|pašalint\w*|gerybin\w*",
    ),
    hint(
        "bone_hurts_when_tapped",
        r"""
        midline ~2 tender\w*|spinous process\w* ~2 tender\w*|tender\w* ~2 (?:midline|spinous process\w*)
        (?:spinal )?percussion ~1 (?:tender\w*|pain\w*)|klopfschmerz\w*|keterin\w* ataug\w* ~2 skaus\w*
        """,
        flags="FRACTURE INFECTION",
    ),
    hint(
        "fell_from_high",
        r"""
        falls? (?:from|off|down|out of) ~2 (?:height|ladder|stairs?|steps|roof|horse|bike|bicycle|tree|scaffold\w*)
        sturz ~2 (?:leiter|treppe|pferd|dach|höhe|fahrrad)|kritim\w* ~2 (?:aukšči|kopėči|laipt|stog|arkl|dvirač)\w*
        """,
        flags="FRACTURE INSTABILITY",
        newly=True,
    ),
    hint(
        "head_too_heavy",
        r"""
        head ~3 too heavy|(?:cannot|can't|unable to|struggles to) hold ~2 head|head drop|kopf ~2 zu schwer
        galva ~2 per sunki|nenulaiko galvos
        """,
        flags="INSTABILITY",
    ),
    hint(
        "breathes_with_a_noise",
        r"stridor\w*|strid\w+ breath\w*|stridoras",
        flags="ANAPHYLAXIS",
    ),
    hint(
        "perhaps_asthma",
        r"wheez\w*|pfeifende ~1 atmung|giemen|švokšt\w*",
        conditions="asthma",
    ),
    hint(
        "went_down",
        r"""
        collapse[ds]?(?! (?:lungs?|disc|disk|discs|vertebra\w*|veins?|arch\w*|of))|black(?:ed|s|ing)?[ -]?outs?
        (?:had|has|having) (?:a |two |several )?fits?(?! of (?:laugh|cough|rage|anger|pain|sneez|dizz|giggl|cry)\w*)
        kollabiert\w*|kollaps|krampfanf\w*|nugriuvo be sąmonės|krito be sąmonės
        """,
        flags="ARRHYTHMIA",
        conditions="epilepsy arrhythmia",
        unless=r"drunk|alcohol\w*|roller\w*|power|electricity|curtains?|blinds?|sofa|couch|bed|chair|exhaust\w*",
    ),
    hint(
        "sees_what_is_not_there",
        r"hallucinat\w*|halluzin\w*|haliucin\w*",
        conditions="bipolar dementia",
        before="tca serotonergic",
    ),
    hint(
        "wants_an_end",
        r"""
        (?:wants?|wanting|going|plans?|planning|ready) to end (?:it|everything)
        (?:schluss machen wollen|will schluss machen mit allem)|nori viską užbaigti
        """,
        flags="SUICIDE",
        unless=r"relationship|marriage|contract|treatment|course|therapy|session|job",
    ),
    hint(
        "laboratory_of_the_heart",
        rf"(?:hs[ -]?)?(?:c?tn[it]|troponin\w*)(?:[ -][it])? ~1 {_UP}|d[ -]?dimer\w* ~1 {_UP}",
        flags="CARDIAC",
    ),
    hint(
        "on_a_thermometer",
        r"t[ :=]+(?:38[.,]\d|39(?:[.,]\d)?|4[01](?:[.,]\d)?)(?: ?°? ?c)?(?! ?(?:mm|%|cm))",
        conditions="fever_systemic",
        flags="INFECTION",
        passes=True,
    ),
    hint(
        "hurts_on_exertion",
        r"exertional ~1 (?:jaw|arm|neck|chest|throat) (?:pain|ache|tight\w*)|exertional angina",
        flags="CARDIAC",
    ),
    hint(
        "test_of_a_pregnancy",
        rf"(?:(?:beta|ß|β)[ -]?)?h[ck]g(?: tests?| testas)? ~1 {_UP}",
        conditions="pregnancy_t1 pregnancy_t2 pregnancy_t3 pregnancy_ge20w",
        passes=True,
    ),
    hint(
        "laboratory_of_clotting",
        rf"(?:coagulation|clotting|gerinnung\w*|koagulogram\w*|krešėjim\w*)(?: \w+)? ~1 (?:{_OFF}|{_BAD})",
        conditions="bleeding_disorder",
    ),
    hint(
        "pressure_that_is_off",
        rf"(?:blood pressure|bp|blutdruck|rr|kraujospūd\w*|aks) {_OFF}",
        conditions="hypotension hypertension_uncontrolled",
    ),
    hint(
        "salts_that_are_off",
        rf"(?:potassium|kalium|kalis|magnesium|magnis|electrolytes?|elektrolyt\w*|elektrolit\w*) ~1 {_OFF}",
        before="tca qt_known",
    ),
    hint(
        "nerves_that_were_examined",
        rf"""
        neuro(?:log\w*)? (?:exam\w*|status|untersuchung\w*|befund\w*|būkl\w*|tyrim\w*|apžiūr\w*) ~1 {_OFF}
        (?:abnormal|auffällig\w*) neurolog\w*
        """,
        flags="MYELOPATHY NEW_WEAKNESS",
    ),
    hint(
        "one_leg_swells",
        r"(?<!both )swollen leg(?!s)|(?<!legs )leg (?:is |was )?(?:swollen|swelling)",
        flags="CARDIAC",
    ),
)
