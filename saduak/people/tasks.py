"""The worker's part: e-mails about accounts, which wait for a mail server that is away."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from saduak.people import post


# For two hours: 10 seconds at first, then twice as long each time. A mail server's refusals are OSErrors too.
@app.task(name="people.send_mail", retry=RetryStrategy(max_attempts=10, exponential_wait=2, retry_exceptions=[OSError]))
def send_mail_task(sealed: str) -> None:
    """Send one message."""
    post.opened(sealed).send()
