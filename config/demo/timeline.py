"""When things happen in a sample edition."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Timeline:
    """The moments of an edition, aware, and the corridor's first and last start."""

    call_opens: datetime
    call_closes: datetime
    nominations_close: datetime
    round_1: tuple[datetime, datetime]
    round_2: tuple[datetime, datetime]
    final: date
    wishes_close: datetime
    first_start: date

    @property
    def entered(self) -> datetime:
        return self.call_closes - timedelta(days=6)

    @property
    def nominated(self) -> datetime:
        return self.nominations_close - timedelta(days=3)


def _at(year: int, month: int, day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


FINISHED = Timeline(
    call_opens=_at(2026, 1, 5, 9),
    call_closes=_at(2026, 2, 20, 23, 59),
    nominations_close=_at(2026, 3, 6),
    round_1=(_at(2026, 3, 9, 9), _at(2026, 3, 27)),
    round_2=(_at(2026, 4, 13, 9), _at(2026, 4, 16)),
    final=date(2026, 4, 16),
    wishes_close=_at(2026, 5, 10, 23, 59),
    first_start=date(2026, 9, 1),
)


def evening(day: date) -> datetime:
    return _at(day.year, day.month, day.day)


def around(today: date) -> Timeline:
    """An edition that stands in the middle of its first round on `today`."""

    def day(offset: int) -> datetime:
        return evening(today + timedelta(days=offset))

    final = today + timedelta(days=40)
    start = date(final.year + (final.month + 4 > 12), (final.month + 3) % 12 + 1, 1)
    return Timeline(day(-75), day(-20), day(-8), (day(-5), day(9)), (day(30), day(39)), final, day(60), start)


def open_call(today: date) -> Timeline:
    """An edition whose call is open on `today`."""

    def day(offset: int) -> datetime:
        return evening(today + timedelta(days=offset))

    final = today + timedelta(days=120)
    start = date(final.year + (final.month + 4 > 12), (final.month + 3) % 12 + 1, 1)
    return Timeline(day(-12), day(23), day(40), (day(45), day(65)), (day(110), day(119)), final, day(140), start)
