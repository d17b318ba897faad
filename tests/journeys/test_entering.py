"""A founder enters an open call on a phone, by keyboard: five steps, a draft kept on the way, a deck, and a receipt."""

from io import BytesIO

import pikepdf
from playwright.sync_api import expect

from tests.journeys.browser import check_page, follow

ENTRY = """
from contest.models import Entry
from network.models import Message
entry = Entry.objects.get(edition__slug="sample-call", startup__organisation__name="Sample Last Bus")
receipts = Message.objects.filter(kind="contest.entry_submitted", to_user__email="founder@sample.invalid").count()
answer = [entry.state, entry.title, entry.answers.count(), [a.pages for a in entry.attachments.all()], receipts]
"""

OWN_SITE = True


def deck(pages: int, script: str = "") -> bytes:
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(script))
        pdf.Root.OpenAction = pdf.make_indirect(action)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def go_on(page, button="Save and continue"):
    page.get_by_role("button", name=button).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    check_page(page)


def write(page, label, text):
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def send_deck(page, name, content):
    page.get_by_label("Pitch deck (PDF)").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )


def test_an_entry_from_the_first_step_to_the_receipt(site, enter):
    page = enter("founder", width=390)
    page.get_by_role("link", name="Start an entry").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    go_on(page, "Start the entry")
    go_on(page)  # the start-up's profile is known already

    write(page, "Title", "A bus that waits")
    write(page, "Pitch", "The last bus waits for the last train.")
    page.get_by_label("Category").select_option(label="Mobility")
    go_on(page)

    # Closed in the middle: what was saved is there, and the next visit goes on.
    page = enter("founder", width=390)
    assert "A bus that waits" in page.goto(site.url + "/entries/").text()
    follow(page, page.get_by_role("link", name="Go on writing").first)
    follow(page, page.get_by_role("link", name="Questions", exact=True).first)
    for number, box in enumerate(page.locator("main textarea").all()):
        box.focus()
        page.keyboard.insert_text(f"Answer number {number}.")
    go_on(page)

    send_deck(page, "deck.pdf", deck(2, script="app.alert('hello')"))
    go_on(page)
    assert "JavaScript" in page.inner_text("main")
    send_deck(page, "deck.pdf", deck(3))
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("5. Check and submit")

    page.get_by_label("We have read the rules").focus()
    page.keyboard.press("Space")
    go_on(page, "Submit the entry")
    state, title, answers, pages, receipts = site.run(ENTRY)
    assert (state, title, answers, pages, receipts) == ("submitted", "A bus that waits", 5, [3], 1)
