"""Where a round holds names back, no surface that a juror can reach holds one; the same for the others' marks.

The surfaces are those of the table of addresses by role, so that a new page is walked as soon as it is in the table.
"""

import io
import zipfile
from types import SimpleNamespace

import pikepdf
import pytest

from contest.entries.services.attachments import attach_deck
from judging.jury.notices.assignment import Assigned
from judging.scoring.notices import remind
from network.models import Event, Message
from network.services import record_event
from tests import build
from tests.contest.pdfs import pdf, upload
from tests.test_urls_by_role import GETS, ROLES, address, names, rows

NAMES = ["zephyrwing", "bramblethorpe", "quillon", "xanadorf", "zephyrmail", "tellingfile", "zanzibarmeta"]
OTHERS = ["737.25", "plumbago"]
JUDGING = ("judging", "scorecard", "set_aside", "ballot", "juror_", "home", "standing")
# Pages that list every city of the network, whoever reads them.
LISTS_CITIES = {"public_network", "startup_new", "startup_edit", "profile"}


def telling(made):
    """A deck whose properties, bookmarks and links name the team."""
    made.docinfo["/Title"] = "Zephyrwing zanzibarmeta"
    made.docinfo["/Author"] = "Quillon Bramblethorpe"
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = ["Zanzibarmeta"]
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Why Zephyrwing", 0))
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://zephyrmail.example/")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].Annots = pikepdf.Array([link])
    made.pages[0].PieceInfo = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private="Zanzibarmeta"))


@pytest.fixture
def blinded(organiser, enter, settings, tmp_path):
    """A juror of two (of an open round without names) and one entry whose every part names the team; the other juror's
    marks and comment on it are distinctive."""
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    edition, town = build.edition("2027"), build.city("xanadorf", "Xanadorf")
    firm = build.startup("Zephyrwing Aquatics SAS", town)
    firm.organisation.email_domain = "zephyrmail.example"
    firm.organisation.save()
    founder = build.person("q@zephyrmail.example", "Quillon Bramblethorpe", "founder", firm.organisation)
    asked = [
        edition.questions.create(code=code, text={"en": code}, is_required=False, names_team=code == "team")
        for code in ("team", "why")
    ]
    entry = build.entry(
        edition,
        firm,
        title="Zephyrwing Aquatics cleans rivers",
        summary=(
            "ZEPHYRWING AQUATICS of Xanadorf. Ask Quillon. www.zephyrwingaquatics.example. Zephyrwing-Aquatics, "
            "zephyrwing aquatics s.a.s."
        ),
        video_url="https://films.example/zephyrwing",
        code="E01",
    )
    for question in asked:
        entry.answers.create(question=question, value="Quillon Bramblethorpe, q@zephyrmail.example, Xanadorf")
    attach_deck(by=founder, entry=entry, upload=upload(pdf(change=telling), "zephyrwing-tellingfile.pdf"))
    build.nominate(entry)
    round = build.round(edition, state="open", shows_names=False, others_marks="after_submitting", min_scorecards=1)
    round.criteria.update(scale_max=1_000_000)
    jurors = [build.juror(edition, n, build.city("elsewhere")) for n in (1, 2)]
    cards = [build.assign(round, juror, entry) for juror in jurors]
    build.marks(cards[1], "737.25", "737.25")
    cards[1].comment = "Plumbago"
    cards[1].save()
    Assigned.tell(round, jurors, record_event(by=organiser, verb="open", thing=round))
    remind(round, "test", 10)
    version = build.set_aside(cards[0])
    pks = {
        "judging/scorecards/": cards[0].pk,
        "judging/set-aside/": version.pk,
        "judging/rounds/": round.pk,
        "judging/workbooks/": build.ballot_import(cards[0]).pk,
        "files/attachments/": entry.attachments.get().pk,
        "api/v1/scorecards/": cards[0].pk,
    }
    user = jurors[0].user
    return SimpleNamespace(round=round, card=cards[0], user=user, client=enter(user), pks=pks, entry=entry)


def content_of(answer) -> bytes:
    """Everything that reaches the reader: headers, body, and what is packed in a workbook or a PDF."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    parts = [str(answer.headers).encode(), body]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            parts += [book.read(name) for name in book.namelist()]
    if b"%PDF-" in body[:1024]:
        with pikepdf.open(io.BytesIO(body)) as deck:
            parts += [
                str(thing).encode() + (thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b"")
                for thing in deck.objects
            ]
            parts.append(str(deck.trailer).encode())
    return b"\n".join(parts).lower()


def surfaces(blinded, only=("",)) -> dict[str, bytes]:
    """{what: everything in it} of each address that the table opens to jurors and that this stage has, and of their
    mails. `only`: those whose name begins so."""
    words = {"slug": "2027", "edition": "2027", "token": "none", "name": "none", "form": "csv", "step": "pitch"}
    reached = {}
    juror = ROLES.index("juror")
    for name, statuses in rows(GETS).items():
        if statuses[juror] not in ("200", "302") or not name.startswith(only):
            continue
        try:
            place = address(names()[name], words, blinded.pks)
        except (KeyError, ValueError, AssertionError):
            continue
        answer = blinded.client.get(place)
        if answer.status_code in (200, 302):
            reached[name] = content_of(answer)
    for more in ("?show=todo", "?show=submitted"):
        reached[f"judging{more}"] = content_of(blinded.client.get(f"/judging/{more}"))
    for more in ("?ordering=entry__startup", "?search=zephyrwing", f"?entry={blinded.entry.pk}"):
        reached[f"scorecard-list{more}"] = content_of(blinded.client.get(f"/api/v1/scorecards/{more}"))
    mails = Message.objects.filter(to_user=blinded.user)
    reached["mails"] = "\n".join(f"{m.subject} {m.text} {m.html}" for m in mails).lower().encode()
    return reached


def leaks(reached: dict[str, bytes], secrets: list[str]) -> list[tuple[str, str]]:
    return [
        (name, secret)
        for name, content in reached.items()
        for secret in secrets
        if secret.encode() in content and not (secret == "xanadorf" and name in LISTS_CITIES)
    ]


def test_no_surface_of_a_blinded_round_names_the_team(blinded):
    reached = surfaces(blinded)
    must = {
        "home",
        "judging",
        "scorecard",
        "scorecard_recuse",
        "scorecard_deck",
        "set_aside",
        "ballot",
        "ballot_download",
    }
    must |= {
        "attachment",
        "scorecard-list",
        "scorecard-detail",
        "entry-list",
        "standing-list",
        "mails",
        "public_edition",
    }
    assert must - set(reached) == set()
    assert leaks(reached, NAMES + OTHERS) == []
    assert b"cleans rivers" in reached["scorecard"], "the pitch itself is there"


def test_with_names_the_same_walk_finds_them(blinded):
    """The walk would see a leak: in a round with names, each of these surfaces holds one."""
    blinded.round.shows_names = True
    blinded.round.save()
    found = {name for name, secret in leaks(surfaces(blinded, JUDGING), NAMES)}
    assert {
        "judging",
        "scorecard",
        "scorecard_deck",
        "set_aside",
        "ballot_download",
        "scorecard-detail",
    } - found == set()


def test_others_marks_are_seen_when_the_setting_says_so_and_nothing_else(blinded):
    build.marks(blinded.card, 100, 100)
    seen = leaks(surfaces(blinded, JUDGING), NAMES + OTHERS)
    assert seen == [("scorecard", "737.25")], "marks, without comments"
    page = blinded.client.get(f"/judging/scorecards/{blinded.card.pk}/").content.decode()
    assert "Juror 2" not in page
    for setting in ("never", "after_closing"):
        type(blinded.round).objects.filter(pk=blinded.round.pk).update(others_marks=setting)
        assert leaks(surfaces(blinded, ("scorecard",)), OTHERS) == []
    build.freeze(blinded.round)
    assert b"737.25" in content_of(blinded.client.get(f"/judging/scorecards/{blinded.card.pk}/"))


def test_who_reopens_after_seeing_the_others_leaves_a_trace(blinded):
    build.marks(blinded.card, 100, 100)
    blinded.client.post(f"/judging/scorecards/{blinded.card.pk}/reopen/")
    assert Event.objects.get(verb="reopen").after == {"state": "draft", "saw_others": True}
    assert b"737.25" not in content_of(blinded.client.get(f"/judging/scorecards/{blinded.card.pk}/"))


def test_a_film_can_t_be_blinded_so_there_is_none(blinded):
    place = f"/judging/scorecards/{blinded.card.pk}/video/"
    assert blinded.client.get(place).status_code == 404
