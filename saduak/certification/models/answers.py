"""What the centre says of itself, leaf by leaf (คำตอบการประเมินตนเอง)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.marking import AbstractMark, it_says_one_known_thing


class Answer(AbstractMark):
    """The centre's own answer to one leaf of the criteria (คำตอบการประเมินตนเอง)."""

    application = models.ForeignKey("Application", on_delete=models.CASCADE, related_name="answers")
    explanation = models.TextField(_("explanation"), blank=True)
    version = models.PositiveIntegerField(default=1)
    carried_from = models.ForeignKey(  # Null: said anew.
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed as it was")
    )
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="one_answer_per_leaf"),
            it_says_one_known_thing("an_answer_says_one_known_thing"),
        ]
