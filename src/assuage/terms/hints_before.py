"""Hints at what a person looks at before a needle, work with the body or a drug: an operated neck, a port, one kidney.

No rule of ours decides what they mean, so they are asked whatever else is known of the patient, and also where the
words are read as something else (a kidney transplant as low defence). All are ours, written down from memory; the codes
are those of the WHO's ICD-10.
"""

from __future__ import annotations

from assuage.terms.hint import Hint, hint, near

_NECK = r"(?:cervical|neck|nuchal|c[ -]?spine|c[1-7](?:\W{1,2}(?:c?[1-7]|t1))?|atlas|axis|dens|odontoid)"
_SURGERY = (
    r"(?:fus(?:ed|ion)|surger(?:y|ies)|operat(?:ed|ions?)|arthrodesis|laminectom\w*|laminoplast\w*|discectom\w*"
    r"|corpectom\w*|(?:disc|disk) (?:replacement|prosthesis)|decompress\w*|plates?|cages?|screws?|implants?"
    r"|hardware|metalwork|instrumentation|stabili[sz]ation|foraminotomy|dissection)"
)
_NECK_DE = r"(?:hws|hals(?:wirbel\w*)?|nacken|hwk|halswirbelsäule\w*)"
_SURGERY_DE = (
    r"(?:op|operation\w*|operiert\w*|spondylodese\w*|fusion\w*|versteif\w*|bandscheibenprothese\w*|lamine\w*)"
)
_NECK_LT = r"(?:kakl\w*|sprand\w*)"
_SURGERY_LT = (
    r"(?:operac\w*|operuot\w*|spondilodez\w*|fiksac\w*|implant\w*|protez\w*|laminektom\w*|diskektom\w*)"
)
_KIDNEYS = r"(?:kidneys?|renal)"

# What touches the skin at a needle: gloves, disinfectants, plasters.
_AT_A_NEEDLE = (
    r"(?:latex\w*|rubber|gloves|\w*chlorhexidin\w*|chlorheksidin\w*|iodine?|povidone\w*|betadine?\w*|braunol"
    r"|disinfect\w*"
    r"|antiseptic\w*|skin prep\w*|plasters?|sticking plasters?|adhesives?|elastoplast|band-?aids?|tape|isopropyl\w*"
    r"|octenid\w*|octenisept|gummi\w*|handschuhe\w?|jod|jodhaltig\w*|povidon\w*|desinfektion\w*|\w*pflaster\w*"
    r"|kleber|klebstoff\w*"
    r"|lateks\w*|gum(?:a|ai|os)|pirštin\w*|jod(?:as|o|ui|ą)|betadin\w*|dezinfek\w*|antisept\w*|pleistr\w*|klij\w*)"
)
_ALLERGIC = (
    r"(?:swell\w*|swollen|itch\w*|burn(?:s|t|ed)|schwell\w*|juck\w*|patin\w*|niež\w*|\w*allerg\w*|alerg\w*"
    r"|hypersens\w*|sensitiv\w*|anaphyla\w*|anafilak\w*|überempfindlich\w*|jautrum\w*"
    r"|netoler\w*|intoler\w*"
    r"|unverträglich\w*|react(?:s|ed|ion)?|reagiert\w*|reakcij\w*|reaguoja|reaguoje|rash|ausschlag|bėrim\w*"
    r"|blisters?|hives)"
)

# What lowers the pressure or dulls, so that a person falls.
_MAKES_FALL = (
    "cns_depressant antihypertensive hypotensive alpha1_blocker alpha2_agonist beta_blocker_class antipsychotic"
    " muscle_relaxant serotonergic_antidepressant"
)
# What falls and is no person.
_NO_FALL = "".join(
    rf"(?<!{each} )"
    for each in (
        "hair", "pain", "pressure", "score", "weight", "level", "levels", "rate", "count", "temperature", "fever",
        "sodium", "h(?:b)", "in the", "mood", "sleep", "night", "teeth", "hematocrit", "bp", "values", "before",
    )
)  # fmt: skip

_FEARS = (
    r"(?:fear(?:s|ed|ful)?|afraid|scared|terrified|terror|frightened|dread\w*|phobi\w*|anxious|panic\w*|hates?"
    r"|can(?:no|')t (?:stand|bear|look)"
    r"|avoids?|refuses to look|cannot look|hyperventilat\w*|angst|ängstlich|furcht|fürcht\w*|panik\w*|phobie"
    r"|erträgt keine"
    r"|bijo\w*|bijau|baim\w*|baisu|panik\w*|fobij\w*|nepakenčia)"
)
_NEEDLE = (
    r"(?:needles?|injections?|jabs?|shots|syringes?|blood (?:tests?|draws?)|being injected|pricks?|nadeln?"
    r"|spritzen?|injektionen?"
    r"|blutabnahmen?|einstich\w*|adat\w*|injekcij\w*|švirkšt\w*|dūri\w*|leidžiam\w* vaist\w*|kraujo ėmim\w*"
    r"|vaistų leidim\w*)"
)

HINTS_BEFORE: tuple[Hint, ...] = (
    hint(
        "allergic_to_what_goes_with_a_needle",
        rf"""
        {near(_ALLERGIC, _AT_A_NEEDLE)}
        (?:latex|jod|chlorhexidin|pflaster|gummi|desinfektionsmittel|klebstoff)[ -]?(?:allergi\w*|unverträglichkeit)
        """,
        before="needle",
        codes="Z91.04 L23.1",
    ),
    hint(
        "joint_of_head_and_neck",
        r"""
        os odontoideum|odontoid\w*|dens(?:fraktur\w*| (?:fracture|hypoplas\w*|axis))|chiari\w*
        basil[ai]r\w* (?:invagination|impression)|platybasia|klippel[ -]?feil\w*|syring\w*|syrinx|siring\w*
        (?:atlas|atlanto)\w* (?:assimilation|fusion|hypoplasia)
        (?:cranio|kranio|occipito|okcipito)[ -]?(?:cervi|zervi)\w*
        (?:atlanto|atlantookcipit)[ -]?\w+|alar ligament\w*|transverse ligament\w*|tethered cord
        trisom\w* 21|down'?s?(?:[ -]syndrom\w*)|dauno sindrom\w*|rheumatoid (?:neck|cervical)
        """,
        before="needle body",
        codes="Q07.0 Q76.1 G95.0 Q75.8 Q90 M08.1 Q67.5",
    ),
    hint(
        "operated_neck",
        rf"""
        {_NECK} ~3 {_SURGERY}|{_SURGERY} ~4 (?:cervical|neck|c[ -]?spine|c[1-7]\w*)|acdf|accf
        {_NECK_DE}[ -]~2 {_SURGERY_DE}|{_SURGERY_DE} ~3 {_NECK_DE}|halsoperation\w*|spondylodese hwk
        {_NECK_LT} ~4 {_SURGERY_LT}|{_SURGERY_LT} ~4 {_NECK_LT}
        """,
        before="needle body",
        unless=r"(?:cervical|vertebral|carotid) artery|uter\w*|gimdos|gebärmutter\w*|cervical (?:smear|cancer)|hip",
        codes="Z98.1 M43.2 M96.0 M96.1",
    ),
    hint(
        "near_the_spinal_cord",
        r"""
        epidural\w*|peridural\w*|intrathecal\w*|intratekal\w*|lumbar puncture|spinal tap|blood patch|lumbalpunktion
        lumbalin\w* punkcij\w*|(?:spinal|spinalin\w*) (?:injection|block|ana?esth\w*|anestez\w*)|spinalanästhesie
        spinal cord stimulat\w*|scs|rückenmark\w*stimulat\w*|nugaros smegenų stimuliat\w*|schmerzpumpe\w*
        (?:baclofen|pain|morphine) pump\w*|baclofenpumpe\w*|vagus nerve stimulat\w*|vagusnervstimulat\w*|vns
        (?:vp|ventriculo\w*)[ -]?shunt\w*|deep brain stimulat\w*|neurostimulat\w*|cochlear implant\w*
        """,
        before="needle",
        codes="Z96.8 Z98.2 Z45.8 G97.1",
        unless=r"childbirth|labou?r|birth|cesarean|caesarean|delivery|geburt|gimd\w*",
    ),
    hint(
        "runs_on_a_current",
        r"""
        pace[ -]?maker\w*|\w*schrittmacher\w*|(?:kardio|elektro|širdies |neuro)[ -]?stimul\w*|stimuliator\w*
        širdies ritmo \w+
        (?:s-|a)?icd(?!-?1\d)(?![- ]?(?:9|10|11|code|kod|[a-z]\d))|defi|\w*defibril\w*|cardio[ -]?vert\w*
        kardio[ -]?vert\w*|crt-?[dp]
        paced rhythm|neurostimulat\w*
        (?:spinal cord|deep brain|vagus nerve|sacral|bladder|phrenic|nerve) (?:\w+ )?stimulat\w*
        \w*stimulator (?:implant\w*|in situ)|implanted (?:\w+ )?(?:stimulator|device|pump)|scs|dbs|vns
        hirnschrittmacher|tiefe hirnstimul\w*
        (?:rückenmark|vagusnerv|nerven|zwerchfell|blasen)\w*stimul\w*|(?:nugaros|smegenų|klajoklio) \w+ stimul\w*
        implantuot\w* (?:stimul|prietais|pomp)\w*
        cochlea\w* (?:implant|implanta)\w*|cochlea\w*|kochlear\w*|(?:insulin|baclofen|pain|morphine) pump\w*
        insulin\w*pump\w*|insulinpumpe\w*
        insulino pomp\w*|schmerzpumpe\w*|baclofenpumpe\w*|(?:loop|event) recorder|implantuot\w* registrat\w*
        eventrekorder|lvad
        left ventricular assist\w*|kunstherz
        """,
        before="current",
        codes="Z95.0 Z45.0 Z96.2 Z96.8 Z46.2",
    ),
    hint(
        "line_in_a_vein",
        r"""
        port[ -]?a[ -]?cath\w*|mediport|infusaport|(?:chemo\w*|venous|implanted|vascular)[ -]port\w*|has a port
        port (?:in situ|implanted|catheter|system|for chemo\w*|removed)|piccs?|hickman\w*|broviac|groshong|permcath\w*
        central (?:venous |vein )?(?:line|catheter|access)\w*|cvc|zvk|port(?:katheter|system|implantation|anlage)\w*
        port[ -]katheter\w*|zentral\w* ~1 (?:venen)?katheter\w*|zentralvenen\w*|centrin\w* ~2 kateter\w*
        (?:venin|implantuot|chemoterapij)\w* ~2 port\w*|(?:dialysis|tunnelled|tunneled) catheter\w*
        (?:av|arterio[ -]?venous)[ -](?:fistula|graft|shunt)\w*|dialyseshunt|midline catheter
        """,
        before="needle",
        codes="Z45.2 Z95.8 Z49.0 T82.7",
    ),
    hint(
        "lymph_does_not_drain",
        r"""
        lymph[ -]?o?edem\w*|lymphödem\w*|limf\w*edem\w*|limfostaz\w*|axill\w* ~2 (?:clearance|dissection)
        lymph nodes? ~2 (?:removed|dissection|clearance)|lymphadenectom\w*|limfadenektom\w*|lymphknotenentfernung
        lymphonodektomie|elephantiasis|limfmazg\w* ~2 (?:pašalin\w*|šalinim\w*)
        """,
        before="needle",
        codes="I89.0 I97.2 Q82.0",
    ),
    hint(
        "weak_vessels",
        r"""
        v-?eds|vascular ehlers\w*|vascular eds|eds ~1 (?:iv|4|vascular)|ehlers[ -]?danlos\w*|ehlers[ -]?danlo\w*|eds
        marfan\w*|marfano|loeys[ -]?dietz\w*|arterial tortuosity|fibromuscular dysplasia|fibromuskul\w* dysplasie
        fibromuskulin\w* displaz\w*|takayasu\w*
        """,
        before="needle body",
        unless=r"h-?eds|hypermobil\w*|hipermobil\w*|(?:type|typ|tipo|tipas) (?:iii|3)(?!\w)",
        codes="Q79.6 Q87.4 M31.4 I77.3",
    ),
    hint(
        "oxygen_does_not_bind",
        r"""
        meth?a?emoglobin\w*|methämoglobin\w*|methhämoglobin\w*|met-?hb|g-?6-?pd\w*|g-?6-?fd\w*|favis\w*|favizm\w*
        (?:glucose|glukose|gliukozės)[ -]?6\W\w*|cytochrome b-?5 reductase|ha?emoglobin m disease
        """,
        before="amide_la",
        codes="D74 D55.0",
    ),
    hint(
        "heart_muscle_or_rhythm",
        r"""
        cardiomyopath\w*|\w*kardiomyopath\w*|kardiomiopat\w*|tako[ -]?tsubo\w*|broken heart (?:syndrome|disease)
        apical ballooning|arv[cd]|cpvt|brugad\w*|short qt\w*
        (?:s-|a)?icd(?!-?1\d)(?![- ]?(?:9|10|11|code|kod|[a-z]\d))|cardio[ -]?vert\w*|kardio[ -]?vert\w*|defibril\w*
        \w*defibril\w*|pace[ -]?maker\w*|\w*schrittmacher\w*|(?:kardio|širdies )stimuliator\w*|crt-?[dp]
        (?:sudden )?cardiac (?:arrest|death)|resuscitat\w*|reanim\w*|širdies sustojim\w*|herzstillstand\w*
        myocardit\w*|myokardit\w*|miokardit\w*|pericardit\w*|perikardit\w*|fallot\w*|fontan\w*
        """,
        before="tca",
        codes="I42 I43 I30 I40 I45.6 I46 I51.4 I51.8 Z95.0 Z86.7 Q21.3",
    ),
    hint(
        "heart_that_could_stop",
        r"""
        hocm|hcm|ho?kmp|(?:hypertroph|hipertrof)\w* ~1 (?:cardio|kardio)m\w*|arv[cd]|cpvt|brugad\w*
        (?:sudden )?cardiac (?:arrest|death)|širdies sustojim\w*|herzstillstand\w*|plötzlicher herztod
        myocardit\w*|myokardit\w*|miokardit\w*|pericardit\w*|perikardit\w*|aortic (?:dissection|root)\w*
        """,
        before="tca body",
        codes="I30 I40 I42.1 I42.2 I46",
    ),
    hint(
        "rhythm_of_the_heart",
        r"""
        sick sinus|sinus node dis\w*|sinusknoten\w*|sinus\w* mazgo \w+|(?:loop|event) recorder
        implantuot\w* registrat\w*
        """,
        before="tca",
    ),
    hint(
        "salts_that_the_heart_needs",
        r"""
        hypo ?kala?emi\w*|hypokali\w*|hipokalem\w*|hypo ?magnes\w*|hipomagn\w*|low (?:potassium|magnesium)
        kaliummangel
        bulimi\w*|anore[kx]\w* nerv\w*|purging|(?:self[ -]?)?induced vomiting|eating disorder|essstörung\w*
        valgymo sutrikim\w*|laxative (?:abuse|misuse)|abführmittelmissbrauch|magersucht|bulimij\w*|anoreksij\w*
        """,
        before="tca qt_known",
        codes="E87.6 E83.4 F50",
    ),
    hint(
        "too_much_serotonin_before",
        r"""
        serotonin\w*[ -](?:syndrom\w*|toxi\w*|sindrom\w*|toks\w*)|neuroleptic malignant\w*
        malignes neuroleptisches\w*|piktybin\w* neuroleps\w*
        """,
        before="serotonergic",
        codes="G21.0 G90.8",
    ),
    hint(
        "breaks_drugs_down_otherwise",
        r"""
        cyp ?2d6 ~3 (?:poor|slow|intermediate|ultra\w*|lėt\w*|langsam\w*)|(?:poor|slow|ultra\w*) ~2 (?:cyp ?)?2d6
        (?:poor|slow|ultra[ -]?rapid) metaboli[sz]er|lėt\w* ~1 metaboli\w*|langsamer metabolisierer
        cyp ?2c19 ~3 (?:poor|slow|intermediate|ultra\w*|lėt\w*)
        """,
        before="tca opioid",
    ),
    hint(
        "falls_often",
        r"""
        (?:recurrent|frequent|repeated|several|many|multiple|two|three|four|five|[2-9]) ~1 falls
        (?:falls?|fell|fallen|falling) ~1 (?:often|repeatedly|a lot|every|twice|regularly|frequently|again)
        (?:falls?|fell|fallen|falling) ~1 (?:over and over)
        (?:falls?|fell|fallen) ~1 (?:two|three|four|five|several|many|[2-9]) times
        keeps? (?:on )?falling(?! asleep| ill)
        dažn\w* ~1 (?:krent|krint|griūv|griuv|griūn|kritim|griuvim|parkrit|parkrent|pargriū|pargriuv)\w*
        (?:krenta|krinta|griūva|griūna|parkrenta|pargriūva|nugriūva) ~1 (?:dažnai|vėl|kasdien|nuolat)
        (?:griuvo|krito|parkrito|pargriuvo|nugriuvo) ~1 (?:du|tris|keturis|kelis|[2-9]) ~1 kart\w*
        (?:wiederholte?|häufige?|mehrfache|mehrere|rezidivierende|zwei|drei) stürzen?
        stürzt ~2 (?:oft|häufig|wieder|ständig)
        (?:zweimal|dreimal|mehrmals|mehrfach|wiederholt) ~1 (?:gestürzt|hingefallen|gefallen)
        fällt ~2 (?:hin|um)(?! \w*schlaf)
        """,
        before=_MAKES_FALL,
        codes="R29.6 W19",
    ),
    hint(
        "fell_or_could_fall",
        # From 65 on one fall is asked about (ours).
        rf"""
        {_NO_FALL}falls?(?! asleep| in love| short| behind| apart| ill| sick| out| below| under| within| pregnant|ing)
        {_NO_FALL}(?:fell|fallen)(?! asleep| in love| short| behind| apart| ill| sick| out| below| pregnant| arch\w*)
        {_NO_FALL}(?:falling)(?! asleep| in love| short| behind| apart| ill| sick| out| below| pregnant| arch\w*)
        trip(?:s|ped) (?:over|on|up)|tripped|stumbl(?:es?|ed|ing)|collapsed|unsteady|wobbly
        (?:poor|bad|lost|loses?|losing|no) ~2 balance|balance (?:problems?|trouble|disorder|is poor)|off balance
        slipped(?! dis[ck]\w*| vertebra)
        (?:hip|wrist|femur|femoral|pelvic|fragility|osteoporotic|vertebral) ~1 fractur\w*
        fractur\w* ~3 (?:hip|wrist|femur|pelvis|vertebra\w*)|brok(?:e|en) ~2 (?:hip|wrist|pelvis|femur)
        dizz\w*|light[ -]?headed\w*|vertigo
        griuv\w*|griūv\w*|griūna|(?:nu|par|ap|už)griu\w*|(?:nu|par|ap)griū\w*|parkrit\w*|parkrent\w*|parpuol\w*
        (?<!svorio )(?<!pajamų )(?:griuvim|kritim)(?:as|ai|ų|us|o|ais)(?! svorio| temperat\w*| spaud\w*)|suklup\w*
        klumpa|klupo
        (?:šlaunikaulio|klubo|riešo|slankstelio|dubens|osteoporozin\w*) ~2 lūž\w*|lūž\w* ~2 (?:klub|šlaunikaul|rieš)\w*
        pusiausvyr\w* ~1 (?:sutrik|praran|netek|blog)\w*|(?:praranda|prarado|netenka|sutrikusi) ~1 pusiausvyr\w*
        svaig\w*|galvos svaig\w*|nesaugi eisena|netvirtai ~1 (?:eina|stovi|vaikšto)
        gestürzt|stürzt(?:e|en)?|sturz|stürzen?|hingefallen|umgefallen|hinfällt|gestolpert|stolpert\w*
        sturz(?:neigung|gefahr)\w*
        stürze|sturzereignis\w*|gang(?:unsicher|stör)\w*|gleichgewichts\w*|unsicher auf den beinen|\w*schwindel\w*
        schenkelhals\w*|oberschenkelhals\w*|(?:hüft|handgelenk|radius|wirbel|wirbelkörper|becken|sinterungs)\w*frakt\w*
        """,
        before=_MAKES_FALL,
        codes="W00 W01 W06 W10 W18 S72 R26 R42 H81",
        from_age=65,
        passes=True,
    ),
    hint(
        "dizzy_on_standing",
        r"""
        (?:dizz\w*|faint\w*|light[ -]?headed\w*|giddy|woozy) ~3 (?:stand|get|gets|rais|ris|sit|sits)\w* ~1 (?:up)?
        (?:head (?:spins?|swims?)) ~3 (?:stand|get|gets|rais|ris|sit|sits)\w* ~1 (?:up)?
        (?:dizz\w*|faint\w*) ~2 (?:on|when|upon|after|while|from) ~1 (?:standing|getting|rising|bed)\w*
        (?:light[ -]?headed\w*) ~2 (?:on|when|upon|after|while|from) ~1 (?:standing|getting|rising|bed)\w*
        (?:vision|everything|world) ~2 (?:black|dark|grey) ~3 (?:stand|get|ris)\w*|(?:postural|orthostat\w*) \w+
        orthostat\w*|orthosta[sz]\w*|ortostat\w*|postural (?:dizz|hypo|drop)\w*
        svaig\w* ~3 (?:atsistoj|stojan|keliant|atsikėl|stojant)\w*
        (?:atsistoj|stojan|keliant|atsikėl)\w* ~3 (?:svaig|tems|alp)\w*
        tems\w* ~2 aky\w*|(?:tamsu|aptems\w*|juoda) ~2 aky\w*
        schwind\w* ~3 (?:aufsteh|aufsetz|hinstell|stehen)\w*|(?:aufsteh|aufricht)\w* ~3 (?:schwind|schwarz)\w*
        schwarz vor augen
        """,
        conditions="hypotension",
        before=_MAKES_FALL,
        codes="I95",
    ),
    hint(
        "torsades_before",
        r"torsad\w*|tdp|lqts?[ -]?\d?|long qt\w*|ilg\w* qt\w*",
        conditions="long_qt",
        before="tca qt_known",
    ),
    hint(
        "bowel_does_not_move",
        r"""
        (?:sub|sub-)?ileus\w*|ileo|subileo|(?:bowel|intestinal|gastric outlet|gut) ~1 obstruct\w*|darmverschluss\w*
        obstruct\w* ~2 (?:bowel|intestine|gut)|žarn\w* nepraeinam\w*|pseudo[ -]?obstruct\w*|pseudoobstrukc\w*
        ogilvie\w*|gastropar\w*|delayed gastric emptying|magenentleerungsstörung\w*|sulėtėj\w* skrandžio \w*
        pylor\w* ~1 stenos\w*|pyloro?stenos\w*|pilorostenoz\w*|pylorusstenose\w*|pilor\w* stenoz\w*
        prievarč\w* (?:stenoz|susiaur)\w*|achala[sz]\w*
        (?:toxic |toksin\w* |toxisches )?mega[ -]?[ck]olon\w*|hirschsprung\w*|(?:faecal|fecal|stool) impact\w*
        koprostase
        """,
        before="anticholinergic opioid",
        codes="K56 K59.3 K31.1 K31.5 K31.3 K22.0 Q43.1",
    ),
    hint(
        "parkinsonism",
        r"parkinson\w*|multiple system atrophy|multisystematrophie|lewy\w*|progressive supranuclear\w*",
        before="anticholinergic",
        unless=r"white",
        codes="G20 G21 G22 G23 G31.8",
    ),
    hint(
        "kidneys_of_ones_own",
        rf"""
        {_KIDNEYS} (?:transplant\w*|graft\w*|allograft\w*)|transplant\w* ~2 kidney\w*|nierentransplant\w*|nieren-?tx
        transplant\w* niere\w*|inkst\w* ~1 (?:transplant\w*|persodin\w*)|(?:transplant\w*|persodin\w*) inkst\w*
        (?:one|single|solitary|only|remaining) ~1 kidney(?! (?:infec|ston|cyst|func)\w*)
        kidney ~2 (?:removed|missing|absent|donor|donat\w*)
        donat\w* ~2 kidney|unilateral renal\w*|(?:agenesis|absence|aplasia|hypoplasia) of ~3 kidney\w*
        renal agenesis|nephrectom\w*|nephrektom\w*|nefrektom\w*|einzelniere\w*|eine niere
        niere ~1 (?:entfernt|gespendet)
        nierenspende\w*|nierenagenesie\w*|vien\w+ inkst\w*|inkst\w* ~2 (?:pašalin\w*|agenez\w*|donor\w*|atid\w*)
        pašalin\w* ~2 inkst\w*|poly[ -]?cystic ~1 {_KIDNEYS}\w*|multi[ -]?cystic ~1 {_KIDNEYS}\w*|ad?pkd|arpkd
        zystenniere\w*|polyzystisch\w* niere\w*|polic\w* ~1 inkst\w*|inkst\w* polic\w*
        {_KIDNEYS} artery stenos\w*|nierenarterienstenose\w*|inkst\w* arterij\w* stenoz\w*
        """,
        before="nsaid creatine",
        codes="Z94.0 T86.1 Z90.5 Q60 Q61 I70.1 Z52.4",
    ),
    hint(
        "gut_that_bleeds_easily",
        r"""
        crohn\w*|krono lig\w*|(?:ulcerative |ischa?emic )?colitis|colitis ulcerosa|\w*kolit\w*|ibd
        inflammatory bowel\w*
        (?:gastric|stomach|roux\S*) (?:bypass|sleeve|banding)|sleeve gastrectom\w*|bariatr\w*|gastrectom\w*
        magenbypass
        schlauchmagen|gastrektom\w*|skrandžio (?:apylank|šunt|mažin|apėj)\w*|rezekuot\w* skrand\w*|diverticul\w*itis
        """,
        before="nsaid",
        codes="K50 K51 K52 K57 Z90.3",
    ),
    hint(
        "skin_that_was_treated",
        r"""
        radio ?therap\w*|irradiat\w*|radioterap\w*|spinduliav\w*|spindulin\w* \w+|švitin\w*|bestrahl\w*
        strahlentherap\w*
        melanom\w*|(?:changing|bleeding|new|growing) mole|moles? ~4 (?:chang|bleed|grow)\w*
        apgam\w* ~3 (?:kei|kraujuo|did)\w*
        (?:dermal |silicone? )?fillers?|silikon\w*|silicone (?:injections?|implants?)|thread lift\w*
        """,
        before="needle",
        codes="C43 Z92.3 L58 L59",
        unless=r"breast implants?",
    ),
    hint(
        "cleaned_with",
        r"chlorhexidin\w*|chlorheksidin\w*|antiseptic\w*|antiseptik\w*|disinfect\w*|desinfekt\w*|betadin\w*|povidon\w*",
        r"allerg\w*|alerg\w*|rash|anaphyla\w*|anafil\w*|reaction|reakcij\w*|intoleran\w*|hypersens\w*",
        before="needle",
    ),
    hint(
        "faints_at_the_needle",
        r"""
        faint\w*|syncop\w*|collaps\w*|pass(?:es|ed)? out|vasovagal|alp\w*|apalp\w*|sinkop\w*|ohnmacht\w*|ohnmächtig
        kollab\w*
        """,
        r"""
        needles?|injections?|blood (?:test|draw)\w*|jabs?|adat\w*|injekc\w*|krauj\w*|spritze\w*|nadel\w*|dūri\w*
        blutabnahme
        """,
        before="needle",
    ),
    hint(
        "fears_the_needle",
        rf"""
        {near(_FEARS, _NEEDLE, 5)}
        (?:needle|injection|blood|belone|trypano|aichmo|haemo|hemo)[ -]?(?:phob\w*|anxiety|terror|panic)
        trypanophob\w*|tripanofob\w*
        (?:spritzen|nadel|injektions|blut)[ -]?(?:angst|phobie|panik|furcht)|trypanophobie
        (?:adat|injekcij|dūri)\w* ~1 (?:fobij|baim)\w*
        """,
        before="needle",
        codes="F40.2",
    ),
    hint(
        "lung_that_collapsed",
        r"pneumothora\w*|pneumotora\w*|collapsed lung",
        before="needle body",
        codes="J93",
    ),
    hint(
        "bone_that_could_break",
        r"""
        metasta[sz]\w*|\w+metastas\w*|pathological fracture\w*|patologin\w* lūž\w*|pathologische fraktur\w*
        myelom\w*|mielom\w*
        (?:rheumat|reumat)\w* ~4 (?:cervical|neck|kakl\w*|hws|hals\w*)
        """,
        before="body",
        codes="C79.5 M84.4 C90.0",
    ),
    hint(
        "operated_or_broken_lately",
        r"""
        recent\w*|last (?:week|month)|fresh|(?:\d+|one|two|three|four|five|six) (?:days?|weeks?) ago|post[ -]?op\w*
        neseniai|šviež\w*
        prieš \w+ (?:dien|savait)\w*|kürzlich\w*|frisch\w*|vor \w+ (?:wochen?|tagen)
        """,
        r"""
        surger\w*|operat\w*|operac\w*|operuot\w*|\w*operation\w*|laparo\w*|ca?esarean\w*|fractur\w*|lūž\w*
        \w*fraktur\w*
        \w*bruch
        """,
        before="body",
    ),
)
