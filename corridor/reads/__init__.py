"""Who may see which row of corridor, and what its pages need at once. Loaded once the app is ready."""

from corridor.reads import (
    agreements,
    applications,
    changes,
    host_documents,
    hosts,
    people,
    plans,
    programmes,
    stays,
    templates,
)

__all__ = [
    "agreements",
    "applications",
    "changes",
    "host_documents",
    "hosts",
    "people",
    "plans",
    "programmes",
    "stays",
    "templates",
]
