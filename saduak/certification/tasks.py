"""What the clock does in certification, every night (งานตามเวลา)."""

from procrastinate.contrib.django import app

from saduak.certification.operations import applications, certificates


@app.periodic(cron="5 0 * * *")
@app.task(queueing_lock="certification.turn_the_day", pass_context=False)
def turn_the_day(timestamp: int) -> None:
    """Let overdue drafts lapse and certificates expire when their term is over."""
    applications.lapse_overdue()
    certificates.expire_due()
