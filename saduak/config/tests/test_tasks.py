"""The jobs of a killed worker are taken up again."""

import asyncio
from types import SimpleNamespace

from saduak.config import tasks


class Jobs:
    def __init__(self):
        self.done_again = []
        self.forgot = None

    async def get_stalled_jobs(self):
        return ["one", "two"]

    async def retry_job(self, job):
        self.done_again.append(job)

    async def delete_old_jobs(self, *, nb_hours):
        self.forgot = nb_hours


def test_what_was_left_is_taken_up_and_what_is_done_is_forgotten():
    jobs = Jobs()
    context = SimpleNamespace(app=SimpleNamespace(job_manager=jobs))

    asyncio.run(tasks.take_up_what_was_left(context, 0))
    asyncio.run(tasks.forget_done_jobs(context, 0))

    assert jobs.done_again == ["one", "two"]
    assert jobs.forgot == 14 * 24
