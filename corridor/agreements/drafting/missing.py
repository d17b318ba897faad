"""What an agreement still lacks, in words: each blank, and the language in which it is missing."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.agreements.templates.languages import LANGUAGES
from toolkit.refusals import Refusal

# What a person calls each blank. Those of the incubator are filled on its page, the others in the drafting form.
BLANKS = {
    "host_address": gettext_lazy("the incubator's address (page of the incubator)"),
    "host_signatory": gettext_lazy("who signs for the incubator (page of the incubator)"),
    "host_capacity": gettext_lazy("in which capacity the incubator's signatory signs (page of the incubator)"),
    "host_authority": gettext_lazy("by virtue of what the incubator's signatory signs (page of the incubator)"),
    "services": gettext_lazy("the incubator's services (page of the incubator)"),
    "host_account": gettext_lazy("a person of the incubator with an account"),
    "startup_address": gettext_lazy("the start-up's address"),
    "startup_signatory": gettext_lazy("who signs for the start-up, with a full name in the account"),
    "startup_capacity": gettext_lazy("in which capacity the start-up's signatory signs"),
    "startup_authority": gettext_lazy("by virtue of what the start-up's signatory signs"),
    "startup_account": gettext_lazy("a founder with an account"),
    "guest_address": gettext_lazy("the guest's address"),
    "guest_signatory": gettext_lazy("who signs for the guest, with a full name in the account"),
    "guest_capacity": gettext_lazy("in which capacity the guest's signatory signs"),
    "guest_authority": gettext_lazy("by virtue of what the guest's signatory signs"),
    "guest_account": gettext_lazy("a person of the guest's with an account"),
    "city_address": gettext_lazy("the home city's address"),
    "city_signatory": gettext_lazy("who signs for the home city, with a full name in the account"),
    "city_capacity": gettext_lazy("in which capacity the home city's signatory signs"),
    "city_authority": gettext_lazy("by virtue of what the home city's signatory signs"),
    "city_account": gettext_lazy("a coordinator of the home city with an account"),
    "network_address": gettext_lazy("the network's address"),
    "network_signatory": gettext_lazy("who signs for the network, with a full name in the account"),
    "network_capacity": gettext_lazy("in which capacity the network's signatory signs"),
    "network_authority": gettext_lazy("by virtue of what the network's signatory signs"),
    "network_account": gettext_lazy("an organiser with an account"),
    "school_address": gettext_lazy("the school's address"),
    "school_signatory": gettext_lazy("who signs for the school, with a full name in the account"),
    "school_capacity": gettext_lazy("in which capacity the school's signatory signs"),
    "school_authority": gettext_lazy("by virtue of what the school's signatory signs"),
    "school_account": gettext_lazy("a person of the school with an account (page People)"),
    "mentor_hours": gettext_lazy("the mentor's hours a month"),
    "fee": gettext_lazy("the price of the place and the services"),
    "immigration": gettext_lazy("who applies for visas and permits"),
    "law": gettext_lazy("the law that governs the agreement"),
    "court": gettext_lazy("the court that decides"),
    "prevailing_language": gettext_lazy("the language that prevails"),
    "reports": gettext_lazy("the reports of the programme, of which it asks none (reports of the programme)"),
    "report_start": gettext_lazy(
        "the baseline report, which the text names and the programme does not ask (reports of the programme)"
    ),
    "report_first": gettext_lazy(
        "the first report, which the text names and the programme does not ask (reports of the programme)"
    ),
    "report_middle": gettext_lazy(
        "the mid-term report, which the text names and the programme does not ask (reports of the programme)"
    ),
    "report_final": gettext_lazy(
        "the final report, which the text names and the programme does not ask (reports of the programme)"
    ),
    "report_year_one": gettext_lazy(
        "the report after one year, which the text names and the programme does not ask (reports of the programme)"
    ),
    "report_year_two": gettext_lazy(
        "the report after two years, which the text names and the programme does not ask (reports of the programme)"
    ),
    "annex": gettext_lazy("an annex of the incubator (page of the incubator)"),
}


class MissingBlanks(Refusal):
    """A document can't be drafted: `lacks` holds what it lacks as (key of BLANKS or annex_<id>, language or "").
    `labels` name the blanks that only its template has.

    `missing` holds the codes alone, `names` the same in words.
    """

    def __init__(self, lacks: Sequence[tuple[str, str]], labels: Mapping[str, str] | None = None) -> None:
        self.lacks, self.labels = list(lacks), dict(labels or {})
        self.missing = [code for code, _language in lacks]
        self.names = [blank_in_words(code, language, self.labels) for code, language in lacks]
        super().__init__(
            _("The agreement can't be drafted yet. It lacks: %(blanks)s.") % {"blanks": "; ".join(self.names)},
            code="agreement.blanks",
            status=422,
        )


def blank_in_words(code: str, language: str, labels: Mapping[str, str] | None = None) -> str:
    """What a person calls a blank; `labels` are those of the template's own blanks."""
    known: Mapping[str, str | Promise] = {**BLANKS, **(labels or {})}
    name = known.get("annex" if code.startswith("annex_") else code, code)
    if not language:
        return str(name)
    return _("%(blank)s, in %(language)s") % {"blank": name, "language": LANGUAGES[language]}
