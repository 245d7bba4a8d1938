"""What the clock does in certification (งานตามเวลา)."""

from procrastinate.contrib.django import app

from saduak.certification.models import Resolution
from saduak.certification.operations import acts, applications, certificates, letters


# The worker counts in UTC and forgets what it slept through; at five past every hour both midnight in Bangkok and the
# hour after an outage are met, and an hour with nothing due costs two questions.
@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="certification.turn_the_day", pass_context=False)
def turn_the_day(timestamp: int) -> None:
    """Let overdue drafts lapse, certificates expire when their term is over, and suspensions end on their last day."""
    applications.lapse_overdue()
    certificates.expire_due()
    acts.restore_due()


@app.task(name="certification.draft_letters")
def draft_letters(resolution: int) -> None:
    """Draft the letters of a resolution; they wait in the outbox until somebody has read and released them."""
    letters.draft_letters(Resolution.objects.get(pk=resolution))
