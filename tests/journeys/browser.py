"""What journeys ask of a page."""

import shutil
from pathlib import Path

import axe_playwright_python

# The same engine without the windows around it takes half the processor time (203 → 106 s for all journeys).
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# Of what passes axe would describe every element, which takes longer than to find what does not.
BRIEFLY = "resultTypes: ['violations']"
RULES = f"{{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], {BRIEFLY}}}"
# All that a theme changes is colour: these are axe's rules about it.
OF_COLOUR = f"{{runOnly: {{type: 'rule', values: ['color-contrast', 'link-in-text-block']}}, {BRIEFLY}}}"


def watch(page):
    """Collects what the page's console complains about in `page.complaints`.
    A test that expects a refusal clears it."""
    page.complaints = []
    page.on(
        "console", lambda line: page.complaints.append(f"{page.url}: {line.text}") if line.type == "error" else None
    )
    page.on("pageerror", lambda error: page.complaints.append(f"{page.url}: {error}"))
    return page


def follow(page, what) -> None:
    """Clicks what leads to another page (the same address, perhaps), and waits until that is there."""
    with page.expect_navigation():
        what.click()


def axe(page) -> None:
    """Fails on what axe-core finds (WCAG 2.2 A and AA), in the light and in the dark theme."""
    found = []
    page.evaluate(AXE)
    for theme, rules in (("light", RULES), ("dark", OF_COLOUR)):
        page.emulate_media(color_scheme=theme)
        for violation in page.evaluate(f"axe.run(document, {rules}).then(found => found.violations)"):
            found += [f"{theme}: {violation['id']} {node['target']}" for node in violation["nodes"]]
    page.emulate_media(color_scheme="light")
    assert found == [], page.url


def check_page(page) -> None:
    """What holds on every page: axe-core finds nothing, nothing hangs over the side, the console is silent,
    the language is told."""
    page.wait_for_load_state()  # a click returns as soon as the next page has begun
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
    assert hidden_columns(page) == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.lang") in ("en", "fr")


HIDDEN = """() => [...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1)
  .filter(box => !box.classList.contains('cal') && box.querySelector('tr').children.length < 6)
  .map(box => box.getAttribute('aria-label') || box.id)"""


def hidden_columns(page) -> list[str]:
    """Tables of up to five columns of which a part is out of sight: they fit a phone."""
    return page.evaluate(HIDDEN)
