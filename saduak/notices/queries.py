"""What the outbox's pages and the work list ask."""

from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from saduak.access.grants import holds
from saduak.design.work import WorkItem
from saduak.notices.models import Notice, State
from saduak.notices.policies import Permission


def counts_by_state() -> dict[str, int]:
    """State → number of notices in it; every state is there."""
    counted = dict(Notice.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in State}


def batches_awaiting_release() -> list[dict[str, Any]]:
    """Each batch with drafts: `batch`, `drafts` (their number) and `last` (when the last one was written)."""
    drafts = Notice.objects.drafts().exclude(batch="").order_by()
    return [
        dict(line)
        for line in drafts.values("batch").annotate(drafts=Count("pk"), last=Max("drafted_at")).order_by("-last")
    ]


def unread_count(user: Any) -> int:
    """How many notices the person has not opened."""
    return Notice.objects.received_by(user).unread().count()


def work_for(user: Any) -> list[WorkItem]:
    """Batches to release and deliveries that failed, for those who work the outbox."""
    if not holds(user, Permission.OUTBOX):
        return []
    outbox = reverse("show_outbox")
    items = [
        WorkItem(
            reference=batch["batch"],
            who=ngettext("%(count)d draft", "%(count)d drafts", batch["drafts"]) % {"count": batch["drafts"]},
            awaited=_("Look through and release"),
            due=None,
            url=f"{outbox}?{urlencode({'batch': batch['batch'], 'state': State.DRAFT})}",
            action=_("Look through"),
            kind=_("Outbox"),
        )
        for batch in batches_awaiting_release()
    ]
    if failed := Notice.objects.failed().count():
        items.append(
            WorkItem(
                reference=str(State.FAILED.label),
                who=ngettext("%(count)d notice", "%(count)d notices", failed) % {"count": failed},
                awaited=_("Find out why, and try again"),
                due=None,
                url=f"{outbox}?{urlencode({'state': State.FAILED})}",
                action=_("Look at them"),
                kind=_("Outbox"),
            )
        )
    return items
