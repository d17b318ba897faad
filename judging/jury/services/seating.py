"""Who marks what in a practice round: every juror every sample, except where they have a tie."""

from judging.jury.reading.facts import ties_of
from judging.models import Assignment, Juror, Round, Scorecard
from judging.reads.rounds import entries_of
from judging.states import RoundState
from toolkit import clock


def seat_newcomer(juror: Juror) -> None:
    """A juror who accepts while a practice is open takes part in it."""
    practice = Round.objects.filter(edition=juror.edition_id, city=juror.for_city_id, is_calibration=True)
    for round in practice.filter(state=RoundState.OPEN):
        seat_all(round, [juror])


def seat_all(round: Round, jurors: list[Juror]) -> None:
    """Gives each of these jurors every entry of the round that no tie keeps from them, with an empty scorecard."""
    tied = {(tie.juror, tie.entry) for tie in ties_of(round, jurors)}
    now = clock.now()
    for entry in entries_of(round):
        for juror in jurors:
            if (juror.pk, entry.pk) not in tied:
                seat, made = Assignment.objects.get_or_create(
                    round=round, juror=juror, entry=entry, defaults={"created_at": now}
                )
                if made:
                    Scorecard.objects.create(assignment=seat)
