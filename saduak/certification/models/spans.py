"""How long a certificate had which standing (ช่วงสถานะของใบรับรอง)."""

from datetime import date
from typing import Self

from django.db import connection, models
from django.db.models import Q

from saduak.certification.procedure.certificates import CertificateStage
from saduak.directory.models.naming import holding


class SpanQuerySet(models.QuerySet["Span"]):
    """Ways of choosing spans."""

    def on(self, day: date) -> Self:
        """Those that hold the day: at most one of each certificate."""
        return self.filter(holding(day, since="from_day", until="until_day"))

    def in_force_on(self, day: date) -> Self:
        """Those in which the certificate is valid on the day; such a span always has a last day, the term's at most."""
        return self.filter(stage=CertificateStage.VALID, from_day__lte=day, until_day__gte=day)


class Span(models.Model):
    """A certificate in one standing from day to day, both included; an empty `until_day` lasts (ช่วงสถานะ).

    A trigger writes the spans anew with every entry of the certificate in the journal, in the same transaction, as
    `procedure.standing.slices` would; nobody else writes them. `began_by` is the sequence number of the entry, empty
    where the term ran out.
    """

    certificate = models.ForeignKey("Certificate", on_delete=models.CASCADE, related_name="spans")
    centre_id = models.BigIntegerField()  # That of the certificate; it follows by trigger.
    stage = models.CharField(max_length=40)
    from_day = models.DateField()
    until_day = models.DateField(null=True)  # Null: it lasts.
    began_by = models.BigIntegerField(null=True)  # Null: the term ran out.

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["certificate", "from_day"]
        indexes = [
            models.Index(fields=["centre_id", "from_day"], name="span_of_centre"),
            models.Index(
                fields=["from_day", "until_day", "centre_id"],
                name="span_in_force_of_centre",
                condition=Q(stage=CertificateStage.VALID),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "from_day"], name="a_span_begins_once_a_day"),
            models.CheckConstraint(
                name="a_span_runs_forward", condition=Q(until_day=None) | Q(until_day__gte=models.F("from_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.stage} {self.from_day}"


def write_spans_anew() -> None:
    """Make the spans of every certificate from the journal; after an import that went past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT certification_write_spans(NULL)")
