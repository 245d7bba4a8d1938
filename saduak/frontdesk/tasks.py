"""What the clock does at front desks (งานตามเวลา)."""

from procrastinate.contrib.django import app

from saduak.frontdesk.operations import closing


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="frontdesk.close_days", pass_context=False)
def close_days(timestamp: int) -> None:
    """End the tickets and sittings that an earlier day has left open."""
    closing.close_days()
