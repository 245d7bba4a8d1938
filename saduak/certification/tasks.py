"""What the clock does in certification (งานตามเวลา)."""

from procrastinate.contrib.django import app

from saduak.certification.models import AllotmentProposal, Application, CertificateAct, Resolution, Round
from saduak.certification.operations import (
    acts,
    allotting,
    applications,
    assets,
    certificates,
    credentials,
    defaults,
    findings,
    letters,
    letters_of_acts,
    open_data,
    reconsiderations,
    remarks,
    renewals,
    surveillance,
)


# The worker counts in UTC and forgets what it slept through; at five past every hour both midnight in Bangkok and the
# hour after an outage are met, and an hour with nothing due costs two questions.
@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="certification.turn_the_day", pass_context=False)
def turn_the_day(timestamp: int) -> None:
    """Let drafts lapse, certificates expire and suspensions end on their days, follow centres up, call plaques back."""
    applications.lapse_overdue()
    certificates.expire_due()
    acts.restore_due()
    surveillance.stop_ended()
    surveillance.plan_due()
    findings.escalate_due()
    assets.call_back_due()
    reconsiderations.lapse_overdue()
    defaults.set_due()
    renewals.remind_due()


# What is issued is signed at once; this finds what was issued before there were keys, or signed by a stolen one.
@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="certification.sign_missing", pass_context=False)
def sign_missing(timestamp: int) -> None:
    """Sign the credentials that certificates still lack."""
    credentials.sign_missing()


@app.periodic(cron="35 * * * *")
@app.task(queueing_lock="certification.renew_open_data", pass_context=False)
def renew_open_data(timestamp: int) -> None:
    """Make the files of the open data anew when anything has changed, or another day has begun."""
    open_data.renew()


@app.task(name="certification.look_at_dossier")
def look_at_dossier(application: int) -> None:
    """Note what looks odd about a dossier that was handed in."""
    remarks.look_at(Application.objects.select_related("round").get(pk=application))


@app.task(name="certification.look_at_round")
def look_at_round(round: int) -> None:
    """Look at every dossier of a round again, by its new terms."""
    remarks.look_at_round(Round.objects.get(pk=round))


@app.task(name="certification.propose_assignments")
def propose_assignments(proposal: int) -> None:
    """Calculate a proposal of assignments."""
    allotting.calculate(AllotmentProposal.objects.get(pk=proposal))


@app.task(name="certification.draft_letters")
def draft_letters(resolution: int) -> None:
    """Draft the letters of a resolution; they wait in the outbox until somebody has read and released them."""
    given = Resolution.objects.get(pk=resolution)
    letters.draft_letters(given)
    letters_of_acts.draft_letters(given)


@app.task(name="certification.draft_act_letter")
def draft_act_letter(act: int) -> None:
    """Draft the letter about an act that no resolution ordered."""
    letters_of_acts.draft_letter(CertificateAct.objects.get(pk=act))
