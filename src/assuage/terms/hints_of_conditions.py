"""Hints at conditions: `missed period`, `bruises easily`, `6 beers a day`. All are ours, written down from memory."""

from __future__ import annotations

from assuage.terms.hint import Hint, hint
from assuage.terms.hints_of_drink import DRINKS_TOO_MUCH, NOT_SOFT

_PREGNANCY = "pregnancy_t1 pregnancy_t2 pregnancy_t3 pregnancy_ge20w"
_PERIOD = r"(?:periods?(?! of| pain)|menses|menstruations?)"
_MENSES_LT, _MENSES_DE = r"(?:mėnesin|menstruacij)\w*", r"(?:periode|regel(?:blutung)?|menstruation|mens)"
_BRUISES_DE = r"(?:blaue[n]? flecken?|hämatome?n?|blutergüsse)"

# What may stand between the name of a score and its number.
_TO = r"\D{0,20}"
_WISHES = r"(?:trying|tries|try|hoping|hopes|wants?|wishes|wish|planning|plans)"
# A cycle has four weeks; from the fifth after the last period on it may be a pregnancy (ours).
_OVERDUE = r"(?:[5-9]|[1-3]\d|five|six|seven|eight|nine|ten|eleven|twelve|fünf|sechs|sieben|acht|neun|zehn)"
_VALVE = r"(?:aort|mitral|tricuspid|trikuspid|pulmon|valv|vožtuv)\w*(?: valve| valvular| klappe| vožtuvo)?"
_NOT_KNOWN = r"(?:does not|doesn't|cannot|can't) (?:recogni[sz]e|remember|recall)"

HINTS_OF_CONDITIONS: tuple[Hint, ...] = (
    hint(
        "perhaps_pregnant",
        rf"""
        (?:missed|skipped) ~3 {_PERIOD}|{_PERIOD} ~3 (?:late|overdue|missed|delayed|absent|stopped|not come)
        (?:late|overdue|delayed|absent|no) ~1 {_PERIOD}|amenorr\w*|amenorėja|positive (?:pregnancy|hcg) test
        (?:pregnancy|hcg)(?: test)?(?: is| was)? positive|(?:positive|raised) hcg|hcg \d\d+
        {_WISHES} (?:to |for |a |be |have |get |become )*(?:conceive|conception|pregnan\w*|baby|child)
        unprotected (?:sex|intercourse)|morning sickness|ivf|in vitro fertili[sz]ation|embryo transfer
        gestation\w*|\d+ (?:weeks?|wks?) (?:gestation|amenorr\w*)
        expecting (?:a |her |their )?~1 (?:baby|child|twins)|expectant mother|antenatal|prenatal|laukiasi
        \d+\.? ?ssw|ssw \d+|schwangerschaftswoche|in anderen umständen|mutterpass
        (?:vėluoja|neatėjo|dingo|nėra|nebėra) ~1 {_MENSES_LT}
        {_MENSES_LT} ~1 (?:vėluoja|neatėjo|dingo|nėra|nebėra)|planuoja (?:pastoti|nėštumą|vaiką|kūdikį)
        teigiamas nėštumo testas|nėštumo testas teigiamas
        (?:ausgebliebene|überfällige|verspätete|keine) {_MENSES_DE}
        {_MENSES_DE} ~3 (?:ausgeblieben|überfällig|verspätet|bleibt aus|blieb aus)|kinderwunsch
        schwangerschaftstest positiv|positiver schwangerschaftstest
        (?:lmp|last (?:menstrual )?period) ~2 {_OVERDUE} (?:weeks?|wks?) ago
        (?:lmp|last (?:menstrual )?period) ~2 (?:[2-9]|10|two|three|four|five|six) months? ago
        letzte ~1 {_MENSES_DE} ~2 vor ~1 {_OVERDUE} wochen
        letzte ~1 {_MENSES_DE} ~2 vor (?:[2-9]|10|zwei|drei) monaten
        paskutin\w* {_MENSES_LT} ~2 prieš {_OVERDUE} sav\w*
        paskutin\w* {_MENSES_LT} ~2 prieš (?:[2-9]|10|du|tris) mėn\w*
        (?:may|might|could) be (?:expecting|with child)|is expecting|due date|edd|(?:first|second|third) trimester
        (?:geburts|entbindungs)termin|gimdymo (?:data|termin\w*)|\d\d?(?:\+\d)?/40|baby bump|besilaukiant\w*
        """,
        conditions=_PREGNANCY,
        codes="N91 Z32 O00 O03 N97",
        passes=True,
    ),
    hint(
        "weeks_of_a_pregnancy",
        # A number of weeks and days, beside what counts pregnancies or alone.
        r"""
        (?:[1-3]\d|4[0-2])\+[0-6](?! ?(?:mg|ml|g|x|units|points))
        g ?[1-9]\W{0,2}p ?\d\W+~2 \d{1,2} ?(?:\+ ?\d )?(?:weeks?|wks?|w|sav\w*|ssw|months?|mėn\w*)
        (?:gravida|gravid|primigravida|multigravida|primipara)\W+~3 (?:\d\W+)?\d{1,2} ?(?:weeks?|wks?|sav\w*|ssw)
        (?:nori|bando|siekia|mėgina|planuoja|tikisi) ~1 (?:pastoti|vaik\w*|vaikel\w*|kūdik\w*|susilaukti|nėštum\w*)
        (?:möchte|will|wünscht|versucht|plant) ~3 (?:schwanger|kind|baby|nachwuchs)|schwanger ~1 werden|babywunsch
        (?:stop\w*|came off|off) ~2 (?:contracept\w*|pill|coil) ~3 (?:conceive|baby|pregnan\w*|family)
        (?:starting|start|plans|planning|wants|wishes) ~2 family|wish(?:es)? for ~1 (?:child|baby)
        pregnancy (?:wish|planned|desired)|planned ~1 pregnan\w*|plan\w* ~2 (?:pregnan\w*|conceive|parenthood|babies)
        (?:fertility|infertility) (?:treatment|clinic|drugs?)|ivf|icsi|iui|insemination|in vitro
        egg (?:retrieval|collection)
        embryo\w* (?:transfer|implant\w*)|assisted (?:reproduction|conception)|hoping for ~1 (?:baby|child)
        ovulation induction
        šeimos (?:pagausėj|planavim|gausin)\w*|pagausė\w* šeim\w*|planuoja ~1 (?:šeimą|susilaukti|gimdyti)
        (?:stengiasi|tikisi|svajoja) ~1 pastoti
        (?:dirbtin|pagalbin)\w* apvaisin\w*|embrion\w* (?:perkėl|įkėl)\w*|nevaisingumo gydym\w*
        laukia ~1 (?:kūdik|vaik)\w*|nori (?:tapti )?mama
        familiengründung|familie gründen|nachwuchs ~1 geplant
        (?:schwangerschaft|kind|baby) ~2 (?:geplant|gewünscht|planen)|künstliche befruchtung
        kinderwunsch\w*|wunschkind|pille ~2 abgesetzt|verhütung ~2 abgesetzt|embryotransfer|eisprung\w*
        hormonstimulation|will ~1 mutter werden
        """,
        conditions=_PREGNANCY,
        unless=r"adopt\w*|įvaikin\w*|adoptier\w*|completed|abgeschlossen\w*|(?:19|20)[01]\d|before|damals",
    ),
    hint(
        "perhaps_breastfeeding",
        r"""
        gave birth|breast[ -]?fe(?:e|d)\w*|stillt ~2 (?:baby|kind|säugling)
        (?:baby|infant) ~2 (?:at the breast|breastfed)|post ?partum|newborn|nursing|delivered (?:a )?baby
        baby (?:is |of )?\d+ (?:days?|weeks?|months?)|pagimdė|kūdik\w*|naujagim\w*|maitina krūtimi|wochenbett
        entbunden|neugeboren\w*|säugling\w*
        """,
        conditions="lactation",
        codes="Z39 O92",
        passes=True,
    ),
    hint(
        "bleeds_easily",
        rf"""
        bruis\w* (?:very |so |too )?(?:easi\w*|all over|a lot|for no|without)
        (?:easy|easily|unexplained|spontaneous|frequent|many|multiple|lots of) ~1 bruis\w*
        bleed\w* ~3 (?:easi\w*|long|for hours|heavily)|(?:easy|prolonged|excessive|unusual|spontaneous) bleeding
        nose ?bleeds?|nose bleeding|epistaxis|gums? ~1 bleed\w*|bleeding (?:from the )?gums?|petechia\w*|purpura
        (?:lengvai|greitai|dažnai|be priežasties|savaime) ~2 mėlyn\w*
        mėlyn\w* ~2 (?:lengvai|greitai|dažnai|be priežasties|savaime)|kraujuoja (?:iš nosies|dantenos)
        kraujavim\w* iš nosies|dantenų kraujavim\w*|petechij\w*
        (?:leicht|schnell|häufig|spontan\w*|viele|ständig) ~1 {_BRUISES_DE}
        {_BRUISES_DE} ~3 (?:leicht|schnell|häufig|ohne grund|ständig)|nasenbluten|zahnfleischbluten|petechien
        blutet (?:leicht|lange)
        """,
        conditions="bleeding_disorder",
        codes="R04.0 R23.3 K06.8",
    ),
    hint(
        "bleeds_by_what_is_given",
        r"""
        alteplas\w*|tenecteplas\w*|reteplas\w*|streptokinas\w*|urokinas\w*|rt-?pa|thromboly\w*|lysetherapie
        lyse|trombolizė\w*|tromboliz\w*|anti[ -]?(?:factor |faktor )?xa
        """,
        conditions="bleeding_disorder on_anticoagulant",
    ),
    hint(
        "blood_does_not_clot",
        r"""
        (?:v|von|fon)?[ .-]?willebrand\w*|vilebrand\w*|vwd|vws|ha?emophil\w*|hämophil\w*|hemofil\w*
        bluter(?:in|krank\w*)?
        (?:factor|faktor) (?:i|ii|v|vii|viii|ix|x|xi|xii|xiii|\d\d?)\W~1 (?:deficien\w*|mangel\w*|lack)
        faktor-?(?:[ivx]+|\d\d?)-?mangel|(?:[ivx]+|\d\d?) ?(?:krešėjimo )?faktor\w* (?:trūkum|stok|deficit)\w*
        christmas disease|glan[sz]mann\w*|thrombasthen\w*|tromb\w*asten\w*|bernard[ -]soulier\w*|storage pool
        (?:platelet|thrombocyte) (?:function|disorder|dysfunction|defect)\w*|thrombo(?:cyto|zyto)?path(?:y|ie)
        tromb(?:oc\w*)?opat\w*|thrombo[cz]ytop\w*|trombocitopen\w*|itp|(?:low|few) (?:platelet|thrombocyte)s?
        ha?emorrhagic telangiecta\w*|hht|osler\w*|hermansky\w*|(?:a|hypo|dys)fibrinogen\w*|vitamin k deficien\w*
        ha?emorrhagic diathes\w*|hämorrhagische diathese|hemoragin\w* diatez\w*|kreš\w* (?:sutrik|problem)\w*
        (?:blood|clotting|coagulation) (?:disorder|disease|problem|defect)s?|gerinnungs(?:störung|problem)\w*
        """,
        conditions="bleeding_disorder",
        codes="D65 D66 D67 D68 D69 I78.0",
    ),
    hint(
        "blood_is_thinned",
        r"""
        blood[ -]?thin\w*|thins? (?:\w+ )?blood|anti ?coagul\w*|antikoagul\w*|blutverdünn\w*|gerinnungshemm\w*
        krauj\w+ ~1 (?:skyst|plon|skied)\w*|(?:skyst|plon|skied)\w* ~2 krauj\w*|kreš\w* (?:mažin|slopin)\w*
        """,
        conditions="on_anticoagulant",
    ),
    hint(
        "perhaps_of_aspirin_and_the_airways",
        r"samter\w*|widal\w*|aerd|n-?erd|fernand[ -]widal\w*|(?:aspirin|ass|asa)[ -](?:triad|trias|triada)",
        conditions="nsaid_hypersensitivity",
        unless=r"tests?|reaction|reaktion|typh\w*|agglutin\w*",
    ),
    hint(
        "perhaps_a_seizure",
        r"""
        black ?outs?|tongue[ -]biting|bit(?:es|ten)? (?:his|her|the) tongue|bitten tongue|staring spells?
        absences|jerk\w* ~3 (?:limbs?|arms?|legs?|all over)|(?:limbs?|arms?|legs?) ~1 jerk\w*
        epileps\w*|epilept\w*|grand[ -]?mal\w*|krampfanf\w*|traukul\w*|convuls\w*|spike[ -]waves?
        įsikando liežuvį|zungenbiss|krampfpotential\w*
        (?:seizures?|fits?|convulsions?)[ -]free\w*|(?:free of|without) ~1 (?:seizures?|fits|convulsions?) ~1 since
        anfallsfrei\w*|krampffrei\w*|(?:be|nebuvo) ~1 priepuoli\w*
        """,
        conditions="epilepsy",
    ),
    # Who is free of them for days had one some days ago.
    hint(
        "perhaps_a_seizure_lately",
        r"""
        (?:seizures?|fits?|convulsions?)[ -]free ~2 (?:hours?|days?|weeks?|yesterday|monday|tuesday|wednesday|thursday)
        (?:seizures?|fits?|convulsions?)[ -]free ~2 (?:friday|saturday|sunday|last)
        (?:anfalls|krampf)frei\w* ~2 (?:stunde\w*|tag\w*|woche\w*|gestern)
        be ~1 priepuoli\w* ~2 (?:valand\w*|dien\w*|savait\w*|vakar)
        """,
        flags="STROKE",
    ),
    hint(
        "perhaps_of_the_heart",
        rf"""
        {_VALVE}[ -]?(?:stenos|stenoz|insuff?i|regurg|prolaps|nesandarum|incompeten)\w*
        (?:aorten|mitral|trikuspidal|pulmonal)(?:klappen)?(?:stenos|insuffizienz|prolaps)\w*
        stenosis of the (?:aort|mitral)\w*|valv\w* (?:heart )?disease|leaky (?:heart )?valve|heart murmur|murmur
        bicuspid (?:aortic )?valve|rheumatic heart disease|enlarged heart|cardiomegaly|ventricular hypertrophy
        lvh|pace[ -]?maker\w*|(?:implanted |implantable )?defibrillator\w*|icd(?![ -]?(?:9|1[01]|[a-z]\d))
        paced rhythm|widow ?maker
        ejection fraction|orthopn\w*|sleeps? propped up|skipped beats
        irregular (?:pulse|heart ?beat|heart rhythm)|ectopic beats|extrasystol\w*|positive stress test
        (?:coronary )?stents?(?! \w*(?:ureter|biliar|bile)\w*)|angioplasty|cabg|bypass (?:surgery|operation)|pci
        (?:heart|cardiac) (?:surgery|operation|valve|transplant)|širdies (?:yda|ydos|ūžes\w*|operacija)
        vožtuv\w*|(?:kardio|elektro)stimuliator\w*|širdies (?:ritmo )?(?:stimuliator|vairuotoj)\w*|stimuliatori\w*
        defibriliator\w*|ekstrasistol\w*|nereguliarus pulsas
        \w*schrittmacher\w*|defi|\w*defibrillator\w*
        herz(?:klappen\w*|vitium|fehler|geräusch|schrittmacher|stolpern|operation)|klappenvitium|vitium
        unregelmäßiger puls|\w*wandinfarkt\w*|\w*infarktes
        nyha[ -]?(?:class |klasse |stadium |klasė )?(?:i|ii|iii|iv|[1-4])
        (?:lv)?ef(?: of)? ?(?:[1-4]?\d) ?%|vorhoffl\w*|prieširdžių \w+
        """,
        conditions="heart_failure heart_failure_severe ischaemic_heart_disease arrhythmia heart_block",
        codes="I05 I06 I07 I08 I34 I35 I36 I37 I38 I39 I51 I52 Q20 Q21 Q22 Q23 Q24 R01 R94.3 Z95.0 Z95.2 Z95.4",
    ),
    hint(
        "conducts_slowly",
        # A PR of more than 200 ms is a block of the first degree, a QRS of 120 ms or more one of a bundle; from memory.
        rf"""
        (?:pr|pq)(?:[ -](?:interval|zeit|intervalas|dauer))?{_TO}(?:2[1-9]\d|[3-9]\d\d)(?! ?/)
        (?:pr|pq)(?:[ -](?:interval|zeit|intervalas|dauer))?{_TO}0?[.,](?:2[1-9]|[3-9]\d)\d? ?s(?:ec\w*)?
        qrs(?:[ -](?:duration|width|complex|breite|dauer|komplex\w*|trukmė|plotis))?{_TO}(?:1[2-9]\d|[2-3]\d\d)
        qrs(?:[ -](?:duration|width|complex|breite|dauer|komplex\w*|trukmė|plotis))?{_TO}0?[.,]1[2-9]\d? ?s(?:ec\w*)?
        (?:wide|broad|prolonged) qrs|qrs (?:wide\w*|broad\w*|prolonged|verbreitert)
        (?:long|prolonged) pr(?: interval)?
        verlängerte[rs]? (?:pr|pq)\w*|(?:pr|pq)[ -](?:zeit|intervall) verlängert|pailgėjęs (?:pr|pq)(?: intervalas)?
        (?:išplatėjęs|platus) qrs|[rl]bbb|bundle branch block|(?:links|rechts)schenkelblock|hiso pluošto \w+
        """,
        conditions="heart_block arrhythmia",
        codes="I44 I45",
    ),
    hint(
        "narrow_vessels",
        r"""
        carotid ~1 stenos\w*|carotid (?:stent\w*|plaques?|surgery)|[ck]aroti\w*stenos\w*|miego arterij\w* \w+
        endarterectom\w*|endarterektom\w*|vertebral artery stenos\w*|claudicat\w*|klaudika\w*|schaufenster\w*
        (?:leg|iliac|femoral) (?:artery|bypass|stent)\w*|subclavian steal
        """,
        conditions="ischaemic_heart_disease",
        codes="I65 I66 I70 I73",
    ),
    hint(
        "perhaps_of_the_liver",
        rf"""
        ascites|varices|spider naevi|liver (?:biopsy|lesions?|nodules?|disease|problems?)|kepenų (?:liga|ligos)
        varikozė stemplėje|lebererkrankung|aszites|ösophagusvarizen|meld(?:[ -]?na)?{_TO}\d+
        child(?:[ -]pugh)?(?: class| klasse| klasė)? [abc]|leberzirrho\w*|ciroz\w*|zirrho\w*|cirrho\w*
        """,
        conditions="hepatic_impairment_mild hepatic_impairment_modsev",
        codes="R18 K70 K73 K74 K75 K76.9 I85.9",
    ),
    hint(
        "perhaps_of_the_kidneys",
        r"""
        nephrectomy|kidney (?:removed|problems?|transplant\w*)|nephrotic
        proteinuria|albuminuria|nefrektomija|(?:vienas|vieną) inkst\w*|proteinurija|einzelniere|nephrektomie
        (?:ig-?a|diabetic|membranous|obstructive|reflux|analgesic|hypertensive|sickle) neph\w*|nephropath\w*
        nefropat\w*
        (?:lupus |inter\w+ |glomerulo|pyelo)?nephrit\w*|(?:glomerulo|pielo)?nefrit\w*|glomerul\w*|fsgs|alport\w*
        horseshoe kidney\w*|hufeisenniere\w*|pasagin\w* inkst\w*|hydroneph\w*|hidronefroz\w*|harnstauung\w*
        schrumpfniere\w*|nieren(?:krank|schäd|schwäch|problem|schaden)\w*|inkst\w* (?:lig|pažeid|problem|nepakank)\w*
        kidney (?:disease|damage|failure)|papillary necrosis|sponge kidney|renal (?:disease|tubular)\w*
        eiweiß im urin|dialys\w*|(?:hä|ha|hae)modialys\w*|hemodializ\w*|dializ\w*|(?:kidney|renal) transplant\w*
        """,
        conditions="ckd_30_59 ckd_lt30",
        codes="R80 Z90.5 N03 N04 N05 N11 N12 N13.3 N18 N25 N26 Q60 Q61",
    ),
    hint(
        "perhaps_too_much_calcium",
        r"""
        sar[ck]oid\w*|besnier\w*|parathyroid (?:adenoma|tumour|hyperplasia)|hyperparath\w*|hiperparat\w*
        prieskydin\w* ~1 (?:adenom|navik|hiperplaz)\w*|nebenschilddrüsen\w*|hyper ?vitaminosis d
        vitamin d (?:toxicity|intoxication|overdose)|milk[ -]alkali|nephrocalcinosis
        hipervitaminozė d|vitamin[ -]d[ -](?:intoxikation|überdosierung|vergiftung)
        """,
        conditions="hypercalcaemia",
        codes="E67.3",
    ),
    hint(
        "perhaps_glaucoma",
        r"""
        (?:raised|high|increased) (?:intra ?ocular|eye) pressure|ocular hypertension|padidėjęs akispūdis
        akispūdis padidėjęs|erhöhter augendruck|augeninnendruck erhöht|eye drops for pressure
        glau[ck]om\w*|\w*winkelglaukom\w*|(?:closed|narrow|occludable|shallow)[ -](?:angles?|chambers?)
        kammerwinkel\w*
        (?:uždar|siaur)\w+ (?:priekin\w* kameros )?kamp\w*|iridotom\w*|iridektom\w*|iridectom\w*
        """,
        conditions="glaucoma_narrow",
        codes="H40",
    ),
    hint(
        "perhaps_retention",
        r"""
        (?:weak|poor|slow) (?:urin\w+ )?stream|hesitancy|strain\w* to (?:pee|urinate|pass (?:urine|water))
        (?:pee|urin)\w* dribbl\w*|dribbl\w* of urine|prostat\w*|(?:urinary|indwelling) catheter
        silpna (?:šlapimo )?srovė|sunku (?:pradėti )?šlapintis|schwacher harnstrahl|harnstrahl schwach
        self[ -]?catheter\w*|catheteri[sz]\w*|(?:cannot|can't|unable to) (?:pass (?:urine|water)|pee|urinate)
        residual urine|post[ -]?void\w*|restharn\w*|neurogen\w* ~1 (?:bladder|blase|pūsl\w*)
        (?:dauer|blasen)katheter\w*
        (?:supra ?pubic|foley) catheter|suprapubin\w* \w+|šlapimo kateter\w*|liekamasis šlapim\w*|turp?(?!\w)
        urethral stricture|harnröhren(?:striktur|enge)\w*|šlaplės (?:susiaurėj|striktūr)\w*|harnverhalt\w*
        šlapimo (?:susilaikym|užsilaikym)\w*|(?:atonic|flaccid|hypotonic) bladder|overflow incontinence
        """,
        conditions="urinary_retention",
        codes="N40 N41 N42 R39.1 N31 N32",
    ),
    hint(
        "perhaps_apnoea",
        # Of five events an hour it is apnoea, and of five points of STOP-Bang it is likely; from memory.
        rf"""
        stops? breathing|osas?|(?:hypercapni|hyperkapni|hiperkapni)\w*|obesity hypoventilation\w*|copd|lopl
        respiratory failure
        loud snor\w*|snor\w* loud\w*|pauses in breathing|breathing pauses|cpap|home oxygen
        oxygen (?:at home|concentrator)|nustoja kvėpuoti|garsiai knarkia|kvėpavimo sustojim\w*|atemaussetzer
        atempausen|schnarcht (?:sehr )?laut|heimsauerstoff|bipap|apap|apnoe\w*|\w*apnoe\w*|apnė\w*|apnea
        (?:ahi|apno?ea[ -]hypopno?ea index|rdi|odi){_TO}(?:[5-9]|\d\d+)|stop[ _-]?bang{_TO}[5-8](?!\d)
        """,
        conditions="sleep_apnoea",
        before="cns_depressant",
        codes="G47.3 R06.5 R06.8 Z99.1 Z99.8 J41 J42 J43 J44 J47 J96",
    ),
    hint(
        "perhaps_low_pressure",
        r"""
        (?:dizz\w*|faint\w*|light[ -]?headed\w*) ~2 (?:on|when|upon|after) (?:standing|getting|rising)\w*
        black ~2 (?:on|when|before eyes) (?:standing|getting|rising)\w*
        svaigsta ~1 (?:atsistojus|stojantis)|schwindel beim aufstehen|schwarz vor augen
        """,
        conditions="hypotension",
    ),
    hint(
        "perhaps_bipolar",
        r"""
        euphori\w*|elated|elation|spending sprees?|racing thoughts|needs? (?:hardly any|no) sleep|grandios\w*
        manic|mania|maniak\w*|manij\w*|manisch\w*|hypoman\w*|hipoman\w*|bipol\w*|spent all (?:her|his) savings
        euforij\w*|pakili nuotaika|kaufrausch|gedankenrasen|größenwahn\w*|größenideen
        """,
        conditions="bipolar",
        codes="F34.0 F25 F39",
    ),
    hint(
        "perhaps_manic",
        r"""
        pressur\w* (?:of )?speech|speech ~1 pressured|over-?talkative|flight of ideas|thoughts? ~2 rac(?:es?|ing)
        (?:talks?|talking|speaks?|chatters?|chattering) ~2 (?:non-?stop|without stopping|(?:too|very) fast|incessant\w*)
        (?:spend\w*|spent|blew|blowing) ~3 (?:reckless\w*|wildly|fortunes?|savings|thousands|money like)
        (?:feels?|felt|feeling|believes?|thinks?|convinced) ~4 (?:invincible|unstoppable|chosen|superhuman|messiah)
        (?:feels?|felt|feeling) ~2 (?:on top of the world|like ~1 god)
        (?:special|magical|super) powers|(?:unusually|abnormally|excessively|overly) (?:cheerful|happy|high|elated)
        (?:cannot|can't|won't|not) stop talking
        (?:bought|buys|ordered) ~1 (?:two|three|four|five|several|\d+) (?:cars?|houses?|flats?)
        racing ideas|ideas rac\w*|(?:braucht|brauche) ~1 keinen schlaf|(?:verprasst|verschenkt) ~2 geld
        geld ~2 (?:verprasst|verschenkt)
        high as a kite|hyper mood|high and irritable|hypersexual\w*|disinhibit\w*
        over-?active and (?:irritable|elated)
        (?:boundless|endless|bursting with|limitless) ~1 energy
        up all night ~3 (?:cleaning|projects?|plans|writing)
        (?:not|hasn't|haven't) slept ~3 (?:days|nights) ~4 (?:fine|great|energy|wired)
        redet ~3 (?:ununterbrochen|ohne punkt|pausenlos|wie ein wasserfall)|rededrang|ideenflucht|logorrh\w*
        gedanken rasen
        aufgedreht|überdreht|gehobene stimmung|stimmung ~1 gehoben
        (?:fühlt|hält) ~4 (?:unbesiegbar|allmächtig|gott|auserwählt)
        (?:kauft|gibt|bestellt) ~4 (?:wahllos|sinnlos|hemmungslos|geld ~2 aus)|enthemmt\w*|distanzlos\w*|größenwahn\w*
        (?:kupin|piln|trykšta|trykštantis)\w* energij\w*|energija trykšta
        (?:kalba|šneka) ~2 (?:be (?:sustojimo|perstojo|paliovos)|labai greitai|nesustodam\w*)
        minč(?:ių|ys) ~1 (?:šuol|lekia|bėga|skrieja)\w*|išlaidauja|(?:švaisto|leidžia|taško) ~1 pinig\w*
        jaučiasi ~2 (?:visagal|nenugalim|išrinkt|galing)\w*|(?:pakylėta|pakili) nuotaika
        nuotaika ~1 (?:pakili|pakylėta)
        """,
        conditions="bipolar",
    ),
    hint(
        "sleeps_little_and_has_energy",
        r"""
        (?:sleep\w*|slept) ~4 (?:[1-4]|one|two|three|four|few|couple of) ~1 (?:h|hours?|hrs?)
        (?:needs?|needing|with) ~1 (?:little|less|hardly any|barely any|almost no|no) sleep
        (?:awake|up|without sleep) ~2 (?:\d|two|three|four|several) (?:days|nights)
        wach ~2 (?:\d|zwei|drei|vier) (?:tagen?|nächten?)
        (?:hardly|barely|not|doesn't|without) ~1 sleep\w*|(?:not|hasn't|haven't) slept
        (?:braucht|brauche|schläft|schlafe) ~2 (?:kaum|keinen|wenig|nur|nicht)
        (?:kaum|wenig|ohne) ~1 schlaf\w*|(?:ne|nebe)mieg\w*|mieg\w* ~2 (?:[1-4]|dvi|tris|kelias|mažai)
        """,
        r"""
        feels? (?:great|fine|fantastic|wonderful|brilliant)|fühlt sich (?:großartig|fantastisch|bestens)
        puikiai jaučiasi
        jaučiasi (?:puikiai|nuostabiai|fantastiškai)
        (?:full of|so much|lots of|tons of|plenty of|more|still has) ~1 energy|energetic|not (?:at all )?tired|wired
        energised|energized
        voller (?:energie|tatendrang)|energiegeladen|nicht müde|fit wie|tatendrang
        (?:kupin|piln)\w* (?:energij|jėg)\w*
        energing\w*|nepavarg\w*|žval\w*|daug (?:energij|jėg)\w*|nejaučia nuovarg\w*
        """,
        conditions="bipolar",
    ),
    hint(
        "perhaps_dementia",
        # Below 24 of 30 and below 26 of 30 are the cut-offs those tests are known by; from memory.
        rf"""
        (?:mmse|mini[ -]mental\w*|mmst){_TO}(?:1?\d|2[0-3])(?: ?/ ?30)?
        moca{_TO}(?:1?\d|2[0-5])(?: ?/ ?30)?|memory (?:care|loss|unit)|lewy(?: bod\w*)?|fronto ?temporal
        cognitive (?:impairment|decline|deficit)
        {_NOT_KNOWN} (?:her|his|their|the) ~1 (?:children|child|family|husband|wife|name|daughter|son|way home)
        dement\w*|demenz\w*|demenc\w*|alzheimer\w*|wander\w* at night|silpnaprotyst\w*|praranda atmintį
        atminties (?:praradimas|sutrikim\w*)
        kognityvin\w* (?:sutrikim\w*|funkcijos)|gedächtnisverlust|kognitive störung|vergesslich\w*
        """,
        conditions="dementia",
        codes="F03 F06.7 G31 R41.3 R41.8",
    ),
    hint(
        "perhaps_of_substances",
        rf"""
        {DRINKS_TOO_MUCH}
        drink\w* {NOT_SOFT}(?:bottles?|litres?|vodka|whisky|spirits|every day|daily|heavily|a lot|too much)
        binge[ -]drink\w*|heavy drink\w*|\d\d+ units ~2 (?:week|day)
        (?:uses?|using|injects?|injecting|smokes?|takes?) (?:heroin|cocaine|amphetamines?|crack|speed|cannabis)
        (?:iv|intravenous) drug use\w*|withdrawal (?:symptoms|tremor)|craving\w*
        geria {NOT_SOFT}(?:kasdien|daug(?! vanden| arbat| kav| skys))
        piktnaudžiauja\w*|vartoja narkotikus|trinkt (?:täglich|viel|zu viel) {NOT_SOFT}\w+|suchtmittel\w*|drogen\w*
        """,
        conditions="substance_use",
        codes="F10 F11 F12 F13 F14 F15 F16 F18 F19 Z72.1 Z72.2 Z71.4",
    ),
    hint(
        "perhaps_overactive_thyroid",
        r"""
        goit(?:re|er)|tsh (?:is )?(?:low|suppressed)|(?:low|suppressed) tsh|struma|gūžys|bulging eyes
        exophthalm\w*
        """,
        conditions="hyperthyroidism",
        codes="E04 E05",
    ),
    hint(
        "perhaps_low_defence",
        r"""
        (?:frequent|recurrent|repeated) ~2 infections?|bone marrow|(?:on|takes) (?:biologics?|steroids?)
        steroid (?:tablets|injections?)|dažnos infekcijos|vartoja steroidus|häufige infekt\w*|biologika
        """,
        conditions="immunosuppressed",
        codes="D70 D71 D72.8 D80 D81 D82 D83 D84 D89 Z94 Z92.6 B20 B21 B22 B23 B24 Z21",
    ),
    hint(
        "skin_cancer",
        r"basal ?cell carcinoma|squamous cell carcinoma of the skin|basalio\w*|bazaliom\w*|spinalio\w*|bcc",
        conditions="skin_disease_site",
        codes="C44 D04 L57.0",
    ),
    hint(
        "skin_is_diseased",
        r"""
        dermatit\w*|e[ck]zem\w*|egzem\w*|psoria\w*|žvynelin\w*|schuppenflechte\w*|pityrias\w*|pitiriaz\w*|rosacea
        rozacea|hidr[ao]denit\w*|acne inversa|pemphig\w*|pemfig\w*|lichen\w*|kerpligė|keloid\w*|vitiligo
        (?:acne|akne|rash|ausschlag|bėrim\w*|spuog\w*) ~3 (?:neck|back|nape|shoulders?|nacken|rücken|hals|kakl\w*)
        """,
        conditions="skin_disease_site",
        codes="L20 L21 L22 L23 L24 L25 L26 L27 L28 L30 L40 L41 L42 L43 L70 L71 L73.2 L10 L12 L13 L91",
    ),
    hint(
        "skin_is_not_whole",
        r"""
        šunvot\w*|vot(?:is|ies|į|imi|ys)|flegmon\w*|phlegmon\w*|folikulit\w*|follikulit\w*|impetig\w*|paronych\w*
        panari[ct]i\w*|nagelbett\w*|pioderm\w*|pyoderm\w*|od\w+ ~2 (?:uždegim|infekc|pūl|žaizd)\w*
        uždeg\w* ~1 od(?:a|os|ą)
        skin ~2 (?:breakdown|broken|inflam\w*|infection|erosion\w*|maceration|sepsis)|(?:broken|inflamed) skin
        entzünd\w* ~2 haut|haut ~2 entzünd\w*|haut(?:entzünd|infekt)\w*|eiterbeule\w*|sunkus spuog\w*|erizipel\w*
        (?:pūliuoj|supūliav|užsikrėt)\w*|infekc\w* ~2 (?:kakl|od)\w*|staph\w*|stafilokok\w*|ecthyma|warts?
        molluscum\w*
        shingles|mrsa|(?:herpes )?zoster|herpes(?: simplex| labialis)?|cold sores?|impetigo|folliculitis|boils?
        pustul\w*|pusteln?|infected|infiziert\w*|infekuot\w*|wundrose|erysipel\w*|zellulitis|cellulit\w*|celiulit\w*
        furun[ck]\w*|carbunc\w*|karbunk\w*|fungal ~1 infection|tinea|ringworm|scabies|pus|purulent|weeping
        open (?:wounds?|sores?)|(?:skin|leg|pressure) (?:ulcers?|sores?)|infected (?:wound|skin|eczema|cyst)
        juostinė pūslelinė|pūslelin\w*|pūliuoja|pūliai|pūlin\w*|atvir\w+ žaizd\w*|odos grybel\w*|niežai
        gürtelrose|eitr\w*|eiter\w*|offene (?:wunden?|stelle)|hautpilz\w*|krätze|ulcus cruris
        """,
        conditions="skin_infection_site",
        codes="B00 B01 B02 B08 B35 B36 B37.2 B86 A46 L00 L01 L02 L03 L04 L05 L08 L88 L97 L98.4",
        passes=True,
    ),
    hint(
        "harmed_by_a_needle",
        r"""
        necro\w*|nekro\w*|granul\w*|nod(?:e|es|ules?|ular)|lumps?|indurat\w*|ulcer\w*|absc\w*|fistul\w*|mazg\w*
        gumb\w*|sukietėjim\w*|opos|opa|opų|knoten|verhärtung\w*|geschwür\w*|abszess\w*|drain\w*|discharg\w*
        pus(?! ?(?:valand|dien|met|tablet|litr|ampul|šimt))|purulen\w*|ooz(?:es|ed|ing)|eit(?:er|rig)\w*
        pūl(?:iai|ių|iuo\w*|ing\w*|inys|inį)|(?:red|hot|warm) ~2 (?:hot|hard|streaks?)
        (?:rot|heiß|überwärmt) ~3 (?:heiß|geschwollen|hart)\w*|(?:raudon|paraud)\w* ~3 (?:karšt|tin|ištin|kiet)\w*
        scarr\w*|atroph\w*|atrof\w*|swollen|swelling|redness|patinim\w*|paraudim\w*|schwellung|rötung
        """,
        r"""
        mesother\w*|mezoter\w*|injec\w*|injek\w*|needl\w*|needle\w*|spritze\w*|gespritzt\w*|adat\w*|nadel\w*
        infiltr\w*|lipoly\w*|fillers?|leidim\w*|dūri\w*|einstich\w*|jabs?|\w*injiziert\w*
        """,
        conditions="skin_infection_site skin_disease_site",
        flags="INJ_INFECT",
        codes="T80 T81 L92.3 L98.0 M79.4",
    ),
    hint(
        "reaction_at_the_dentist",
        r"""
        collaps\w*|faint\w*|react\w*|reaction|unwell|passed out|rash|swell\w*|swollen|apalp\w*|alp\w*|reakcij\w*
        patin\w*|ohnmacht\w*|ohnmächtig|reaktion|kollabiert|kollaps|ausschlag|shock|schock\w*|šok\w*|allerg\w*
        alerg\w*
        anaphyla\w*|anafila\w*|stopped breathing|bewusstlos\w*|blacked out|reagiert\w*|sureagavo|blog\w+
        """,
        r"""
        dentist\w*|dental\w*|odontolog\w*|stomatolog\w*|dant\w+|zahnarzt\w*|zahnbehandlung|zahn\w*
        local ana?esthe\w*|(?:numbing|freezing|ana?esthetic) (?:injection|jab|shot)|betäubung\w*|nuskausmin\w*
        """,
        conditions="la_allergy",
    ),
)
