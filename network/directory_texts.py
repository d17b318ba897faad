"""The words of data/cities.csv and data/organisations.csv, so that they can be said in the reader's language.
A test compares them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

TEXTS = (
    _("Seat of the network; host of the 2017 conference"),
    _("Host of the 2019 conference"),
    _("Executive committee, October 2025"),
    _("Host of the 2022 conference"),
    _("Executive committee, October 2025. Twin city of Clermont-Ferrand (general knowledge, to be confirmed)"),
    _("Host of the 2024 conference; executive committee, October 2025"),
    _(
        "A county: the point is near Coldbrook. Some press says United States; Nova Scotia is inferred from the "
        "Valley REN page"
    ),
    _("Twin city of Clermont-Ferrand (general knowledge, to be confirmed)"),
    _("Host of the 2026 conference; executive committee, October 2025"),
    _("Leads the incubator corridor"),
    _("Named among the network's representatives at the 2023 visit to Anderson"),
    _("Took part in the 2017 conference. Seat of Michelin North America (general knowledge, to be confirmed)"),
    _("Took part in the 2017 conference. Lies in the County of Kings"),
    _("Took part in the 2017 conference"),
    _("Took part in the 2019 conference"),
    _("Took part in the 2019 conference. Twin city of Clermont-Ferrand (general knowledge, to be confirmed)"),
    _(
        "Only in Clermont-Ferrand's mobility-grant list; membership unknown. Twin city of Clermont-Ferrand "
        "(general knowledge, to be confirmed)"
    ),
    _("Only in Clermont-Ferrand's mobility-grant list; a partner city, membership unknown"),
    _(
        "Subsidiary of Université Clermont Auvergne; ran the INMC 2024 Start-Up Award. The accelerator Bivouac "
        "was folded into a consortium with it"
    ),
    _("Incubator founded in 1999"),
    _(
        "Accelerator from 2015 to 2021, dissolved and folded into a consortium with Clermont Auvergne "
        "Innovation: kept as an example of a host whose legal identity changed, not as a host today"
    ),
    _(
        "Its innovation hub (1,160 m², CAD 6 million, from September 2021) was announced with 75 ICT firms. "
        "Places for the corridor are not published"
    ),
    _(
        "Named with ACET around a supra-regional accelerator since 2015. Sherbrooke is near Magog and is not a "
        "city of the network's list"
    ),
    _(
        "Named with Espace-inc around a supra-regional accelerator since 2015. Sherbrooke is near Magog and is "
        "not a city of the network's list"
    ),
    _(
        "Part of InvestBraga; since 2014; 135 firms by 2019; applicants from 14 countries in one programme. "
        "Places for the corridor are not published"
    ),
    _("Kind and address to be confirmed"),
    _("The city's innovation and economic development agency; took part in the 2019 conference"),
    _("Asturias"),
    _("Baden-Württemberg"),
    _("Basque Country"),
    _("Bavaria"),
    _("Castile and León"),
    _("England"),
    _("Hamburg"),
    _("Norte"),
    _("Nova Scotia"),
    _("Piedmont"),
    _("Quebec"),
    _("Rhineland-Palatinate"),
    _("Saarland"),
    _("Scotland"),
    _("South Carolina"),
)


def in_words(text: str) -> str:
    """A note or a region in the reader's language, if it is one of those; else as it was entered."""
    return gettext(text) if text in TEXTS else text
