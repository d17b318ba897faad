"""The key that tells which code of a frozen result is whom: erased for good, while the result still recomputes."""

from django.db import transaction
from django.utils.translation import gettext as _

from judging.models import Result, Round
from judging.permissions import require_runs
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal


@transaction.atomic
def erase_result_key(*, by: User, result: Result, reason: str) -> Result:
    """Forgets the names that a frozen result keeps beside its file. File and hash stay, and pages of it show codes.
    Raises Refusal without a reason, and for names that are gone already."""
    require_runs(by, Round.objects.get(pk=result.round_id))
    result = locked(Result.objects.filter(pk=result.pk)).get()
    if result.key_erased_at is not None:
        raise Refusal(_("The names of this result are erased already."), code="key.erased")
    if not reason.strip():
        raise Refusal(_("Say why the names are erased."), code="key.reason", field="reason", status=422)
    counts = {part: len(result.key.get(part, {})) for part in ("entries", "jurors")}
    result.key = {}
    result.key_erased_at, result.key_erased_by, result.key_erased_for = clock.now(), by, reason.strip()[:500]
    result.save()
    record_event(by=by, verb="erase", thing=result, before=counts, after={"reason": result.key_erased_for})
    return result
