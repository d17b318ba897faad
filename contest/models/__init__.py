from contest.models.dossiers import Dossier, DossierAnswer, DossierFile
from contest.models.editions import Asked, Category, Edition, Question
from contest.models.entries import Answer, Attachment, Entry, Startup
from contest.models.selection import Claim, Nomination, Screening

__all__ = [
    "Answer",
    "Asked",
    "Attachment",
    "Category",
    "Claim",
    "Dossier",
    "DossierAnswer",
    "DossierFile",
    "Edition",
    "Entry",
    "Nomination",
    "Question",
    "Screening",
    "Startup",
]
