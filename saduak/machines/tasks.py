"""The worker's part: telling systems what happened, and forgetting what is old."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from saduak.machines.keeping import forget_answers
from saduak.machines.models import Webhook
from saduak.machines.operations import hooks


@app.periodic(cron="* * * * *")
@app.task(name="machines.tell_all", queueing_lock="machines.tell_all")
def tell_all_task(timestamp: int) -> None:
    """Give every running webhook a job of its own, so that a slow address holds up nobody else."""
    for webhook in Webhook.objects.running():
        tell_soon(webhook)


@app.task(name="machines.tell")
def tell_task(webhook: str) -> None:
    """Gather what one webhook has yet to hear, and send what is due."""
    found = Webhook.objects.running().filter(pk=webhook).first()
    if found is not None:
        hooks.gather(found)
        hooks.deliver_due(found)


@app.periodic(cron="40 3 * * *")
@app.task(name="machines.forget", queueing_lock="machines.forget")
def forget_task(timestamp: int) -> None:
    """Forget answers that nobody asks for again, and deliveries that ended long ago."""
    forget_answers()
    hooks.forget_old()


def tell_soon(webhook: Webhook) -> None:
    """Enqueue the job of one webhook, unless one is waiting already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        tell_task.configure(queueing_lock=f"machines.tell {webhook.pk}").defer(webhook=str(webhook.pk))
