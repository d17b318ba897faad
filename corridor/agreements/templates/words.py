"""What is wrong with a template, in words, and which placeholders it may use."""

from django.utils.translation import gettext as _

from corridor.agreements.templates.languages import LANGUAGES
from corridor.agreements.templates.wording import shipped
from corridor.domain.terms.checks import Fault, placeholders_of, used_in
from corridor.states import Party


def known_placeholders(kind: str) -> set[str]:
    """Those that every agreement fills, and those that our own texts of this kind use."""
    known = placeholders_of([str(party) for party in Party])
    for wording in shipped():
        if wording.kind == kind:
            for text in wording.texts.values():
                rows = [*text["clauses"], *text["annexes"]]
                sentences = [one for table in text["parts"].values() for one in table.values() if isinstance(one, str)]
                known |= used_in(
                    text["title"], text["subtitle"], text["consent"], *sentences, *(row["text"] for row in rows)
                )
    return known


def sentence_of(fault: Fault) -> str:
    """What is wrong with a template's text, and where."""
    language = str(LANGUAGES.get(fault.language, fault.language))
    names = ", ".join(fault.names)
    braced = ", ".join(f"{{{name}}}" for name in fault.names)
    if fault.code == "empty":
        return _("“%(where)s” is empty in %(language)s.") % {"where": fault.where, "language": language}
    if fault.code == "unknown":
        return _("Nothing fills %(names)s, in “%(where)s” (%(language)s).") % {
            "names": braced,
            "where": fault.where,
            "language": language,
        }
    if fault.code == "placeholders":
        return _("%(names)s stands in “%(where)s” in %(language)s and not in every language.") % {
            "names": braced,
            "where": fault.where,
            "language": language,
        }
    if fault.code == "paragraphs":
        return _("“%(where)s” has not as many paragraphs in each language: %(names)s.") % {
            "where": fault.where,
            "names": names,
        }
    if fault.code == "order":
        return _("The clauses of %(language)s are not those of the first language, in the same order: %(names)s.") % {
            "language": language,
            "names": names,
        }
    if fault.code == "sentences":
        return _("The sentences “%(where)s” are not the same ones in %(language)s.") % {
            "where": fault.where,
            "language": language,
        }
    return _("“%(where)s” is no code: small letters, figures and _ only.") % {"where": fault.where}
