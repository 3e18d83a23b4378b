"""Hints at red flags: `cannot feel the toilet paper`, `calf swelling`. All are ours, written down from memory."""

from __future__ import annotations

from assuage.terms.hint import Hint, hint, near

_CANNOT = r"(?:not|cannot|can't|can not|couldn't|unable to|doesn't|don't|didn't|no longer|barely|hardly)"
_SADDLE = (
    r"(?:buttocks?|bottom|bum|backside|saddle|genitals?|genital area|perine\w*|perianal\w*|anus|anal|privates"
    r"|private parts|crotch|groin and buttocks|down below|down there|vagina|penis"
    r"|between ~1 legs)"
)
_SADDLE_DE = (
    r"(?:gesäß\w*|po|hintern|damm\w*|genital\w*|intimbereich\w*|reithose\w*|schritt|after|scheide|penis|sitzfläche"
    r"|zwischen den beinen)"
)
_SADDLE_LT = r"(?:tarpviet\w*|sėdmen\w*|lyties|lytini\w*|lytiniai|išang\w*|užpakal\w*|tarp kojų|tarpkoj\w*)"
_TOILET_LT = r"(?:tualetinio|popieriaus|šlapi\w*|tuštin\w*|pūsl\w*)"
_TOILET = (
    r"(?:wip\w*|toilet (?:paper|tissue)|loo (?:paper|roll)|when i (?:go|pee|poo)"
    r"|(?:passing|pass\w*|my|her|his|the) (?:urine|water|stools?|motions?|bladder|bowels?))"
)
_TOILET_DE = (
    r"(?:toilettenpapier|klopapier|stuhlgang|stuhldrang|stuhl|harndrang|urin|blase|wasserlassen|abwischen"
    r"|abputzen)"
)

_DEGREES = r"(?:(?:3[89]|4[01])[.,]\d|(?:3[89]|4[01]) ?(?:°|degrees|grad|laipsn\w*))(?: ?°? ?c)?"

_JUMPS = r"(?:jump(?:s|ed|ing)?|leap(?:s|ing|t)?|throw(?:s|ing)? (?:him|her|my)self|step(?:s|ping)? (?:off|in front))"
_FROM_HIGH = (
    r"(?:bridges?|buildings?|balcon(?:y|ies)|windows?|roofs?|rooftops?|cliffs?|trains?|tube|lorr(?:y|ies)|trucks?"
    r"|traffic|tracks)"
)
_DRIVES, _INTO = (
    r"(?:driv(?:e|es|ing)|steer(?:s|ing)?|crash(?:es|ing)?)",
    r"into (?:a |the |oncoming )?(?:trees?|walls?|traffic|river|bridge)",
)
_JUMPS_DE = r"(?:(?:(?:hin|her)?unter|ab)?(?:zu)?(?:springen|springe|springt|stürzen|stürzt|gesprungen)|fallen lassen)"
_FROM_HIGH_DE = r"(?:brücke\w*|dach\w*|balkon\w*|hochhaus\w*|fenster\w*|klippe\w*|gleise\w*|zug|turm)"
_JUMPS_LT = r"(?:(?:nu|iš|pa)?šok(?:ti|s|tų|o|a|siu|siąs)|mestis|puolti|nusimesti)"
_FROM_HIGH_LT = r"(?:tilt\w*|stog\w*|balkon\w*|lang(?:ą|o|us)|bokšt\w*|traukin\w*|daugiaaukšč\w*)"

HINTS_OF_FLAGS: tuple[Hint, ...] = (
    hint(
        "perhaps_of_the_heart_now",
        r"""
        (?:tight\w*|pressure|heav\w*|squeez\w*|discomfort|burning|weight|crushing|gripping|elephant|vice) ~5 chest
        chest ~3 (?:tight\w*|pressure|discomfort|heav\w*|crushing|squeez\w*|gripping)|arm and jaw|jaw and arm
        (?:jaw|arm|neck|chest) ~2 (?:pain |pains |hurts |aches )?(?:on|with|during) (?:exertion|effort)
        (?:short\w*|out) of breath at rest|breathless at rest|cannot breathe|can't breathe
        krūtin\w* (?:spaud|verž|maud|degin)\w*
        (?:spaud|verž|maud|degin|skaud)\w* krūtin\w*(?! ląst| stubur| dal)|brust(?:druck|enge)
        (?:druck|enge) ~2 (?:brust|brustkorb)|brust ~3 (?:eng|druck|drückt|zugeschnürt)|engegefühl|ruhedyspnoe
        herzschmerz\w*
        """,
        flags="CARDIAC",
        codes="I20 I21 R07.2 R07.3",
    ),
    hint(
        "perhaps_of_the_cauda",
        rf"""
        {_CANNOT} ~1 (?:feel\w*|sens\w*) (?!pain |burning |any pain )~5 (?:{_SADDLE}|{_TOILET})
        (?:no|lost|loss of|reduced|less|without|altered) ~1 (?:feeling|sensation) ~5 (?:{_SADDLE}|{_TOILET})
        numb\w* ~5 {_SADDLE}|{_SADDLE} ~3 numb\w*
        (?:lost|loses|losing|no|loss of|poor) ~1 control (?:of|over) ~1 (?:bladder|bowels?|water\w*|urine|motions)
        (?:wet|wets|wetting|soils?|soiled|soiling) (?:herself|himself|themselves|myself)|bladder ~2 won't empty
        {_CANNOT} ~2 (?:pass(?:ed)? (?:any )?(?:urine|water)|pee|peed|wee|urinated?|empty ~1 bladder)
        (?:hasn't|has not|have not|haven't|not) ~1 (?:passed (?:urine|water)|peed|urinated) ~1 (?:since|for|all day)
        no urine ~1 (?:since|for|passed)|sciatic\w* ~3 both (?:legs|sides)|taub\w* ~5 {_SADDLE_DE}
        {_SADDLE_DE} ~3 (?:taub\w*|gefühllos\w*|pelzig\w*|eingeschlafen)|(?:pelzig|gefühllos)\w* ~3 {_SADDLE_DE}
        kein\w* (?:gefühl|empfinden) ~5 (?:{_SADDLE_DE}|{_TOILET_DE})
        (?:spür|merk|fühl)\w* ~5 {_TOILET_DE} ~2 (?:nicht|kaum|kein\w*)
        (?:spür|merk|fühl)\w* ~2 (?:nicht|nichts|kaum|kein\w*) ~3 {_TOILET_DE}
        {_TOILET_DE} ~3 (?:nicht|kaum|kein\w*|nichts) ~1 (?:spür|merk|fühl|gespür|gefühl|gemerkt)\w*
        kein harndrang|kann ~5 (?:nicht|kein\w*) ~2 (?:wasser lassen|urin\w*|pinkeln)
        (?:wasserlassen|urinieren) ~2 (?:nicht ~1 möglich|unmöglich)
        (?:blase|darm|stuhl|urin|harn) ~2 nicht ~1 (?:halten|kontrollieren|unter kontrolle)
        (?:nässt|kotet) (?:sich )?ein|eingenässt|eingekotet|einnässen|einkoten|überlaufblase
        (?:ne|nebe)jau(?:č|s|t)\w*(?! skausm| jokio skausm)[,;]? +~5 (?:{_SADDLE_LT}|{_TOILET_LT})
        {_SADDLE_LT} ~3 (?:tirp|nutirp|aptirp|bejausm|nejau|nebejau)\w*
        (?:tirp|nutirp|aptirp)\w* ~3 {_SADDLE_LT}|(?:ne|nebe)(?:su)?laik\w* (?:šlapim|išmat)\w*
        (?:šlapim|išmat)\w* (?:ne|nebe)(?:su)?laik\w*|(?:ne|nebe)kontroliuoj\w* ~1 (?:šlapi|tuštin|pūsl|žarn)\w*
        (?:ne|nebe)(?:gal|pavyk|pajėg)\w* ~3 (?:nusi|pasi)?šlapint\w*|(?:nenusi|nepasi)šlap\w*
        šlapim\w* (?:susilaik|neišsiskir|nebeišsiskir)\w*|prisišlap\w*|apsišlap\w*
        """,
        flags="CAUDA",
    ),
    hint(
        "perhaps_of_the_cord",
        r"""
        clumsy (?:hands?|fingers)|(?:hands?|fingers?) ~3 (?:clums\w*|like gloves|won't obey|not obey)
        (?:keeps? dropping|drops?|dropping) (?:things|objects|cups?|plates?|keys)
        legs? (?:give|gives|giving|gave) way|buckling legs?
        (?:cannot|can't|trouble|difficulty|struggl\w*) (?:with )?~1 (?:buttons|buttoning|shoelaces)
        electric\w* ~1 (?:shocks?|currents?|jolts?) ~5 (?:spine|back|neck)
        (?:walks?|walking|gait) ~3 (?:unstead\w*|stagger\w*|wobbl\w*|like ~1 drunk\w*|drunk\w*)|stagger\w* gait
        (?:legs?|arms?|hands?) ~3 (?:getting|growing|becoming) weak\w*|weaker (?:by the|every|day by) day
        nevikrios rankos|sulinksta kojos|ungeschickte hände|beine knicken ein
        (?:hände|finger) ~3 (?:ungeschickt|gehorchen)|ungeschickt\w* (?:hände|finger)|lässt ~2 fallen
        fällt ~3 aus der hand|(?:geht|läuft|gang) ~2 (?:unsicher|schwankend|breitbeinig|wie betrunken)
        unsicher\w* gang\w*|torkelt|stromschl\w* ~5 (?:wirbelsäule|rücken|nacken)
        (?:beine|arme|hände) ~3 (?:immer|zunehmend) schwächer|zunehmende ~1 schwäche
        knöpfe ~3 (?:nicht|kaum|schwer)|(?:krint|kris|krent)\w* ~1 iš rankų|iš rankų ~1 (?:krint|kris|krent)\w*
        (?:rankos|pirštai) ~2 (?:nevikr|nerang|neklaus|nebeklaus)\w*
        (?:eisena|eina) ~2 (?:netvirt|nestabil|svyr|kaip girt)\w*|svyruoja (?:einant|eidam)\w*
        (?:užsisegti|užsegti|susagstyti) ~1 sag\w*
        elektros ~1 (?:srov|smūg|impuls)\w* ~5 (?:stubur|nugar|kakl)\w*
        (?:kojos|rankos) ~3 (?:silpnė|silpnesn|nusilp)\w*|silpnėja ~1 (?:kojos|rankos)
        """,
        flags="MYELOPATHY NEW_WEAKNESS",
    ),
    hint(
        "face_arm_or_speech",
        rf"""
        (?:face|mouth|smile) ~5 (?:droop\w*|dropp\w*|sagg\w*|crooked|lopsided|twisted|uneven|slack)
        (?:face|mouth|smile) ~5 (?:asymmetric\w*|hang\w*)
        (?:droop\w*|sagging|crooked|lopsided|twisted|asymmetric\w*) ~2 (?:face|mouth|smile)
        facial (?:droop\w*|asymmetr\w*|palsy|paresis|paralysis)
        (?:speech|words) ~3 (?:slurr\w*|garbl\w*|jumbl\w*)|slurr\w* ~2 (?:speech|words?)|slurring
        (?:slurs|slurred)|sudden\w* ~3 {_CANNOT} ~1 (?:speak|talk|walk|see|find ~2 words)|{_CANNOT} ~1 speak
        sudden\w* ~5 (?:limp|paraly[sz]\w*|useless)
        (?:arm|leg|hand|side) ~2 suddenly ~3 (?:weak|limp|numb|dead|heavy)
        sudden\w* ~3 (?:weak\w*|numb\w*) ~3 (?:arm|leg|hand|side|face)
        (?:arm|leg|side|half) ~3 (?:went|gone|goes) (?:limp|dead|paraly\w*)|hemipar\w*|hemipleg\w*
        (?:one|left|right)[- ]sided (?:weakness|paralysis)|mini[ -]?strokes?
        mundwinkel ~5 (?:häng\w*|tiefer|herab\w*|schief)|häng\w* ~2 (?:mundwinkel|gesicht\w*)
        gesicht\w* ~3 (?:schief|häng\w*|gelähmt|asymmetrisch)|schief\w* (?:gesicht|mund|lächeln)|gesichtslähmung
        (?:fazialis|facialis)(?:parese|lähmung)|(?:verwaschen|lallend|undeutlich)\w* (?:sprache|aussprache)
        (?:sprache|aussprache) ~3 (?:verwaschen|undeutlich|lallend|gestört)|lallt|lallen
        spricht ~3 (?:undeutlich|verwaschen)|kann ~3 nicht ~1 sprechen|sprachverlust|halbseit\w*
        plötzlich\w* ~5 (?:gelähmt|lähmung|kraftlos|taub)
        (?:arm|bein|hand|seite) ~2 plötzlich ~3 (?:schwach|taub|gelähmt|kraftlos)
        (?:veid|burn|lūp)\w* ~3 (?:perkreip|persikreip|pakryp|iškryp|nusvir|nusilei|nudrib|asimetr|perkryp|kreiv)\w*
        (?:perkreip|persikreip|pakryp|iškryp|nusvir|nudrib|perkryp|kreiv)\w* ~2 (?:veid|burn|lūp)\w*
        kalb\w* ~2 (?:neaišk|sutrik|neriš|pinasi|veliasi)\w*|(?:neaišk|neriš)\w* ~1 kalb\w*
        (?:negal|nebegal)\w* ~2 (?:kalbėti|ištarti|prakalbėti)|liežuvis (?:pinasi|veliasi)
        staiga ~5 (?:nusilp|nutirp|paraly|nebeklaus|suparaly)\w*
        (?:rank|koj|pus)\w* ~2 (?:paraly|suparaly|nebevald)\w*
        (?:paraly|suparaly|nebevald)\w* ~1 (?:rank|koj|pus)\w*|mikroinsult\w*
        """,
        flags="STROKE",
    ),
    hint(
        "perhaps_blind",
        rf"""
        amauros\w*|amaurosė|amauroz\w*|hemianop\w*
        (?:sudden\w*|temporar\w*|transient\w*|briefly) ~5 (?:blind\w*|(?:loss|lost|losing) ~2 (?:sight|vision))
        (?:lost|loses|losing|loss of) ~2 (?:sight|vision|eyesight)
        (?:sight|vision) ~3 (?:lost|gone|went black|grey|gray|dims)|went blind
        (?:blind|nothing) ~2 (?:one|left|right) eye|{_CANNOT} ~1 see ~5 (?:one|left|right) eye
        curtain ~5 (?:eye|vision|sight)
        (?:plötzlich|vorübergehend|flüchtig|kurzzeitig)\w* ~5 (?:blind|sehverlust|sehstörung\w*|erblind\w*)
        (?:plötzlich|vorübergehend|kurzzeitig)\w* ~5 nichts ~1 (?:gesehen|sehen|sieht)
        sieht ~5 (?:plötzlich )?nichts mehr|auf einem auge ~3 (?:blind|nichts)|vorhang ~3 auge|erblind\w*
        sehverlust|gesichtsfeldausf\w*|(?:staiga|laikinai|trumpam) ~5 (?:apak|nemat|nebemat|aptem)\w*|apako
        (?:viena|kaire|dešine) akimi ~2 (?:ne|nebe)mat\w*|(?:ne|nebe)mat\w* ~1 (?:viena|kaire|dešine) akimi
        (?:neteko|prarado) ~1 (?:regėjim|reg)\w*|regėjim\w* (?:netek|prarad)\w*|aptem\w* ak\w*
        """,
        flags="STROKE GCA",
    ),
    hint(
        "perhaps_a_thunderclap",
        r"""
        worst ~2 head ?aches?|(?:thunderclap|explosive|sudden\w*|like a (?:bolt|blow|bomb)) ~5 head ?aches?
        head ?aches? ~5 (?:sudden\w*|out of the blue|like a (?:bolt|blow|bomb)|exploded|in seconds|within seconds)
        head ?ache i (?:have )?ever|(?:schlimmst|stärkst|heftigst)\w* ~3 kopfschmerz\w*
        kopfschmerz\w* ~5 (?:schlagartig|blitzartig|explosionsartig|wie ein (?:blitz|schlag)|aus heiterem himmel)
        (?:schlagartig|blitzartig|explosionsartig)\w* ~5 kopfschmerz\w*|vernichtungskopfschmerz\w*
        galvos skausm\w* ~5 (?:staiga|žaibišk\w*|kaip žaib\w*|kaip smūg\w*|per sekund\w*)
        (?:staig|žaibišk|žaibin)\w* ~3 galvos skausm\w*
        (?:stipriausi|blogiausi|baisiausi)\w* ~2 galvos skausm\w*|staiga ~3 suskaudo galv\w*
        suskaudo galv\w* ~2 staiga
        """,
        flags="THUNDERCLAP",
    ),
    hint(
        "perhaps_an_artery_of_the_head",
        r"""
        scalp ~3 (?:tender\w*|hurt\w*|sore|pain\w*)|(?:tender|sore|painful) (?:scalp|temples?)
        tenderness of the scalp|hurts? ~5 (?:comb\w*|brush\w*) ~2 hair
        jaw ~3 (?:tires?|tired|hurts?|aches?|pain\w*) ~3 (?:chew|eat)\w*|(?:jaw|tongue) claudication
        temporal arter\w* ~3 (?:tender\w*|thick\w*|swollen|pulseless)
        (?:tender|thick\w*|swollen|pulseless) temporal arter\w*
        kopfhaut ~3 (?:schmerz\w*|empfindlich\w*|tut weh)|kopfhautschmerz\w*|schmerz\w* ~3 beim (?:kauen|kämmen)
        beim (?:kauen|kämmen) ~3 (?:schmerz\w*|weh)|kauschmerz\w*|kieferklaudikation
        schläfenarterie\w* ~3 (?:druck\w*|verdickt|geschwollen|schmerz\w*)
        galvos od\w* ~3 (?:skausm|jautr|skaud)\w*|(?:skaud|skausm)\w* ~5 (?:kramt|šukuoj)\w*
        (?:kramt|šukuoj)\w* ~5 (?:skaud|skausm)\w*|smilkin\w* arterij\w* ~3 (?:skausm|sustor|jautr)\w*
        (?:new|newly|recent|first ever|unfamiliar) ~2 (?:head ?aches?|cephalgia)
        head ?aches? ~2 (?:is |are )?(?:new|unfamiliar|never had before)
        (?:neue[rs]?|neu aufgetretene[rs]?|ungewohnte[rs]?) ~1 (?:kopfschmerz\w*|kopfweh)
        kopfschmerz\w* ~2 (?:neu|seit kurzem|ungewohnt)
        new galvos skausm\w*|new kopfschmerz\w*|nauj\w* ~1 galvos skausm\w*
        galvos skausm\w* ~2 (?:nauj|neįprast|prieš savaitę)\w*
        pulseless temple|giant cell arteritis|temporal arteritis|gca|polymyalgia ~6 head ?ache\w*|riesenzellarteriitis
        arteriitis temporalis
        gigantinių ląstelių arterit\w*|temporalin\w* arterit\w*|polimialg\w* ~6 galvos\w*
        polymyalgi\w* ~6 kopfschmerz\w*
        """,
        flags="GCA",
        from_age=50,
    ),
    hint(
        "perhaps_pressure_in_the_head",
        r"head ?aches?|kopfschmerz\w*|kopfweh|galvos skausm\w*|skauda galv\w*",
        r"""
        vomit\w*|throw\w* up|papill?o?edema|papilloedema
        worse (?:when |on )?(?:lying|coughing|straining|sneezing)|erbrechen|erbricht
        schlimmer (?:im liegen|beim (?:liegen|husten|pressen))|vem\w*|vėm\w*|pykinimas su vėmimu
        stiprėja (?:gulint|kosint|stangin\w*)|(?:stipresnis|blogiau) (?:gulint|kosint)
        """,
        flags="ICP",
    ),
    hint(
        "vomits_in_the_morning",
        r"""
        vomit\w* ~2 (?:in the |every )?mornings?|projectile vomit\w*|morgendliches erbrechen
        erbricht ~1 (?:morgens|jeden morgen)|rytinis vėmimas|rytais vemia|vemia rytais
        """,
        flags="ICP",
        conditions="pregnancy_t1 pregnancy_t2 pregnancy_t3 pregnancy_ge20w",
    ),
    hint(
        "sees_double",
        r"""
        sees? ~1 double|seeing double|double images?|unequal pupils|anisocori\w*
        pupils? ~2 (?:unequal|different|smaller)|ptosis|(?:drooping|droopy) (?:eye ?)?lid|eyelid droop\w*
        sieht doppelt|doppelt sehen|doppelsehen|doppelbild\w*|ungleiche pupillen|ptose|hängendes (?:augen)?lid
        (?:mato|vaizdas) dvigub\w*|dvigubai mat\w*|dvejin\w*|nevienod\w* vyzdži\w*|nusilei\w* vok\w*
        vok\w* nusilei\w*
        """,
        flags="DISSECTION STROKE",
    ),
    hint(
        "perhaps_bleeding_inside",
        r"""
        (?:poos?|stools?|motions?|faeces|feces|bowel movements?) ~3 (?:black|tar\w*|bloody|maroon|like tar)
        (?:black|tarry|bloody|maroon) ~1 (?:poos?|stools?|motions?|faeces|feces)
        blood ~3 (?:stools?|poo|toilet|vomit)
        (?:vomit\w*|throw\w* up|threw up|bring\w* up|brought up|puk\w*) ~3 blood|coffee[- ]grounds?
        stuhl\w* ~3 (?:schwarz|pechschwarz|teer\w*|blutig)|(?:schwarz|pechschwarz|blutig)\w* stuhl\w*
        teerstuhl\w*|blut ~2 (?:stuhl|toilette)|(?:erbricht|erbrochen|kotzt|spuckt) ~2 blut
        blut ~1 (?:erbrochen|gekotzt|erbricht)|kaffeesatz\w*|išmat\w* ~3 (?:juod|degut|krauj)\w*
        juod\w* ~1 išmat\w*|(?:vem|vėm)\w* ~1 krauj\w*|krauj\w* ~1 (?:išmat|vėmal)\w*
        tuštin\w* (?:krauj|juod)\w*|kavos tirš\w*
        """,
        flags="GIBLEED",
    ),
    hint(
        "perhaps_feverish",
        rf"""
        {_DEGREES} ~3 (?:shiver\w*|fever\w*|chill\w*|shak\w*|sweat\w*|temp\w*|fieber|schüttelfrost)
        {_DEGREES} ~3 (?:karšč|šaltkr|kreč)\w*
        shivering|rigors?|shaking chills|feverish|schüttelfrost|fiebrig\w*|fiebert|karščiuo\w*|krečia šaltis
        temperatūr\w* ~1 (?:pakil|aukšt)\w*
        """,
        flags="INFECTION",
        conditions="fever_systemic",
        passes=True,
    ),
    hint(
        "perhaps_jaundice",
        r"""
        pagelt\w*|gelton\w* (?:oda|akys)|gelbe (?:haut|augen)|ikter\w*|icter\w*|(?:eyes?|skin) ~3 yellow\w*
        yellow\w* ~1 (?:eyes?|skin)|turn\w* yellow|urine ~2 (?:dark|brown|cola|coke|tea|black)
        (?:dark|brown|cola|tea)[- ]?(?:colou?red )?urine|(?:haut|augen) ~3 gelb
        urin ~3 (?:dunkel|braun|bierbraun|cola\w*)|(?:dunkl|braun|bierbraun)\w* urin
        (?:oda|akys) ~2 (?:gelt|pagelt)\w*|šlapim\w* ~2 (?:tams|rud|kaip)\w*|tams\w* šlapim\w*
        (?:pale|clay|grey|white)[- ]?(?:colou?red )?stools?|heller stuhl|šviesios išmatos
        """,
        flags="LIVER",
        codes="R17",
    ),
    hint(
        "perhaps_an_eye",
        r"""
        halos?|haloes|eye pain|painful (?:red )?eyes?|akies skausm\w*|augenschmerz\w*
        (?:rainbows?|rings) (?:round|around) ~1 (?:lamps?|lights?)|eyes? ~2 (?:red and painful|painful and red)
        farbige ringe|vaivorykšt\w* (?:ratil|aplink)\w*|skauda (?:akį|akis)
        """,
        flags="RETENTION_GLAUCOMA",
        conditions="glaucoma_narrow",
        codes="H57.1",
    ),
    hint(
        "perhaps_too_much_serotonin",
        r"twitch\w*|shak\w*|trembl\w*|tremor\w*|jerk\w*|zitter\w*|zuck\w*|dreb\w*|trūkčioj\w*",
        r"sweat\w*|agitat\w*|restless\w*|fever\w*|confus\w*|schwitz\w*|unruh\w*|prakait\w*|neram\w*",
        r"""
        tablets?|pills?|drugs?|medic\w*|dose|dosis|tramadol\w*|ssris?|antidepress\w*|sertralin\w*|tablett\w*
        medikament\w*|vaist\w*|doz\w*
        """,
        flags="SEROTONIN",
    ),
    hint(
        "loses_weight",
        r"""
        los(?:t|es|ing) ~3 \d+(?:[.,]\d)? ?(?:kg|kilos?|kilograms?|pounds?|lbs?|stone)(?: ~5 (?:without|not) \w+)?
        (?:kg|kilos?|pounds|stone) ~3 (?:lighter|lost)(?: ~5 (?:without|not) \w+)?
        \d+ ?(?:kg|kilo) ~3 (?:abgenommen|verloren)
        (?:abgenommen|verloren) ~2 \d+ ?(?:kg|kilo)|ungewollt\w* ~2 (?:abgenommen|gewichts\w*)
        (?:netek|sulys|numet|krito|nukrito)\w* ~3 \d+ ?kg|\d+ ?kg ~3 (?:sulys|numet|netek|liesės)\w*
        (?:be priežasties|nenorom\w*) ~2 (?:sulys|numet|liesė|krent)\w*
        """,
        flags="MALIGNANCY",
        unless=r"""
        diet\w*|slimm\w*|on purpose|intention\w*|exercis\w*|gym|diät\w*|sport\w*|diet[ao]\w*|semaglutid\w*
        ozempic|wegovy|mounjaro|bariatric|weight watchers|purposely|absichtlich|tyčia|specialiai
        since giving birth
        """,
    ),
    hint(
        "perhaps_a_tumour_of_bone",
        r"metasta[sz]\w*|secondaries|lytic|osteolytisch\w*|lizin\w*",
        r"spin\w*|vertebra\w*|bones?|wirbel\w*|knochen\w*|stubur\w*|slankst\w*|kaul\w*|lesions?",
        flags="MALIGNANCY FRACTURE",
    ),
    hint(
        "reaction_to_a_drug",
        r"""
        hives|rash|urticaria|swell\w*|swollen|wheez\w*|anaphyla\w*|dilgėlin\w*|bėrim\w*|patin\w*|ausschlag
        nesselsucht|schwellung|geschwollen
        """,
        r"""
        (?:after|from|to|by|with|due to|po|nuo|nach|durch) ~2 (?:tablets?|pills?|medicines?|drugs?|medication)
        (?:after|from|to|by|with|due to|po|nuo|nach|durch) ~2 (?:capsules?|antibiotics?|painkillers?)
        (?:po|nuo|nach|durch) ~2 (?:vaist|tablet|medikament)\w*
        """,
        flags="ANAPHYLAXIS",
    ),
    hint(
        "cannot_swallow",
        r"""
        (?:cannot|can't|unable to|difficulty|trouble) swallow\w*|negali (?:nu)?ryti|kann nicht schlucken
        """,
        flags="STROKE ANAPHYLAXIS",
    ),
    hint(
        "swollen_leg",
        r"""
        calf|calves|(?:one|left|right|unilateral|lower) (?:lower )?leg|blauzd\w*|(?:kairė|dešinė|viena) koj\w*
        waden?|unterschenkel\w*|(?:linkes|rechtes|ein) bein|waden?(?:schwellung|ödem)
        """,
        r"""
        swell\w*|swollen|oedem\w*|edem\w*|thicker|tin(?:sta|imas)|patin\w*|ištin\w*|schwell\w*|schwillt
        geschwollen\w*|ödem\w*|waden?(?:schwellung|ödem)
        """,
        flags="CARDIAC",
        codes="I80 I82.9 M79.8",
    ),
    hint(
        "hurt_in_a_fall",
        r"""
        fall|falls|fell(?! asleep)|fallen(?! asleep)|whiplash|accident|crash|collision|trauma|injur\w*|hit
        krit\w*|nukrit\w*|griuv\w*|pargriuv\w*|avarij\w*|traum\w*|susitrenk\w*|sturz|stürzte|gestürzt|unfall
        schleudertrauma|verletz\w*|hws[ -]distorsion
        """,
        r"""
        whiplash|neck|cervical|spine|spinal|head|back|kakl\w*|sprand\w*|galv\w*|nugar\w*|stubur\w*|nacken\w*
        hals|hws|kopf|rücken\w*|wirbel\w*|schleudertrauma
        """,
        flags="FRACTURE INSTABILITY",
        codes="S10 S11 S13 S14 S19 S20 S23 S24 S33 S34 S06 S09 T09 T91",
    ),
    hint(
        "hurt_with_force",
        r"""
        (?:car|road|traffic|bike|bicycle|motorbike|motorcycle|scooter) ~1 (?:accident|crash|collision)
        (?:train|bus|ski\w*|riding) ~1 (?:accident|crash|collision)
        rta|mva|rear[- ]ended|(?:hit|struck|run over|knocked down) by ~1 (?:car|bus|bike|van|truck|lorry|train)
        (?:fell|fallen|thrown|knocked) ~1 (?:down|off|from|out of) ~2 (?:stairs?|steps|ladder|roof|horse|bike|bicycle)
        (?:fell|fallen|thrown|knocked) ~1 (?:down|off|from|out of) ~2 (?:tree|wall|window|height|balcony)
        concuss\w*|commotio\w*|gehirnerschütter\w*|smegenų sukrėtim\w*|assaulted|beaten up|punched ~2 (?:head|face)
        autoavarij\w*|eismo įvyk\w*|(?:krito|nukrito|nukritau|griuvo) ~1 nuo ~1 (?:laipt|kopėč|stog|arkl|dvirač)\w*
        (?:auto|verkehrs|fahrrad|motorrad|reit|ski|arbeits)unfall|treppensturz
        (?:treppe|leiter|pferd|fahrrad|dach) ~2 (?:gestürzt|gefallen)
        """,
        flags="FRACTURE INSTABILITY",
        newly=True,
    ),
    hint(
        "tuberculosis",
        r"""
        tuberculosis|tuberculous|tb treatment|active tb|open tb|tbc|tuberkulioz\w*|tuberkulose|offene tb
        """,
        conditions="fever_systemic",
        unless=r"""
        latent|contact|expos\w*|screen\w*|skin test|vaccin\w*|bcg|skiep\w*|kontakt\w*|impf\w*
        """,
    ),
    hint(
        "tired_of_living",
        rf"""
        (?:wish\w*|want\w*|wants) ~2 (?:to die|dead)|better off dead
        life (?:is |was |feels )?(?:not worth|pointless|meaningless)|not worth living|(?:risk of )?(?:para)?suicid\w*
        self[ -]?(?:harm|injur|poison)\w*
        (?:cut|cuts|cutting|slit|slits|hurts?|hurting|harm|harms|harming) (?:(?:him|her|my)self|(?:his|her|my) wrists?)
        end(?:ing)? (?:it all|things)|kill\w* (?:him|her|my)self
        (?:hang|drown|shoot|poison)(?:ing|ed)? (?:him|her|my)self|end(?:ing)? (?:his|her|my|their) life
        (?:took|taken|takes|intentional|deliberate|attempted) ~3 overdos\w*|overdosed
        jump(?:ing|ed)? (?:off|from|in front of) (?:a |the )?(?:bridge|building|balcony|window|roof|train)
        (?:no|nothing|without) (?:reason )?to live(?: for)?
        (?:never|not) ~1 wake up (?:again|any ?more|tomorrow)|{_CANNOT} ~1 want\w* to wake up|rather not wake up
        (?:wish\w*|want\w*|hop\w*|pray\w*) ~5 (?:never|not) (?:to )?wak(?:e|ing) up
        (?:sleep|bed) ~3 (?:never|not) (?:to )?wake up|better off ~1 without (?:me|him|her|them)
        (?:world|everyone|everybody|family|they|kids|children|all) ~2 (?:be |is |are )better off(?: ~1 without \w+)?
        rather ~1 (?:be )?dead|wish\w* ~3 (?:never been born|not exist|disappear|were dead|was dead)
        (?:saving up|saved up|saves up|hoard\w*|stockpil\w*|stash\w*) ~3 (?:pills?|tablets?|medic\w*|meds)
        (?:saving up|hoard\w*|stockpil\w*|stash\w*) ~3 (?:insulin|morphine|opioids?)
        (?:pills?|tablets?|medic\w*|meds) ~2 (?:saved up|hoarded|stockpiled|stashed)
        (?:good ?bye|farewell|suicide) (?:letters?|notes?|messages?)|giv\w* away ~3 (?:belongings|possessions)
        (?:no|any|lost the|without) (?:point|reason|will|sense) (?:in |to |of |for )?(?:living|live|life|go(?:ing)? on)
        can(?:'t|not) (?:see the point|go on living|go on any ?more)
        (?:tired|weary|sick|fed up) (?:of|with) (?:living|life)|death wish
        {near(_JUMPS, _FROM_HIGH)}
        {near(_DRIVES, _INTO)}
        {_CANNOT} want to (?:be here any ?more|be alive|exist|live(?! with| in| at| near| on| alone| like))
        """,
        flags="SUICIDE",
        codes="Z91.5 R45.81",
    ),
    hint(
        "tired_of_living_in_german",
        rf"""
        nicht mehr (?:aufwachen|leben|da sein|hier sein|weiterleben|auf der welt)
        (?:nie wieder|nie mehr) aufwachen|einschlafen und (?:nicht|nie) ~1 aufwachen
        (?:will|möchte|wollte|würde|lieber) (?:(?!nicht)[\w'-]+ ){0, 3}(?:sterben|tot sein)
        (?:wäre|am liebsten|lieber|besser) ~1 tot|(?:ohne|besser dran ohne) (?:mich|sie|ihn) ~2 besser
        besser ~1 (?:dran )?ohne (?:mich|sie|ihn)|suizid\w*|selbstmord\w*|selbsttötung\w*|lebensmüd\w*
        lebensüberdr\w*|todeswunsch\w*|todeswünsche|todessehnsucht|abschiedsbrief\w*|selbstverletz\w*
        selbstgefährd\w*|eigengefährd\w*|ritzt (?:sich|mich)|ritzen
        (?:sich|mich) ~2 (?:umbringen|umzubringen|erhängen|erschießen|vergiften)|das leben (?:zu )?nehmen
        dem leben ein ende|vor (?:den|einen|die) (?:zug|s-bahn|u-bahn|bahn|lkw|auto)
        {near(_JUMPS_DE, _FROM_HIGH_DE)}
        (?:gegen|in) (?:den|einen|die|eine) ~1 (?:baum|wand|mauer|brückenpfeiler|gegenverkehr) ~2 f(?:ahren|ährt)
        (?:sammelt|hortet|gesammelt|gehortet|spart) ~3 (?:tabletten|medikamente|pillen)
        (?:tabletten|medikamente|pillen) ~2 (?:gesammelt|gehortet|sammelt|hortet|horten)
        kein\w* (?:sinn|grund) ~3 (?:leben|lebens|weiterzuleben|zu leben)
        leben ~3 (?:keinen sinn|sinnlos|nicht ~1 lebenswert)|lebenswille\w* ~1 verloren|keinen lebenswillen
        """,
        flags="SUICIDE",
    ),
    hint(
        "tired_of_living_in_lithuanian",
        rf"""
        {near(_JUMPS_LT, _FROM_HIGH_LT)}
        po (?:traukini|mašin|sunkvežimi|ratais)\w*|(?:įvažiuoti|rėžtis|vairuoti) į ~1 (?:medį|sieną|stulpą)
        nusižud\w*|savižud\w*|pasikar(?:ti|tų|siu|siąs|ė)\w*|nusinuody\w*|nusišau\w*|atimti sau gyvybę
        baigti gyvenimą|pasitraukti iš gyvenimo|užbaigti gyvenimą|baigti su savimi|savižal\w*|žaloja\w* save
        save žaloja\w*|žalojasi|pjaust\w* (?:rankas|venas)|pjaustosi|persipjauti venas
        (?:ne|nebe)nor\w* ~2 (?:gyventi(?! su| pas| kartu| vien)|pabusti|prabusti|atsibusti|nubusti)
        geriau ~2 (?:nebūti|mirti|numirti|nebegyventi|nepabusti|neprabusti|nebūčiau)
        (?<!ne)nor(?:i|iu|ėčiau|ėjo|ėtų) ~2 (?:mirti|numirti|nepabusti|nebepabusti|nebegyventi)
        užmigti ir (?:ne|nebe)\w+|be manęs ~5 geriau|geriau ~3 be manęs
        (?:jiems|visiems|šeimai|vaikams) ~3 geriau be (?:jos|jo)
        (?:(?:ne|nebe)(?:mat|jauč|tur)\w*|nėra|nebėra|prarado) ~2 (?:prasm|tiksl|nor|vilt)\w* ~1 gyven\w+
        (?:gyvent|gyvenim)\w* ~2 (?:prasm|bepras)\w*|gyvenim\w* ~1 beprasm\w*
        (?:pavargo|nusibodo|atsibodo) gyventi|(?:kaup|prisikaup|taup|slepia)\w* ~2 (?:vaist|tablet)\w*
        atsisveikinimo (?:laišk|rašt)\w*
        """,
        flags="SUICIDE",
    ),
    hint(
        "perhaps_withdrawal_from_a_pump",
        r"\w*pump(?!kin)\w*|pomp(?:a|os|ą|oje|omis)|itb|reservoir",
        r"""
        empt\w*|alarm\w*|beep\w*|dry|dried up|r[au]n(?:s|ning)? ~1 (?:out|low|dry)
        (?:miss|delay|overdue|late)\w* ~3 refill\w*
        refill\w* ~3 (?:miss|delay|overdue|late)\w*|not (?:been )?(?:re)?filled|stopp\w*|fail\w*
        malfunction\w*|brok\w*|off
        defe[ck]t\w*
        (?:catheter|katheter\w*|kateter\w*) ~3 (?:kink|dislodg|disconnect|block|broke|geknickt|gerissen|nutrūk)\w*
        batter\w* ~3 (?:flat|dead|low|empty|leer)|leer\w*|piept|nicht (?:nach)?gefüllt|füllung ~2 versäumt
        tušči\w*|suged\w*|gedim\w*|baigėsi|išseko|pypsi|neužpildyt\w*|nepapildyt\w*|sustoj\w*|neveikia
        """,
        flags="PUMP",
        passes=True,
        unless=r"insulin\w*|breast|milk\w*|proton\w*|ppi|hearts?|heat|iron|bike|tyre|petrol|gas|water|calf|muscle|muskelpumpe"
        r"|wadenpumpe|krūties|pieno|vanden\w*|stomach|blood pressure|inhal\w*",
    ),
)
