"""What an address says of its owner where many share one host: “greenwave” of linkedin.com/company/greenwave."""

import re
from urllib.parse import unquote, urlsplit

# Where a page of one's own is a path below somebody else's name; their subdomains too (fr.linkedin.com,
# sites.google.com).
SHARED_HOSTS = frozenset(
    [
        "about.me",
        "airtable.com",
        "apple.com",
        "behance.net",
        "bsky.app",
        "canva.com",
        "crunchbase.com",
        "drive.google.com",
        "dropbox.com",
        "eventbrite.com",
        "f6s.com",
        "facebook.com",
        "fb.com",
        "flickr.com",
        "framer.com",
        "github.com",
        "gitlab.com",
        "google.com",
        "gofundme.com",
        "helloasso.com",
        "indiegogo.com",
        "instagram.com",
        "kickstarter.com",
        "linkedin.com",
        "linktr.ee",
        "malt.fr",
        "medium.com",
        "notion.site",
        "notion.so",
        "patreon.com",
        "pinterest.com",
        "producthunt.com",
        "snapchat.com",
        "t.me",
        "telegram.me",
        "threads.net",
        "tiktok.com",
        "twitter.com",
        "ulule.com",
        "vimeo.com",
        "wellfound.com",
        "whatsapp.com",
        "x.com",
        "xing.com",
        "youtu.be",
        "youtube.com",
    ]
)
# Steps of a path that say what kind of page it is, not whose.
KINDS = frozenset(
    [
        "about",
        "app",
        "apps",
        "c",
        "channel",
        "company",
        "companies",
        "d",
        "details",
        "developer",
        "edit",
        "en",
        "event",
        "events",
        "fr",
        "de",
        "es",
        "file",
        "folder",
        "groups",
        "home",
        "id",
        "in",
        "int",
        "o",
        "organization",
        "page",
        "pages",
        "people",
        "profile",
        "profiles",
        "project",
        "projects",
        "pub",
        "public",
        "school",
        "search",
        "share",
        "showcase",
        "site",
        "sites",
        "startup",
        "startups",
        "status",
        "store",
        "u",
        "user",
        "users",
        "v",
        "view",
        "watch",
        "www",
    ]
)
SHORTEST = 3


def host_of_website(website: str) -> str:
    """The host in small letters; "" where there is none."""
    try:
        return (urlsplit(website if "//" in website else f"//{website}").hostname or "").strip(".")
    except ValueError:
        return ""


def is_shared(host: str) -> bool:
    """Whether the host, or one above it, lends its name to many: its name tells nothing of a team."""
    labels = host.split(".")
    return any(".".join(labels[n:]) in SHARED_HOSTS for n in range(len(labels)))


def own_pages(website: str) -> tuple[str, ...]:
    """The steps of an address that name its owner where the host is shared, else nothing."""
    if not is_shared(host_of_website(website)):
        return ()
    path = unquote(urlsplit(website if "//" in website else f"//{website}").path)
    steps = (step.lstrip("@") for step in path.split("/"))
    return tuple(
        step
        for step in steps
        if len(step) >= SHORTEST
        and step.lower() not in KINDS
        and not re.fullmatch(r"(id)?\d+|[a-z]{2}[-_][a-zA-Z]{2}", step)
    )
