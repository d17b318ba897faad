"""Reads data/editions/sample.toml: everything in it is invented and marked sample."""

import random
import tomllib
from functools import cache
from typing import Any

from django.conf import settings

ANSWERS_PER_EDITION = 5


@cache
def sample() -> dict[str, Any]:
    """The file as it stands."""
    with (settings.BASE_DIR / "data" / "editions" / "sample.toml").open("rb") as file:
        return tomllib.load(file)


def quality(seed: int, slug: str) -> float:
    """How good the sample jury will find a sample start-up, 0 to 1: drawn from the seed, the same each time."""
    return random.Random(f"{seed}/{slug}").random()


def mark(seed: int, slug: str, juror: str, criterion: str, top: int) -> int:
    """A sample juror's mark, 0 to `top`: the start-up's quality, the juror's severity, and some disagreement."""
    severity = random.Random(f"{seed}/{juror}").uniform(-0.12, 0.12)
    noise = random.Random(f"{seed}/{slug}/{juror}/{criterion}").gauss(0, 0.13)
    level = 0.3 + 0.6 * quality(seed, slug) + severity + noise
    return max(0, min(top, round(level * top)))


COMMENTS = {
    "en": [
        "Strong field trial. Show the cost of one unit over its life.",
        "Clear problem, honest figures. Who signs the first large order?",
        "I would have liked to see the answer of a second customer.",
        "The team knows its ground. The plan for the six months is the best part.",
        "Well told. The margin is thin: say what happens at ten times the volume.",
        "The figures are there, and they are dated. That is rare.",
        "I see the customer; I do not yet see who installs it.",
        "A modest promise, kept. What would you stop doing first?",
        "Good answers to hard questions. The next hire has to sell.",
        "Useful from the first day in another city. Begin with one district.",
    ],
    "fr": [
        "Essai de terrain solide. Montrez le coût d’une unité sur toute sa vie.",
        "Problème clair, chiffres honnêtes. Qui signe la première grosse commande\u00a0?",
        "J’aurais aimé entendre un deuxième client.",
        "L’équipe connaît son terrain. Le projet des six mois est le meilleur passage.",
        "Bien raconté. La marge est mince\u00a0: dites ce qui se passe à dix fois le volume.",
        "Les chiffres sont là, et ils sont datés. C’est rare.",
        "Je vois le client\u00a0; je ne vois pas encore qui installe.",
        "Une promesse modeste, tenue. Que cesseriez-vous de faire en premier\u00a0?",
        "De bonnes réponses à des questions difficiles. La prochaine embauche doit vendre.",
        "Utile dès le premier jour dans une autre ville. Commencez par un quartier.",
    ],
}


def comment(seed: int, slug: str, number: int, language: str) -> str:
    """What the entry's juror number `number` writes, from 0, over all rounds:
    no entry reads a sentence twice before the tenth."""
    sentences = COMMENTS.get(language, COMMENTS["en"])
    return random.Random(f"{seed}/{slug}").sample(sentences, len(sentences))[number % len(sentences)]
