"""What the languages of documents are called."""

from django.utils.translation import gettext_lazy

LANGUAGES = {"en": gettext_lazy("English"), "fr": gettext_lazy("French"), "es": gettext_lazy("Spanish")}
