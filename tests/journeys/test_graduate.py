"""A graduate's road: an account, an application in five steps, the home city's approval, admission, wishes,
a place, a signature, a report."""

import re
import time
from datetime import date
from urllib.request import urlopen

from playwright.sync_api import expect

from tests.contest.pdfs import pdf
from tests.journeys.browser import check_page
from tests.journeys.site import PATIENCE

ADDRESS = "ana@graduates.example"

CODE = f"""
from network.models import Message
answer = Message.objects.filter(to_email={ADDRESS!r}).latest("id").text
"""
PROGRAMME = """
from corridor.models import Programme
answer = Programme.objects.get(slug="sample-graduates").pk
"""
HOST = f"""
from corridor.models import Stay
from network.models import User
stay = Stay.objects.get(candidate__user__email={ADDRESS!r}, state="proposed")
host = User.objects.filter(memberships__organisation=stay.incubator.organisation, memberships__role="host").first()
answer = [stay.pk, stay.incubator.name, host.email]
"""
SIGNING_CODE = """
from network.models import Message
answer = Message.objects.filter(kind="corridor.signing_code").latest("pk").text
"""
SIGNED = """
from corridor.models import Signature
signed = Signature.objects.filter(agreement__stay=NUMBER).exclude(signed_at=None)
answer = [[row.party, row.signer_name] for row in signed]
"""
BEGINS = {
    "What do you want to have done and learnt": "Fire a whole batch with half the heat.",
    "What do you bring": "Two years of kilns, and German.",
}
# The host and the city sign as their people would, each with the code that was sent to them.
OTHERS_SIGN = """
from corridor.models import Agreement
from corridor.agreements.notices import party_people
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.agreements.signers import expected
agreement = Agreement.objects.get(stay=NUMBER)
for signature in agreement.signatures.filter(signed_at=None).order_by("order"):
    signer = signature.signatory or party_people(signature)[0]
    sign_agreement(by=signer, agreement=agreement, party=signature.party, consents=True,
                   typed_name=expected(signature, agreement.content).name, document_sha256=agreement.issued_sha256,
                   code=send_signing_code(by=signer, agreement=agreement, party=signature.party))
answer = [row.party for row in agreement.signatures.exclude(signed_at=None).order_by("order")]
"""
# Months pass: the stay began five days ago, and what was due before it moves along.
TIME_PASSES = """
from datetime import timedelta
from corridor.domain.calendar.spans import add_months
from corridor.life.reading.stays import today_at
from corridor.models import Stay
from corridor.life.services.checklists import follow_dates
stay = Stay.objects.with_parties().get(pk=NUMBER)
before, stay.starts = stay.starts, today_at(stay) - timedelta(days=5)
stay.ends = add_months(stay.starts, 6)
stay.save()
follow_dates(stay, before)
answer = stay.state
"""


def press(page, name, role="button"):
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.click()


def sign_up(site, page):
    """From the programme's public page through sign-up, and back to where one was going."""
    page.goto(site.url + "/programmes/")
    press(page, "Graduates abroad (sample)", "link")
    check_page(page)
    press(page, "Apply", "link")
    page.get_by_label("Your name").fill("Ana Applicant")
    page.get_by_label("E-mail address").fill(ADDRESS)
    press(page, "Send me a code")
    page.get_by_label("Code").fill(re.search(r"^[A-Z0-9-]{6,}$", site.run(CODE), re.MULTILINE).group())
    press(page, "Continue")
    page.wait_for_url("**/programmes/sample-graduates/apply/")


def apply(page):
    """Five steps; the first refusal is about age, and what was typed is still there."""
    press(page, "Begin")
    today = date.today()
    page.get_by_label("Home city").select_option(label="Clermont-Ferrand (FR)")
    page.get_by_label("Date of birth").fill(f"{today.year - 31}-03-01")
    page.get_by_label("Postal address").fill("12 rue Haute, Clermont-Ferrand")
    page.get_by_label("Nationality", exact=True).select_option(label="France")
    page.get_by_label("French").check()
    press(page, "Save and continue")
    page.get_by_label("graduate, no longer enrolled").check()
    page.get_by_label("Diploma").fill("Master in materials science")
    page.get_by_label("School or university").fill("Université Clermont Auvergne")
    page.get_by_label("Awarded on").fill(f"{today.year - 1}-09-30")
    press(page, "Save and continue")
    page.get_by_label("Why you, and why abroad").fill("I want to see how others dry their clay.")
    page.get_by_label("What would you like to have finished").fill("A kiln that heats the house next door.")
    press(page, "Save and continue")
    page.get_by_label("Copy of the diploma").set_input_files(
        {"name": "diploma.pdf", "mimeType": "application/pdf", "buffer": pdf(1)}
    )
    press(page, "Save and continue")
    page.get_by_label("What I say is true").check()
    press(page, "Submit the application")
    expect(page.get_by_text("The application does not meet the rule of this programme.")).to_be_visible()
    check_page(page)
    press(page, "About you", "link")
    page.get_by_label("Date of birth").fill(f"{today.year - 24}-03-01")
    expect(page.get_by_label("Postal address")).to_have_value("12 rue Haute, Clermont-Ferrand")
    press(page, "Save and continue")
    press(page, "Check and submit", "link")
    page.get_by_label("What I say is true").check()
    press(page, "Submit the application")
    expect(page.get_by_text("Clermont-Ferrand decides whether it approves.")).to_be_visible()


def look_again(page):
    """Until what is being computed or prepared is there: by hand, sooner than the page asks for itself."""
    until = time.monotonic() + PATIENCE
    while page.get_by_role("link", name="Look again").count():
        assert time.monotonic() < until, page.url
        page.wait_for_timeout(200)
        page.reload()


def key(page, name, role="button", within=None):
    """The same by keyboard: what is in focus is pressed with Enter."""
    (within or page).get_by_role(role, name=name).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def live(site, page):
    """From the home page to the stay: a line of the checklist ticked off, the report of the first days filed,
    a calendar's address."""
    page.goto(site.url + "/home/")
    key(page, "My stay", "link")
    expect(page.get_by_text("under way", exact=True)).to_be_visible()
    check_page(page)
    key(page, "Done", within=page.get_by_role("row", name="Housing found"))
    expect(page.get_by_text("1 line settled")).to_be_visible()
    key(page, "Where you begin", "link")
    for label, said in BEGINS.items():
        page.get_by_label(label).fill(said)
    check_page(page)
    key(page, "File the report")
    expect(page.get_by_text("The report is filed. Thank you.")).to_be_visible()
    key(page, "Make an address")
    calendar = urlopen(page.locator("code", has_text=".ics").inner_text()).read().decode()
    assert calendar.count("BEGIN:VEVENT") == calendar.count("SUMMARY:Ana Applicant at ") == 1


def decide(page, name, choice, reason, rank=""):
    press(page, name, "link")
    page.get_by_label(choice).check()
    if rank:
        page.get_by_label("Rank, when admitted").fill(rank)
    page.get_by_label("Reason").first.fill(reason)
    press(page, "Decide")


def test_from_the_public_page_to_a_place_abroad(site, page, enter, log_in):
    sign_up(site, page)
    apply(page)

    city = enter("coordinator")
    press(city, "Applications", "link")
    check_page(city)
    decide(city, "Ana Applicant", "Approve the application", "Her thesis was done with us.")
    expect(city.get_by_text("Approved. The person and the organiser are told.")).to_be_visible()

    office = enter("organiser")
    programme = f"{site.url}/organise/programmes/{site.run(PROGRAMME)}/"
    office.goto(programme + "applications/")
    decide(office, "Ana Applicant", "Admit to the programme", "A clear plan.", rank="2")
    expect(office.get_by_text("Admitted with rank 2.")).to_be_visible()

    page.goto(site.url + "/home/")
    press(page, "Choose", "link")
    check_page(page)
    expect(page.get_by_text("By the rule on age, your stay can begin until")).to_be_visible()
    for number, house in enumerate(["Braga", "Cuneo"], 1):
        page.get_by_label(f"Wish number for Sample incubator, {house}").fill(str(number))
    press(page, "Save my wishes")
    expect(page.get_by_text("Your wishes are saved.")).to_be_visible()

    office.goto(programme)
    press(office, "Propose placements")
    look_again(office)
    press(office, "Apply")

    number, house, email = site.run(HOST)
    host = log_in(email)
    host.goto(f"{site.url}/stays/{number}/")
    press(host, "Accept the stay")
    page.goto(site.url + "/home/")
    press(page, "Answer", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Ana Applicant at {house}")
    press(page, "Accept the stay")
    expect(page.get_by_text("You accepted the stay.")).to_be_visible()

    office.goto(f"{site.url}/stays/{number}/agreement/")
    expect(office.get_by_label("Address of the guest")).to_have_value("12 rue Haute, Clermont-Ferrand")
    office.locator("#id_city_authority").fill("the resolution of the sample council")
    office.locator("#id_signing_order").select_option("guest host city")
    press(office, "Issue the agreement")
    look_again(office)
    page.goto(site.url + "/home/")
    press(page, "Read it", "link")
    press(page, "Send me a code")
    code = re.search(r"^[0-9A-Z]{6}$", site.run(SIGNING_CODE), re.MULTILINE).group()
    page.get_by_label("Code from the mail").fill(code)
    page.get_by_label("Your name, as it stands in the agreement").fill("Ana Applicant")
    page.get_by_role("checkbox", name="simple").first.check()
    press(page, "Sign this agreement")
    assert site.run(SIGNED.replace("NUMBER", str(number))) == [["guest", "Ana Applicant"]]
    assert site.run(OTHERS_SIGN.replace("NUMBER", str(number))) == ["guest", "host", "city"]
    page.reload()
    look_again(page)
    assert site.run(TIME_PASSES.replace("NUMBER", str(number))) == "confirmed"

    live(site, page)
    host.goto(site.url + "/home/")
    press(host, "Incubator", "link")
    press(host, "Guests and arrivals", "link")
    expect(host.get_by_role("row", name="Ana Applicant")).to_contain_text("1 of 8 done")
    press(host, "Ana Applicant", "link")
    press(host, "Where you begin", "link")
    expect(host.get_by_text("Version 1, filed by Ana Applicant")).to_be_visible()
    office.goto(programme + "calendar/")
    expect(office.get_by_role("link", name="Ana Applicant")).to_contain_text("agreement signed")
