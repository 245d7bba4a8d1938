"""What the clock does for the jobs themselves (งานเบื้องหลังประจำ)."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

KEEP_DONE_HOURS = 24 * 14


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="config.take_up_what_was_left", pass_context=True)
async def take_up_what_was_left(context: JobContext, timestamp: int) -> None:
    """Do again the jobs whose worker was killed, as told by its missing heartbeat; a job must bear being done twice."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="config.forget_done_jobs", pass_context=True)
async def forget_done_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that were done two weeks ago; failed ones stay until somebody looked at them."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_HOURS)
