"""A certificate may be suspended, restored, revoked and given back; each time an act stands behind it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER an_act_is_written_once BEFORE UPDATE OR DELETE ON certification_certificateact
    FOR EACH STATEMENT EXECUTE FUNCTION certification_refuse_change();

-- Suspended, revoked or returned is only what an act of just that kind has made so.
CREATE FUNCTION certification_stage_fits_its_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage IN ('suspended', 'revoked', 'returned') AND NOT EXISTS (
            SELECT FROM certification_certificateact
            WHERE id = NEW.act_id AND certificate_id = NEW.id
                AND CASE kind WHEN 'suspend' THEN 'suspended' WHEN 'prolong' THEN 'suspended'
                    WHEN 'revoke' THEN 'revoked' WHEN 'return_voluntarily' THEN 'returned' END = NEW.stage) THEN
        RAISE EXCEPTION 'No act makes the certificate %.', NEW.stage USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_stage_rests_on_its_act BEFORE INSERT OR UPDATE ON certification_certificate
    FOR EACH ROW EXECUTE FUNCTION certification_stage_fits_its_act();
"""

BACKWARD = """
DROP TRIGGER a_stage_rests_on_its_act ON certification_certificate;
DROP FUNCTION certification_stage_fits_its_act();
DROP TRIGGER an_act_is_written_once ON certification_certificateact;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0004_spans_of_certificates'),
        ('directory', '0007_state_of_an_import'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('suspend', 'Suspension'), ('prolong', 'Suspension upheld'), ('restore', 'Restoration'), ('revoke', 'Revocation'), ('return_voluntarily', 'Voluntary return')], max_length=20, verbose_name='act')),
                ('ground', models.CharField(choices=[('not_met', 'The criteria are no longer met'), ('no_answer', 'Findings were not answered or not mended in time'), ('no_access', 'The centre did not let itself be followed up'), ('false_evidence', 'Evidence or information was false'), ('emblem_misused', 'The plaque or the emblem was misused'), ('service_stopped', 'The service has stopped, or moved away'), ('public_harm', 'Urgent harm to people who come to the centre'), ('mended', 'What was found has been mended'), ('unfounded', 'The ground has proved untrue'), ('time_over', 'The time that was set has run out'), ('own_wish', "The centre's own wish"), ('other', 'Another ground, as the reason says')], max_length=20, verbose_name='ground')),
                ('reason', models.TextField(verbose_name='reason')),
                ('from_day', models.DateField(verbose_name='from')),
                ('until_day', models.DateField(null=True, verbose_name='until')),
                ('rule', models.CharField(blank=True, choices=[('provisional_order', 'Provisional order of the secretariat'), ('order_lifted', 'The secretariat lifts its own order'), ('holders_wish', 'The centre gives its certificate back'), ('time_is_over', 'The time of the suspension is over')], max_length=20, verbose_name='rule')),
                ('taken_at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'act on a certificate',
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='certificate',
            name='one_valid_certificate_per_centre',
        ),
        migrations.RemoveConstraint(
            model_name='certificate',
            name='a_certificate_has_a_known_stage',
        ),
        migrations.AddField(
            model_name='certificate',
            name='suspended_until',
            field=models.DateField(null=True, verbose_name='suspended until'),
        ),
        migrations.AddField(
            model_name='certificateact',
            name='certificate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='certification.certificate'),
        ),
        migrations.AddField(
            model_name='certificateact',
            name='resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='certification.resolution', verbose_name='resolution'),
        ),
        migrations.AddField(
            model_name='certificateact',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='act',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certification.certificateact', verbose_name='last act'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['suspended', 'valid'])), fields=('centre',), name='one_living_certificate_per_centre'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['valid', 'suspended', 'expired', 'revoked', 'returned', 'renewed'])), name='a_certificate_has_a_known_stage'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['returned', 'revoked', 'suspended']), _negated=True), ('act__isnull', False), _connector='OR'), name='an_act_stands_behind_each_side_exit'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'suspended'), ('suspended_until', None), _connector='OR'), name='only_a_suspension_has_a_last_day'),
        ),
        migrations.AddConstraint(
            model_name='certificateact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['suspend', 'prolong', 'restore', 'revoke', 'return_voluntarily'])), name='an_act_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='certificateact',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['not_met', 'no_answer', 'no_access', 'false_evidence', 'emblem_misused', 'service_stopped', 'public_harm', 'mended', 'unfounded', 'time_over', 'own_wish', 'other'])), name='an_act_has_a_known_ground'),
        ),
        migrations.AddConstraint(
            model_name='certificateact',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_act_states_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='certificateact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolution__isnull', False), ('rule', '')), models.Q(('resolution', None), ('rule__in', ['provisional_order', 'order_lifted', 'holders_wish', 'time_is_over'])), _connector='OR'), name='an_act_rests_on_a_resolution_or_on_a_rule'),
        ),
        migrations.AddConstraint(
            model_name='certificateact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['revoke', 'prolong']), _negated=True), ('resolution__isnull', False), _connector='OR'), name='only_the_committee_revokes_and_upholds'),
        ),
        migrations.AddConstraint(
            model_name='certificateact',
            constraint=models.CheckConstraint(condition=models.Q(('until_day', None), models.Q(('kind__in', ['suspend', 'prolong']), ('until_day__gte', models.F('from_day'))), _connector='OR'), name='only_suspensions_have_a_last_day'),
        ),
        migrations.AddConstraint(
            model_name='certificateact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rule', 'provisional_order'), _negated=True), models.Q(('ground__in', ('false_evidence', 'service_stopped', 'public_harm')), ('kind', 'suspend'), ('until_day__isnull', False)), _connector='OR'), name='an_order_is_provisional_and_urgent'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
