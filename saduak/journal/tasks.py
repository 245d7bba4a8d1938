"""The clock as a user of the journal."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from saduak.journal.seals.sealing import JournalBusy, seal

EVERY_FIVE_MINUTES = "*/5 * * * *"


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(queueing_lock="seal_journal", retry=RetryStrategy(max_attempts=6, wait=10, retry_exceptions=[JournalBusy]))
def seal_journal(timestamp: int) -> None:
    """Seal what was written since the last time; gives way to people who are writing, and tries again."""
    seal()
