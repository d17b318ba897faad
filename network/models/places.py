"""Cities and organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.states import OrganisationKind
from toolkit.names import NameField


class City(models.Model):
    """A city of, or near, the network. `evidence` says how well its membership is known (marks of data/cities.csv)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=100, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4)
    longitude = models.DecimalField(max_digits=7, decimal_places=4)
    time_zone = models.CharField(_("time zone"), max_length=64)
    is_member = models.BooleanField(_("member of the network"), default=False)
    evidence = models.CharField(max_length=32, blank=True)
    note = models.CharField(max_length=255, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A legal or working body: the secretariat, a city hall, an incubator, an agency, a start-up."""

    slug = models.SlugField(max_length=80, unique=True)
    name = NameField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="organisations")
    place = models.CharField(_("place"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    email_domain = models.CharField(_("e-mail domain"), max_length=100, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("organisation")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind")
        ]

    def __str__(self) -> str:
        found: str = self.name
        return found
