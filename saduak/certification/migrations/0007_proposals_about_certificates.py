"""What is proposed about certificates stands on the agenda beside the units, and closes with the resolution."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION certification_proposal_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM certification_resolution WHERE meeting_id = OLD.meeting_id) THEN
        RAISE EXCEPTION 'The meeting has resolved.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposals_close_with_the_resolution BEFORE UPDATE ON certification_proposal
    FOR EACH ROW WHEN (
        (OLD.certificate_id, OLD.meeting_id, OLD.position, OLD.decision, OLD.decided_ground, OLD.decided_reason,
            OLD.decided_until)
        IS DISTINCT FROM
        (NEW.certificate_id, NEW.meeting_id, NEW.position, NEW.decision, NEW.decided_ground, NEW.decided_reason,
            NEW.decided_until))
    EXECUTE FUNCTION certification_proposal_is_open();
CREATE TRIGGER proposals_stay_after_the_resolution BEFORE DELETE ON certification_proposal
    FOR EACH ROW EXECUTE FUNCTION certification_proposal_is_open();
"""

BACKWARD = """
DROP TRIGGER proposals_stay_after_the_resolution ON certification_proposal;
DROP TRIGGER proposals_close_with_the_resolution ON certification_proposal;
DROP FUNCTION certification_proposal_is_open();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0006_spans_end_with_a_suspension'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('suspend', 'Suspension'), ('prolong', 'Suspension upheld'), ('restore', 'Restoration'), ('revoke', 'Revocation')], max_length=20, verbose_name='what is proposed')),
                ('ground', models.CharField(choices=[('not_met', 'The criteria are no longer met'), ('no_answer', 'Findings were not answered or not mended in time'), ('no_access', 'The centre did not let itself be followed up'), ('false_evidence', 'Evidence or information was false'), ('emblem_misused', 'The plaque or the emblem was misused'), ('service_stopped', 'The service has stopped, or moved away'), ('public_harm', 'Urgent harm to people who come to the centre'), ('mended', 'What was found has been mended'), ('unfounded', 'The ground has proved untrue'), ('time_over', 'The time that was set has run out'), ('own_wish', "The centre's own wish"), ('other', 'Another ground, as the reason says')], max_length=20, verbose_name='ground')),
                ('reason', models.TextField(verbose_name='reason')),
                ('until_day', models.DateField(null=True, verbose_name='until')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                ('position', models.PositiveIntegerField(null=True, verbose_name='position')),
                ('decision', models.CharField(blank=True, choices=[('suspend', 'Suspension'), ('prolong', 'Suspension upheld'), ('restore', 'Restoration'), ('revoke', 'Revocation'), ('nothing', 'Nothing is done')], max_length=20, verbose_name='decision')),
                ('decided_ground', models.CharField(blank=True, choices=[('not_met', 'The criteria are no longer met'), ('no_answer', 'Findings were not answered or not mended in time'), ('no_access', 'The centre did not let itself be followed up'), ('false_evidence', 'Evidence or information was false'), ('emblem_misused', 'The plaque or the emblem was misused'), ('service_stopped', 'The service has stopped, or moved away'), ('public_harm', 'Urgent harm to people who come to the centre'), ('mended', 'What was found has been mended'), ('unfounded', 'The ground has proved untrue'), ('time_over', 'The time that was set has run out'), ('own_wish', "The centre's own wish"), ('other', 'Another ground, as the reason says')], max_length=20, verbose_name='ground')),
                ('decided_reason', models.TextField(blank=True, verbose_name='reason')),
                ('decided_until', models.DateField(null=True, verbose_name='until')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled at')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='certification.certificate')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='certification.meeting')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
            ],
            options={
                'verbose_name': 'proposal about a certificate',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposalRecusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='certification.proposal')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals_on_certificates', to='certification.attendance')),
            ],
            options={
                'verbose_name': 'recusal',
            },
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('certificate',), name='one_open_proposal_per_certificate'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='proposals_are_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_proposal_states_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', ''), ('meeting', None), ('position', None)), models.Q(('meeting__isnull', False), ('position__isnull', False)), _connector='OR'), name='a_proposal_on_an_agenda_is_numbered'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('decision', ''), models.Q(('decided_reason', ''), _negated=True), _connector='OR'), name='a_decision_on_a_certificate_states_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_ground', ''), ('decided_until', None), ('decision__in', ['', 'nothing'])), models.Q(models.Q(('decision__in', ['', 'nothing']), _negated=True), models.Q(('decided_ground', ''), _negated=True)), _connector='OR'), name='a_decision_that_acts_names_its_ground'),
        ),
        migrations.AddConstraint(
            model_name='proposalrecusal',
            constraint=models.UniqueConstraint(fields=('proposal', 'seat'), name='a_member_steps_aside_once_per_certificate'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
