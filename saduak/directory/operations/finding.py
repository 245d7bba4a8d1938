"""Keep true what centres are found and sorted by."""

from django.db import transaction

from saduak.directory.models import Agency, Centre
from saduak.directory.models.centres import CentreQuerySet

AT_ONCE = 1000


def make_findable(centres: CentreQuerySet | None = None) -> int:
    """Set anew what these centres, or all, are found and sorted by; returns how many.

    Needed after rows were written past the model, after an agency or a province got another name, and after the rule
    that makes the words has changed. Centres are otherwise made findable whenever they are saved.
    """
    chosen = Centre.objects.all() if centres is None else centres
    ids = list(chosen.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            batch = list(
                Centre.objects.filter(pk__in=ids[start : start + AT_ONCE])
                .select_for_update(of=("self",))
                .with_names()
                .order_by("pk")
            )
            for centre in batch:
                centre.make_findable()
            Centre.objects.bulk_update(batch, ["search_text", "sort_key"])
    return len(ids)


def make_centres_findable_by(agency: Agency) -> int:
    """The same for the centres of an agency that got another name."""
    return make_findable(Centre.objects.filter(agency=agency))
