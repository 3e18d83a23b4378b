"""What stands beside the manuscript: the places of the items, claims and doubts, and what each sentence rests on."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.report.care.case import Case
from assuage.report.care.case_report import ProvenanceRow, ReportSentence, Section, joined_numbers
from assuage.report.care.language import ReportLanguage
from assuage.report.care.lint import claims
from assuage.words.speak import translation_note

# Of a sentence that rests on more entries, days and speakers are given as a range and a count.
MOST_ENTRIES = 6


def placed(case: Case, item: str, sections: tuple[Section, ...]) -> str:
    """Where an item stands: its heading and its paragraphs; empty where it stands nowhere."""
    for section in sections:
        numbers = tuple(
            at
            for at, paragraph in enumerate(section.paragraphs, start=1)
            if any(sentence.item == item and sentence.by != "open" for sentence in paragraph.sentences)
        )
        if numbers:
            told = message("case.place", section=f"{section.number}. {section.title}", paragraphs=numbers)
            return case.lang.catalogue.say(told)
    return ""


def provenance(case: Case, sections: tuple[Section, ...]) -> tuple[ProvenanceRow, ...]:
    """A row for every sentence, in order."""
    return tuple(
        ProvenanceRow(
            place=f"{section.number}.{at}.{number}",
            text=sentence.text,
            entries=joined_numbers(sentence.entries),
            speakers=_speakers(case, sentence),
            rule=sentence.rule,
            sources="; ".join(sentence.cites),
        )
        for section in sections
        for at, paragraph in enumerate(section.paragraphs, start=1)
        for number, sentence in enumerate(paragraph.sentences, start=1)
    )


def _speakers(case: Case, sentence: ReportSentence) -> str:
    """Who said it and when: the speakers and days of its entries; the authors, a count, or nobody yet."""
    if not sentence.entries:
        return case.lang.catalogue.say(message(f"case.by.{sentence.by}"))
    entries = [case.record.entries[place] for place in sentence.entries]
    speakers = case.lang.list(list(dict.fromkeys(case.lang.word(entry.by) for entry in entries)))
    days = sorted({entry.day for entry in entries})
    span = ", ".join(map(case.lang.num, days))
    if len(days) > MOST_ENTRIES:
        span = case.lang.t("{first} to {last}", first=case.lang.num(days[0]), last=case.lang.num(days[-1]))
    text = f"{speakers}; {case.lang.t('day' if len(days) == 1 else 'days')} {span}"
    if sentence.by == "computed":
        text += f"; {case.lang.catalogue.say(message('case.by.computed'))}"
    return text


def claims_of(case: Case) -> tuple[str, ...]:
    """The over-claim lint over everything the authors wrote."""
    texts = {"1": case.written.title, **{name: item.text for name, item in case.written.items.items()}}
    return tuple(
        case.lang.t(
            "item {item}: “{word}”; one case allows: “{instead}”",
            item=name,
            word=word,
            instead=case.lang.word(instead),
        )
        for name, text in texts.items()
        for word, instead in claims(text)
    )


def doubts_of(case: Case) -> tuple[str, ...]:
    """Our doubts about the case that the pathway mirrors."""
    pathway = case.review.pathway if case.review else None
    return tuple(case.lang.catalogue.value(fact) for fact in pathway.doubts) if pathway else ()


def notices_of(case: Case, draft: bool) -> tuple[str, ...]:
    """What a reader has to know before reading."""
    say = case.lang.t
    notices = [say("Internal draft: not for publication.")] if draft else []
    notices.append(
        say(
            "Every sentence of the manuscript has a row in the companion: the entries of the record that it rests "
            "on (counted from 0), the rule that made it, and its source."
        )
    )
    notices.append(say("One case: it shows what happened, not why. Not a medical device; a person decides."))
    if case.lang.code != "en":
        notices.append(say("What people wrote is quoted in the language in which it was written."))
    if unchecked := translation_note(case.lang.catalogue):
        notices.append(unchecked)
    if case.review is not None and case.review.pathway is not None:
        notices.append(
            say(
                "Observational single case, read against the pathway {pathway}.",
                pathway=f"{case.review.pathway.id} v{case.review.pathway.version}",
            )
        )
    return tuple(notices)


def page_words(report_language: ReportLanguage) -> dict[str, str]:
    """The words of the pages themselves."""
    say = report_language.t
    return {
        "gaps": say("What is missing"),
        "no gaps": say("Nothing of the checklist is missing. That says nothing about how good it is."),
        "claims": say("Words that claim too much (a suggestion)"),
        "doubts": say("Our doubts about this case"),
        "references": say("References"),
        "draft": say("INTERNAL DRAFT"),
        "figure": say("Figure"),
        "checklist": say("Checklist"),
        "provenance": say("What every sentence rests on"),
        "companion": say("Companion"),
        "item": say("Item"),
        "state": say("State"),
        "place": say("Place in the manuscript"),
        "missing": say("Missing"),
        "who": say("Who could give it"),
        "sentence": say("Sentence"),
        "entries": say("Entries"),
        "speakers": say("Said by"),
        "rule": say("Rule"),
        "source": say("Source"),
        "not applicable": say("not applicable"),
        "made": say("Made from this record by Assuage; computed again, it is the same."),
        **{state: say(state) for state in ("filled", "partial", "empty")},
    }
