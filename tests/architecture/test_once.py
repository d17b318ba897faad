"""What goes by one path: dossiers, and whatever is typed long."""

import re

from tests.architecture.sources import ROOT, name_of, sources


def test_dossiers_are_saved_by_one_path():
    """Entries and applications count no version up, inspect no file, refuse nothing as stale and make no steps."""
    own = re.compile(r"\.version \+= 1|\binspect_pdf\(|\bStale\w*\(|update_or_create\(.*question|def _stepper")
    here = {
        name_of(path) for path in sources("contest/entries", "corridor/applications") if own.search(path.read_text())
    }
    assert here == {"corridor/applications/services/personal_data.py"}  # erasing: no form may bring back what is gone
    assert own.search((ROOT / "contest/dossier/services/drafts.py").read_text())


def test_what_is_typed_goes_by_one_script_and_one_door():
    """Pages that save what is typed use autosave.js, and what arrives is read by network.typed alone."""
    scripts = {path.name: path.read_text() for path in (ROOT / "static/js").glob("*.js")}
    sending = {name for name, text in scripts.items() if re.search(r'from "\./send-draft\.js"', text)}
    assert sending == {"autosave.js", "scorecard-queue.js"}
    users = {name for name, text in scripts.items() if "new Autosave(" in text}
    assert users == {"long-texts.js", "report.js", "saved-form.js", "scorecard.js"}
    doors = [path for path in sources() if re.search(r"^@(door\.)?saves_typed$", path.read_text(), re.M)]
    assert sorted(map(name_of, doors)) == [
        "contest/entries/views/steps.py",
        "corridor/applications/views/steps.py",
        "corridor/life/views/report_autosave.py",
        "judging/results/views/deliberation.py",
        "judging/scoring/views/autosave.py",
    ]
