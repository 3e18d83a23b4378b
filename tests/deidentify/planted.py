"""Identifiers of every class as people write them, and the part of each that must not be left."""

from __future__ import annotations

# class: (what stands in the text, what must be gone)
PLANTED: dict[str, tuple[tuple[str, str], ...]] = {
    "A": (
        ("pacientė Ona Petraitienė skundėsi", "Petraitien"),
        ("kalbėta su Jonu Kazlausku", "Kazlausk"),
        ("Jono Kazlausko duktė", "Jono"),
        ("paskambino Žukauskaitei", "Žukausk"),
        ("gyd. A. Stankevičiaus siuntimas", "Stankevi"),
        ("Dr. Marchetti saw her", "Marchetti"),
        ("Luckute-Berene wrote it", "Berene"),
        ("pasak Butkaus ir Vaitkui", "Butka"),
        ("Rugilės Vaičiūnaitės masažas", "Vaičiūnait"),
        ("atėjo Mindaugas su Petraičiu", "Petraiči"),
    ),
    "B": (
        ("gyvena Klaipėdoje", "Klaip"),
        ("from Siauliai by bus", "Siauliai"),
        ("Kauno rajone dirba", "Kaun"),
        ("Liepų g. 12-5, LT-92138", "92138"),
        ("Respublikinėje Šiaulių ligoninėje", "Šiauli"),
        ("10 Downing Street, London SW1A 2AA", "Downing"),
        ("Druskininkuose pas seserį", "Druskinink"),
        ("Naujojoje Akmenėje", "Akmen"),
        ("Marijampolės savivaldybė", "Marijampol"),
        ("Boston, MA 02115", "02115"),
    ),
    "C": (
        ("seen 2026-03-06", "2026"),
        ("seen 06.03.2026", "2026"),
        ("seen 6 March 2026", "March"),
        ("seen March 6, 2026", "March"),
        ("matyta 2026 m. kovo 6 d.", "kovo"),
        ("seen 06/03/2026", "06/03"),
        ("kovo 6 d. po vizito", "kovo"),
        ("worse since last winter", "winter"),
        ("a 93-year-old neighbour", "93"),
        ("20260306 file", "20260306"),
    ),
    "D": (("tel. +370 612 34567", "612"), ("skambinti 8 612 34567", "34567"), ("8-46-396601", "396601"), ("(555) 123-4567", "4567")),
    "E": (("faksas 8 46 396602", "396602"), ("fax: +370 37 326000", "326000")),
    "F": (("rašyti ona.p@example.lt", "ona.p"), ("a_b+c@mail.example.com", "example")),
    "G": (("a. k. 48701011234", "48701011234"), ("38801010007 kodas", "38801010007"), ("SSN 123-45-6789", "6789")),
    "H": (("MRN 00456123", "00456123"), ("ESI Nr. 7788991", "7788991"), ("ligos istorijos Nr. 12345/26", "12345")),
    "I": (("insurance policy no. ZX-4451", "4451"), ("draudimo nr. 77812", "77812"), ("health plan ID: HP99812", "99812")),
    "J": (("IBAN LT12 1000 0111 0100 1000", "0111"), ("account no. 99812", "99812"), ("sąskaita LT601010012345678901", "0123456789")),
    "K": (("licence no. GYD-04567", "04567"), ("passport 21445566", "21445566"), ("pažymėjimo Nr. AB 998877", "998877")),
    "L": (("plate ABC 123", "ABC 123"), ("VIN WVWZZZ1JZXW000001", "WVWZZZ"), ("automobilis KLM452", "KLM452")),
    "M": (("pump serial no. SN-99887766", "99887766"), ("IMEI 490154203237518", "490154203237518"), ("00:1A:2B:3C:4D:5E", "1A:2B")),
    "N": (("see https://example.org/p/ona", "example.org"), ("www.skausmas.lt/ona", "skausmas.lt"), ("facebook.com/ona.p", "facebook")),
    "O": (("from 192.168.14.7", "192.168"), ("2001:db8:85a3::8a2e:370:7334", "85a3")),
    "P": (("fingerprint template 99A1X", "99A1X"), ("piršto atspaudas paimtas", "atspaud"), ("iris scan done", "iris scan")),
    "Q": (("photo IMG_2041.jpg", "IMG_2041"), ("a full-face photograph", "full-face"), ("veido nuotrauka pridėta", "nuotrauk")),
    "R": (("study id QX7781-22B", "7781"), ("550e8400-e29b-41d4-a716-446655440000", "e29b"), ("sample 998 877 665", "877"), ("@ona_skauda", "ona_skauda")),
}  # fmt: skip

# What a record is made of, and nothing of which may be touched.
INNOCENT = (
    "L4/L5 left foraminal extrusion with narrowing, L5/S1 bulging, facet osteochondrosis, flattened lordosis",
    "pressing and squeezing; neck, shoulder girdles, interscapular region, lower back",
    "pain 4/10 in the morning, 7/10 in the evening; 80-100 % better",
    "ketoprofen 100 mg in 2 ml, lidocaine 40 mg, 6 ml of NaCl 0.9 %, needle 30G 4 mm",
    "blood pressure 120/80, heart rate 72, temperature 36.6, CRP 1.2 mg/l, TSH 2.45 mIU/l",
    "vitamin D 100000 IU; cervical osteochondrosis stage II-III; C5-C6; GAD-7 of 9; HbA1c 5.4",
    "Acute pain. Minutes later the patient slept. Hygiene advice. Institute rest. White cells normal.",
    "Pacientė miega geriau, skausmas sumažėjo po masažo; minutės, savaitė, mergaitė, kelio sąnarys",
    "2016 criteria, EULAR 2017, Silexan 80 mg twice; the pain may be worse; she can march on",
)
