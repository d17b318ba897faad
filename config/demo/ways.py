"""The five people whose doors the demo opens, placed where there is something to do at once."""

from config.demo import people
from corridor.models import Candidate, Incubator, Signature, Stay
from corridor.states import AgreementState, Party, StayState
from network.models import City, Organisation, User
from network.states import Role


def give_ways_in() -> list[User]:
    """Founder, coordinator, organiser, juror, host: each with work waiting. Can be run again."""
    body = _startup_that_signs_next()
    founder = people.person("founder", _founder_named(body), language="en", time_zone="Europe/Paris")
    if body is not None:
        people.member(founder, body, Role.FOUNDER)
        # The one who is expected to sign goes by this door, under the same name.
        waiting = Signature.objects.filter(party=Party.STARTUP, organisation=body, signed_at__isnull=True)
        waiting.filter(signatory__full_name=founder.full_name).update(signatory=founder)
    incubator = _incubator_that_answers_next()
    host = people.person("host", incubator.signatory_name if incubator else "Sample host")
    if incubator is not None:
        people.member(host, incubator.organisation, Role.HOST)
    home = City.objects.get(slug="clermont-ferrand")
    others = User.objects.filter(is_sample=True, email__regex=r"^(organiser|juror)@")
    return [founder, host, people.coordinator(home), *others]


def _founder_named(body: Organisation | None) -> str:
    """The name that the start-up's agreement gives to its founder: who comes in by the door can sign under it."""
    founders = body.memberships.filter(role=Role.FOUNDER).order_by("pk") if body else []
    return next((membership.user.full_name for membership in founders), "Sample founder")


def _startup_that_signs_next() -> Organisation | None:
    """The start-up whose signature an agreement waits for; else the first laureate's."""
    waiting = (
        Signature.objects.filter(
            party=Party.STARTUP, signed_at__isnull=True, agreement__state=AgreementState.ISSUED, order__lte=2
        )
        .select_related("organisation")
        .order_by("agreement_id")
        .first()
    )
    if waiting is not None:
        # Who comes in by the door has the printed name too: of two namesakes, drafting names neither in particular.
        Signature.objects.filter(pk=waiting.pk).update(signatory=None)
        return waiting.organisation
    laureates = Candidate.objects.filter(award__isnull=False).select_related("organisation")
    candidate = laureates.order_by("programme_id", "rank").first()
    return candidate.organisation if candidate else None


def _incubator_that_answers_next() -> Incubator | None:
    """The host that still has to accept a stay; else the first sample incubator."""
    stay = (
        Stay.objects.filter(state=StayState.PROPOSED, accepted_by_host_at__isnull=True).order_by("starts", "id").first()
    )
    if stay is not None:
        return stay.incubator
    return Incubator.objects.filter(organisation__is_sample=True).order_by("organisation__name").first()
