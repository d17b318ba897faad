"""The corridor part of a sample edition: incubators, wishes, placement, stays, agreements."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from config.demo import people
from config.demo.contest import Cast
from config.demo.sample import sample
from config.demo.timeline import Timeline
from contest.models import Edition
from corridor.agreements.drafting.blanks import suggest_terms
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.services.rendering import render_agreement
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.domain.calendar.spans import add_months
from corridor.domain.terms.clauses import TRANSLATED, TRANSLATED_OF_PARTY
from corridor.hosts.services.documents import add_host_document
from corridor.hosts.services.incubators import save_incubator
from corridor.hosts.services.openings import save_opening
from corridor.life.services.travellers import TravellerDraft, save_travellers
from corridor.models import Agreement, Candidate, Incubator, Programme, Stay
from corridor.placement.services.plans import apply_placements, propose_placements, solve_plan
from corridor.placement.services.stays import accept_stay
from corridor.placement.services.wishes import save_wishes
from corridor.programmes.services import admit_laureates, create_programme
from corridor.states import AgreementState, Party
from network.models import City, User
from network.states import OrganisationKind, Role
from toolkit import clock


def set_up_incubators(cast: Cast, first_start: date) -> dict[str, Incubator]:
    """The sample hosts with their openings, as each host would enter them. Openings are added once."""
    incubators = {}
    for row in sample()["incubators"]:
        city = City.objects.get(slug=row["city"])
        organisation = people.body(row["slug"], row["name"], OrganisationKind.INCUBATOR, city)
        host = people.host(city, organisation)
        incubator = Incubator.objects.filter(organisation=organisation).first()
        if incubator is None:
            incubator = save_incubator(by=cast.organiser, incubator=None, organisation=organisation)
            describe(host, incubator, row)
            for document in row.get("documents", []):
                show(host, incubator, document)
        incubators[row["slug"]] = incubator
        for opening in row["openings"]:
            save_opening(
                by=host,
                incubator=incubator,
                opening=None,
                starts=add_months(first_start, opening["from_month"]),
                ends=add_months(first_start, opening["until_month"]),
                desks=opening["desks"],
            )
    return incubators


def show(host: User, incubator: Incubator, document: dict[str, Any]) -> None:
    """A document that those who may come can read."""
    import weasyprint

    lines = "".join(f"<p>{line}</p>" for line in document["lines"])
    page = f"<html lang='en'><title>{document['title']}</title><h1>{document['title']}</h1>{lines}</html>"
    upload = SimpleUploadedFile("sample.pdf", weasyprint.HTML(string=page).write_pdf(), "application/pdf")
    add_host_document(by=host, incubator=incubator, title=document["title"], upload=upload)


def describe(host: User, incubator: Incubator, row: dict[str, Any]) -> None:
    """What the host says about itself."""
    save_incubator(
        by=host,
        incubator=incubator,
        description=row["description"],
        address=row["address"],
        languages=row["languages"],
        services=row["service_codes"],
        signatory_name=row["signatory"],
        signatory_role=row["signatory_role"]["en"],
        authority={language: text.rstrip(".") for language, text in row["authority"].items()},
        is_open=True,
    )


def wish(cast: Cast, programme: Programme, incubators: dict[str, Incubator], times: Timeline) -> None:
    """Each laureate puts two incubators in order."""
    rows = {row["name"]: row for row in sample()["startups"]}
    for candidate in Candidate.objects.filter(programme=programme).order_by("rank"):
        row = rows[candidate.name]
        with clock.at(times.wishes_close - timedelta(days=9 - candidate.rank)):
            save_wishes(
                by=cast.founders[row["slug"]],
                candidate=candidate,
                version=candidate.version,
                incubators=[(incubators[slug], place) for place, slug in enumerate(row["wishes"], 1)],
                people=row["people_travelling"],
                nationalities=row.get(
                    "nationalities", []
                ),  # left out where papers would take longer than the sample lasts
                earliest_start=programme.first_start,
                latest_start=programme.last_start,
                needs="",
            )


def place(cast: Cast, programme: Programme, times: Timeline, seed: int) -> list[Stay]:
    """A plan is proposed, solved and applied as it was shown."""
    with clock.at(times.wishes_close + timedelta(days=4)):
        plan = propose_placements(by=cast.organiser, programme=programme, seed=seed)
        solve_plan.call(plan.pk)
        plan.refresh_from_db()
        return apply_placements(by=cast.organiser, plan=plan)


def host_of(stay: Stay) -> User:
    hosts = User.objects.filter(memberships__organisation=stay.incubator.organisation, memberships__role=Role.HOST)
    return hosts.earliest("pk")


def founder_of(stay: Stay) -> User:
    members = User.objects.filter(memberships__organisation=stay.candidate.organisation, memberships__role=Role.FOUNDER)
    return members.earliest("pk")


def accept(stay: Stay, times: Timeline, *, by_host: bool = True) -> None:
    """The team says yes and names who goes, and the host says yes unless it still has to."""
    team = founder_of(stay)
    with clock.at(times.wishes_close + timedelta(days=8)):
        accept_stay(by=team, stay=stay, side="team")
        save_travellers(by=team, stay=stay, travellers=travellers_of(stay, team))
        if by_host:
            accept_stay(by=host_of(stay), stay=stay, side="host")


def travellers_of(stay: Stay, team: User) -> list[TravellerDraft]:
    """The founder for the whole stay, and colleagues on the other desks, the last of whom leaves a month early."""
    people = [(team.full_name, stay.ends)]
    for number in range(2, stay.desks + 1):
        ends = add_months(stay.ends, -1) if number == stay.desks else stay.ends
        people.append((f"Sample colleague {number} of {stay.candidate.name.removeprefix('Sample ')}", ends))
    country = stay.candidate.home_city.country
    return [TravellerDraft(name, [country], stay.starts, ends) for name, ends in people]


def terms_of(stay: Stay, language: str) -> dict[str, object]:
    """What the organiser decides at drafting: our template's suggestions,
    and sample words where only people can say."""
    sample_words = {
        "en": {"authority": "Sample text: by resolution of the sample council", "law": "the law of the host country"},
        "fr": {
            "authority": "Texte d’exemple : par délibération du conseil d’exemple",
            "law": "le droit du pays d’accueil",
        },
    }[language]
    suggested = suggest_terms(stay=stay, language=language)
    filled = {
        "startup_address": f"Sample address, {stay.candidate.home_city}",
        "city_address": f"Sample address, {stay.candidate.home_city}",
        "city_authority": sample_words["authority"],
        "startup_authority": sample_words["authority"],
        "mentor": f"Sample mentor, {stay.incubator.city}",
    }
    blanks = {key: value for key, value in filled.items() if key in suggested}
    return {**suggested, **blanks}


def terms_of_both(stay: Stay, language: str, beside: str) -> dict[str, object]:
    """terms_of for a document in two languages, the first of which prevails: what is said in words is said in both."""
    first, second = terms_of(stay, language), terms_of(stay, beside)
    in_words = [key for key in first if key in TRANSLATED or key.rpartition("_")[2] in TRANSLATED_OF_PARTY]
    return first | {key: {language: first[key], beside: second[key]} for key in in_words}


def agree(cast: Cast, stay: Stay, times: Timeline, signers: int, *, in_both: bool = False) -> Agreement:
    """Drafts the agreement, renders it, and lets the first `signers` parties sign in their order.
    Goes on where it stopped."""
    city = stay.incubator.city
    language, other = ("fr", "en") if city and city.country == "FR" else ("en", "fr")
    terms = terms_of_both(stay, language, other) if in_both else terms_of(stay, language)
    stay.refresh_from_db()
    with clock.at(times.wishes_close + timedelta(days=16)):
        agreement = stay.agreements.first() or draft_agreement(
            by=cast.organiser, stay=stay, language=language, beside=other if in_both else "", terms=terms
        )
        render_agreement.call(agreement.pk)
    signatures = agreement.signatures.order_by("order")
    for signature in signatures.filter(order__lte=signers, signed_at__isnull=True):
        with clock.at(times.wishes_close + timedelta(days=18 + signature.order, hours=-7)):
            sign(cast, stay, agreement, signature.party)
    with clock.at(times.wishes_close + timedelta(days=23)):
        render_agreement.call(agreement.pk)
    agreement.refresh_from_db()
    return agreement


def sign(cast: Cast, stay: Stay, agreement: Agreement, party: str) -> None:
    """The party's own person signs the issued document under the name that stands in it."""
    agreement.refresh_from_db()
    signers: dict[str, Callable[[Stay], User]] = {
        Party.HOST: host_of,
        Party.STARTUP: founder_of,
        Party.CITY: lambda stay: cast.coordinators[stay.candidate.home_city.slug],
    }
    signer = signers[Party(party)](stay)
    sign_agreement(
        by=signer,
        agreement=agreement,
        party=party,
        typed_name=agreement.content.party(party).signatory,
        consents=True,
        document_sha256=agreement.issued_sha256,
        code=send_signing_code(by=signer, agreement=agreement, party=party),
        ip_address="127.0.0.1",
        user_agent="sample walk",
    )


def run_corridor(cast: Cast, edition: Edition, times: Timeline, seed: int) -> Programme:
    """From the laureates to accepted stays; the host of the last one still has to answer."""
    with clock.at(times.round_2[1] + timedelta(days=1)):
        programme = create_programme(
            by=cast.organiser,
            slug="sample",
            edition=edition,
            name=sample()["programme"]["name"],
            first_start=times.first_start,
            last_start=add_months(times.first_start, 8),
            wishes_close=times.wishes_close,
            months=sample()["programme"]["stay_months"],
            is_public=True,
            is_sample=True,
        )
        incubators = set_up_incubators(cast, times.first_start)
        admit_laureates(by=cast.organiser, programme=programme)
    wish(cast, programme, incubators, times)
    stays = sorted(place(cast, programme, times, seed), key=by_start)
    for stay in stays:
        accept(stay, times, by_host=stay is not stays[-1])
    return programme


def by_start(stay: Stay) -> tuple[date, int]:
    return stay.starts, stay.candidate.rank


def conclude(cast: Cast, programme: Programme, times: Timeline) -> None:
    """The agreements. The stays that start first are signed by all;
    then one waits for the start-up and one for the city.

    Rendering runs in no transaction, so a walk may be interrupted here: called again, it goes on, and once all are
    drafted it changes nothing.
    """
    stays = sorted(Stay.objects.filter(programme=programme).select_related("candidate", "incubator"), key=by_start)[:-1]
    drafted = Agreement.objects.filter(programme=programme).count()
    if drafted >= len(stays) and not programme.agreements.filter(state=AgreementState.DRAFTED).exists():
        return
    for number, stay in enumerate(stays):
        agree(cast, stay, times, signers={2: 1, 1: 2}.get(len(stays) - number, 3), in_both=number == 0)
