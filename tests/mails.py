"""What holds of every mail that a test, or the demonstration, writes: a machine reads each of them."""

import re
from functools import cache
from pathlib import Path

MAILS = Path(__file__).resolve().parent.parent / "templates" / "mail"
SENTENCE = re.compile(r"{% blocktrans[^%]*%}(.*?){% endblocktrans %}", re.DOTALL)
SHORT = re.compile(r'{% trans "([^"]*)"')
HOLE = re.compile(r"{{.*?}}|{%.*?%}")
TIME = re.compile(r"\b\d{1,2}:\d{2}(?! \()")
ONE = re.compile(
    r"(?<![\d.,:])1 (?:days|desks|entries|hours|minutes|months|pages|points|rounds|scorecards|start-ups|things|years"
    r"|dossiers|fiches|heures|jours|pages|postes|tours|ans)\b"
)
# What no value of a mail should look like: one that is missing, one of several languages at once, a hole that stayed
# open.
RAW = re.compile(r"\bNone\b|\bLazyI18n|{'|'}|{\"|{{|}}|{%|%\(|<\w+[ :>].*object at|\bdatetime\.|&(?:amp|quot|#x?\d+);")


@cache
def english_fragments() -> tuple[str, ...]:
    """What stands in the mails' English sentences between values,
    where it is long enough to be of this language alone."""
    found = set()
    for path in MAILS.glob("*.txt"):
        text = path.read_text()
        for sentence in SENTENCE.findall(text) + SHORT.findall(text):
            found |= {part.strip() for part in HOLE.split(" ".join(sentence.split()))}
    return tuple(sorted(part for part in found if len(part) > 12 and " " in part))


def faults_of(language: str, subject: str, text: str) -> list[str]:
    """What is wrong with a mail, in words; nothing when it may be sent."""
    faults = []
    if not subject.strip() or "\n" in subject or "  " in subject:
        faults.append(f"no subject of one line: {subject!r}")
    if "\n\n\n" in text:
        faults.append("holes between paragraphs")
    for line in [subject, *text.splitlines()]:
        if RAW.search(line):
            faults.append(f"a raw value: {line!r}")
        if "://" not in line and TIME.search(line):
            faults.append(f"a time without its zone: {line!r}")
        if ONE.search(line):
            faults.append(f"one, in the plural: {line!r}")
        if re.search(r"[^.]\.\.$|[^ ]  [^ ]| [,.](?: |$)|\(\)|“”|«\s*»", line):
            faults.append(f"a value that is empty: {line!r}")
        if language != "en" and any(part in line for part in english_fragments()):
            faults.append(f"English in a mail of language {language}: {line!r}")
    return faults


def read_mail(sender, instance, created, raw=False, **_told) -> None:
    """Every mail that a test writes is read (a receiver of Message's post_save).
    A letter between people is theirs to word."""
    if created and not raw and instance.kind != "corridor.letter":
        assert faults_of(instance.language, instance.subject, instance.text) == [], f"{instance.kind}: {instance.text}"
