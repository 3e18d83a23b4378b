"""Names of months and of days of the week in English, Lithuanian and German, without marks, as people decline them."""

from __future__ import annotations


def _numbered(*names_of: str) -> dict[str, int]:
    """Each name with the place of its group, from 1 on."""
    return {name: number for number, names in enumerate(names_of, start=1) for name in names.split()}


ENGLISH_MONTHS = _numbered(
    *("january jan", "february feb", "march mar", "april apr", "may may", "june jun", "july jul"),
    *("august aug", "september sept sep", "october oct", "november nov", "december dec"),
)
# Genitive, nominative, accusative, locative.
LITHUANIAN_MONTHS = _numbered(
    *("sausio sausis sausi sausyje", "vasario vasaris vasari vasaryje", "kovo kovas kova kove"),
    *("balandzio balandis balandi balandyje", "geguzes geguze geguzeje"),
    *("birzelio birzelis birzeli birzelyje", "liepos liepa liepoje"),
    *("rugpjucio rugpjutis rugpjuti rugpjutyje", "rugsejo rugsejis rugseji rugsejyje"),
    *("spalio spalis spali spalyje", "lapkricio lapkritis lapkriti lapkrityje"),
    *("gruodzio gruodis gruodi gruodyje",),
)
GERMAN_MONTHS = _numbered(
    *(
        "januar janner jaenner",
        "februar feber",
        "marz maerz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
    ),
    *("oktober", "november", "dezember"),
)
# What programs write where a month has to be short; German and English leave the shortest names whole.
SHORT_MONTHS = _numbered(
    *(
        "jan sau saus",
        "feb vas",
        "mar march mrz marz maerz kov",
        "apr april bal",
        "may mai geg",
        "jun june juni bir birz",
    ),
    *("jul july juli lie liep", "aug rgp rugp", "sep sept rgs rugs", "oct okt spa spal", "nov lap lapkr"),
    *("dec dez grd gruod",),
)
_SHORT_ONLY = frozenset(("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"))
LONG_MONTHS = {
    name: number
    for months in (ENGLISH_MONTHS, LITHUANIAN_MONTHS, GERMAN_MONTHS)
    for name, number in months.items()
    if name not in _SHORT_ONLY
}
# The first is Monday.
WEEKDAYS = _numbered(
    *("monday montag pirmadienis pirmadieni", "tuesday dienstag antradienis antradieni"),
    *("wednesday mittwoch treciadienis treciadieni", "thursday donnerstag ketvirtadienis ketvirtadieni"),
    *("friday freitag penktadienis penktadieni", "saturday samstag sonnabend sestadienis sestadieni"),
    "sunday sonntag sekmadienis sekmadieni",
)
SHORT_WEEKDAYS = _numbered(
    *(
        "mon mo pr pirm",
        "tue tues di an antr",
        "wed mi tr trec",
        "thu thur thurs do kt ketv",
        "fri fr pn penkt",
    ),
    *("sat sa st sest", "sun so sk sekm"),
)
