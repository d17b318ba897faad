#!/usr/bin/env bash
# ical.js 2.2.1 (npm) and vobject 0.9.9 (PyPI), fed by icalendar 7.3.0 (PyPI); Node 20, Python 3.11; seen on 30 November 2026.
#
# Expected: a zone whose changes of clocks stand as RDATE lists, as icalendar's add_missing_timezones() writes them and as RFC 5545
# (3.8.5.2, 3.6.5) allows, is read alike everywhere: RDATE with ten values is ten onsets. Both libraries do expand such lists in events.
# Seen: inside a VTIMEZONE both take the first value of each list alone. Nothing is raised; a meeting of 1 July 2027, 11:00 in Paris
# (09:00 UTC), is read as 10:00 UTC, by winter time, and one of January is right.
# Where it is met: a feed of sessions that is right in one program and an hour late, in summer only, in another.
set -euo pipefail
command -v node npm python3 >/dev/null || { echo "needs Node, npm and Python 3"; exit 2; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv v && v/bin/pip -q install icalendar==7.3.0 vobject==0.9.9 tzdata==2026.6
npm init -y >/dev/null && npm i --silent --no-audit --no-fund ical.js@2.2.1

cat > write.py <<'PY'
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
from icalendar import Calendar, Event

calendar = Calendar()
calendar.add("prodid", "-//finding//EN")
calendar.add("version", "2.0")
for month in (1, 7):
    event = Event()
    event.add("uid", str(month))
    event.add("dtstamp", datetime(2026, 11, 30, tzinfo=ZoneInfo("UTC")))
    event.add("dtstart", datetime(2027, month, 1, 11, tzinfo=ZoneInfo("Europe/Paris")))
    calendar.add_component(event)
calendar.add_missing_timezones()
text = calendar.to_ical().decode()
if sys.argv[1] == "lines":  # the same zone, one RDATE a line
    lines = []
    for line in text.replace("\r\n ", "").splitlines():
        name, _, values = line.partition(":")
        lines += [f"{name}:{value}" for value in values.split(",")] if name == "RDATE" else [line]
    text = "\r\n".join(lines) + "\r\n"
print(text, end="")
PY
cat > read.py <<'PY'
import sys
from datetime import timezone
import vobject

calendar = vobject.readOne(open(sys.argv[1]).read())
print(" ".join(event.dtstart.value.astimezone(timezone.utc).strftime("%H:%M") for event in calendar.vevent_list))
PY
cat > read.mjs <<'JS'
import fs from 'fs'; import ICAL from 'ical.js';
const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], 'utf8')));
calendar.getAllSubcomponents('vtimezone').forEach((zone) => ICAL.TimezoneService.register(zone));
console.log(calendar.getAllSubcomponents('vevent')
  .map((event) => new ICAL.Event(event).startDate.toJSDate().toISOString().slice(11, 16)).join(' '));
JS
v/bin/python write.py lists > lists.ics
v/bin/python write.py lines > lines.ics
grep -c '^RDATE' lists.ics >/dev/null
status=0
check() { echo "$1: $3 (expected $2)"; [ "$2" = "$3" ] || status=1; }
right="10:00 09:00" late="10:00 10:00"  # January and July, in UTC
check "vobject, one RDATE a line" "$right" "$(v/bin/python read.py lines.ics)"
check "ical.js, one RDATE a line" "$right" "$(TZ=UTC node read.mjs lines.ics)"
check "vobject, lists" "$late" "$(v/bin/python read.py lists.ics)"
check "ical.js, lists" "$late" "$(TZ=UTC node read.mjs lists.ics)"
exit $status
