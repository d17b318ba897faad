"""The ways into the demonstration, in a browser."""

from playwright.sync_api import expect

from tests.journeys.browser import check_page
from tests.mails import faults_of

PEOPLE = """
for role in ("founder", "juror"):
    build.person(f"{role}@sample.invalid", f"Sample {role}", is_sample=True)
"""


def test_way_in_logs_in_and_speaks_the_browsers_language(site, enter):
    site.run(PEOPLE)
    page = enter("juror", language="fr")
    expect(page).to_have_url(site.url + "/home/")
    assert page.evaluate("document.documentElement.lang") == "fr"
    check_page(page)


def test_ways_are_shown_on_a_page(site, page):
    site.run(PEOPLE)
    page.goto(site.url + "/demo/")
    check_page(page)
    page.get_by_role("link", name="founder").click()
    expect(page).to_have_url(site.url + "/home/")


MAIL = """
from network.services.mail import write_message
write_message(key="one", kind="invitation", to=None, email="new@person.example", language="en", subject="Your code",
              text="It is ABC-DEF.", html="<p style='color: teal'>It is ABC-DEF.</p>", is_secret=True)
"""


def test_mailbox_shows_a_mail_with_its_code(site, page):
    site.run(MAIL)
    page.goto(site.url + "/demo/mail/")
    check_page(page)
    page.get_by_role("link", name="Your code", exact=True).click()
    expect(page.locator("dl.facts dd").first).to_have_text("new@person.example")
    expect(page.locator("main")).to_contain_text("ABC-DEF")
    check_page(page)
    page.get_by_role("main").get_by_role("link", name="Show it as a mail reader would").click()
    expect(page.locator("p")).to_have_text("It is ABC-DEF.")


MAILS = """
from network.models import Message
mails = Message.objects.exclude(kind="corridor.letter")
answer = [[mail.kind, mail.language, mail.subject, mail.text] for mail in mails]
"""


def test_every_mail_of_the_demonstration_reads_well(site):
    """In both languages: no raw value, no English in a French mail, no time without its zone, one in the singular."""
    mails = site.run(MAILS)
    assert {language for _kind, language, _subject, _text in mails} >= {"en", "fr"}
    assert len({kind for kind, *_rest in mails}) >= 20
    assert [(kind, faults) for kind, *mail in mails if (faults := faults_of(*mail))] == []
