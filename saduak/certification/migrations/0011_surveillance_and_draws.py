"""Certified centres are followed up, by the calendar, by a drawn sample, or with a reason."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

FORWARD = """
-- What was announced of a draw stays, and so does its result.
CREATE FUNCTION certification_draw_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (OLD.frame, OLD.frame_sha256, OLD.algorithm, OLD.size, OLD.seed_source, OLD.seed_day, OLD.announced_at)
            IS DISTINCT FROM
            (NEW.frame, NEW.frame_sha256, NEW.algorithm, NEW.size, NEW.seed_source, NEW.seed_day, NEW.announced_at)
        OR (OLD.seed <> '' AND (OLD.seed, OLD.result) IS DISTINCT FROM (NEW.seed, NEW.result)) THEN
        RAISE EXCEPTION 'What was announced of a draw stays.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_draw_keeps_what_was_announced BEFORE UPDATE OR DELETE ON certification_draw
    FOR EACH ROW EXECUTE FUNCTION certification_draw_stays();

-- What was handed over to the centre is no longer changed.
CREATE FUNCTION certification_findings_are_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stage_now text;
BEGIN
    SELECT stage INTO stage_now FROM certification_surveillance
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.surveillance_id ELSE NEW.surveillance_id END;
    IF stage_now <> 'checked' THEN
        RAISE EXCEPTION 'The findings are closed: the surveillance is %.', stage_now
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER findings_close_when_handed_over
    BEFORE INSERT OR UPDATE OR DELETE ON certification_surveillancefinding
    FOR EACH ROW EXECUTE FUNCTION certification_findings_are_open();
"""

BACKWARD = """
DROP TRIGGER findings_close_when_handed_over ON certification_surveillancefinding;
DROP FUNCTION certification_findings_are_open();
DROP TRIGGER a_draw_keeps_what_was_announced ON certification_draw;
DROP FUNCTION certification_draw_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0002_write_once'),
        ('certification', '0010_past_results'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='surveillance_months',
            field=models.PositiveSmallIntegerField(default=12, help_text='0: none by the calendar.', verbose_name='months between surveillances'),
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='reference')),
                ('stage', models.CharField(max_length=40, verbose_name='stage')),
                ('stage_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this stage since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('purpose', models.TextField(verbose_name='what it is for')),
                ('strata', models.CharField(choices=[('none', 'Not divided: a simple sample'), ('province', 'By province'), ('level', 'By level'), ('ministry', 'By ministry')], max_length=10, verbose_name='divided')),
                ('frame', models.JSONField(verbose_name='frame')),
                ('frame_sha256', models.CharField(max_length=64, verbose_name='hash of the frame')),
                ('algorithm', models.CharField(default='sha256-order/1', max_length=30, verbose_name='algorithm')),
                ('size', models.PositiveIntegerField(verbose_name='how many are drawn')),
                ('seed_source', models.TextField(verbose_name='where the seed comes from')),
                ('seed_day', models.DateField(verbose_name='day of the seed')),
                ('announced_at', models.DateTimeField(verbose_name='announced at')),
                ('due_on', models.DateField(verbose_name='to be checked by')),
                ('seed', models.CharField(blank=True, max_length=200, verbose_name='seed')),
                ('result', models.JSONField(blank=True, default=list, verbose_name='result')),
                ('drawn_at', models.DateTimeField(null=True, verbose_name='drawn at')),
                ('is_example', models.BooleanField(default=False, verbose_name='example')),
            ],
            options={
                'verbose_name': 'draw',
                'ordering': ['-announced_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['announced', 'drawn', 'called_off'])), name='a_draw_has_a_known_stage'), models.CheckConstraint(condition=models.Q(models.Q(('drawn_at__isnull', False), ('stage', 'drawn'), models.Q(('seed', ''), _negated=True), models.Q(('result', []), _negated=True)), models.Q(models.Q(('stage', 'drawn'), _negated=True), ('drawn_at', None), ('result', []), ('seed', '')), _connector='OR'), name='what_is_drawn_has_its_seed'), models.CheckConstraint(condition=models.Q(models.Q(('seed_source', ''), _negated=True), ('size__gt', 0)), name='a_draw_names_the_source_of_its_seed')],
            },
        ),
        migrations.CreateModel(
            name='Surveillance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='reference')),
                ('stage', models.CharField(max_length=40, verbose_name='stage')),
                ('stage_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this stage since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('origin', models.CharField(choices=[('calendar', 'By the calendar of the term'), ('draw', 'By a drawn sample'), ('hand', 'By the secretariat, with a reason'), ('data', "By figures of the centre's own service")], max_length=10, verbose_name='opened')),
                ('turn', models.PositiveSmallIntegerField(null=True, verbose_name='turn of the calendar')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('due_on', models.DateField(verbose_name='to be checked by')),
                ('declared_at', models.DateTimeField(null=True, verbose_name='declared free of conflict at')),
                ('notified_at', models.DateTimeField(null=True, verbose_name='announced at')),
                ('mode', models.CharField(blank=True, choices=[('visit', 'On the spot'), ('desk', 'By documents')], max_length=10, verbose_name='how it is checked')),
                ('checked_on', models.DateField(null=True, verbose_name='checked on')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('answer_due', models.DateField(null=True, verbose_name='to be answered by')),
                ('asked_on', models.DateField(null=True, verbose_name='asked on')),
                ('turns', models.PositiveSmallIntegerField(default=0, verbose_name='times the centre was asked')),
                ('is_example', models.BooleanField(default=False, verbose_name='example')),
                ('assessor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who checks')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveillances', to='certification.certificate')),
                ('draw', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveillances', to='certification.draw', verbose_name='draw')),
                ('proposal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveillance', to='certification.proposal', verbose_name='proposal')),
            ],
            options={
                'verbose_name': 'surveillance',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SurveillanceFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='criterion')),
                ('severity', models.CharField(choices=[('minor', 'Minor'), ('major', 'Major'), ('critical', 'Critical')], max_length=10, verbose_name='severity')),
                ('text', models.TextField(verbose_name='what was found')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('surveillance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='certification.surveillance')),
            ],
            options={
                'verbose_name': 'finding of the surveillance',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FindingTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='turn')),
                ('due_on', models.DateField(verbose_name='to be answered by')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('verdict', models.CharField(blank=True, choices=[('mended', 'Mended'), ('not_mended', 'Not mended yet')], max_length=10, verbose_name='verification')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('verified_at', models.DateTimeField(null=True, verbose_name='verified at')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('files', models.ManyToManyField(related_name='+', to='attachments.attachment', verbose_name='evidence')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verified by')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='certification.surveillancefinding')),
            ],
            options={
                'verbose_name': 'answer to a finding',
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='surveillance',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['answered', 'awaiting', 'checked', 'escalated', 'notified', 'planned'])), fields=('certificate',), name='one_open_surveillance_per_certificate'),
        ),
        migrations.AddConstraint(
            model_name='surveillance',
            constraint=models.UniqueConstraint(fields=('certificate', 'turn'), name='a_turn_of_the_calendar_comes_once'),
        ),
        migrations.AddConstraint(
            model_name='surveillance',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['planned', 'notified', 'checked', 'awaiting', 'answered', 'escalated', 'closed', 'cancelled'])), name='a_surveillance_has_a_known_stage'),
        ),
        migrations.AddConstraint(
            model_name='surveillance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('draw', None), ('origin', 'calendar'), ('turn__isnull', False)), models.Q(('draw__isnull', False), ('origin', 'draw'), ('turn', None)), models.Q(('draw', None), ('origin__in', ['hand', 'data']), ('turn', None), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_surveillance_says_what_opened_it'),
        ),
        migrations.AddConstraint(
            model_name='surveillance',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['notified', 'planned', 'cancelled']), models.Q(('assessor__isnull', False), ('checked_on__isnull', False), ('declared_at__isnull', False), models.Q(('mode', ''), _negated=True)), _connector='OR'), name='who_checks_is_free_of_conflict'),
        ),
        migrations.AddConstraint(
            model_name='surveillance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'awaiting'), _negated=True), models.Q(('answer_due__isnull', False), ('asked_on__isnull', False)), _connector='OR'), name='an_answer_is_asked_for_by_a_day'),
        ),
        migrations.AddConstraint(
            model_name='surveillancefinding',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_finding_says_what_was_found'),
        ),
        migrations.AddConstraint(
            model_name='surveillancefinding',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', ['minor', 'major', 'critical'])), name='a_finding_has_a_known_severity'),
        ),
        migrations.AddConstraint(
            model_name='findingturn',
            constraint=models.UniqueConstraint(fields=('finding', 'number'), name='a_finding_is_asked_once_a_turn'),
        ),
        migrations.AddConstraint(
            model_name='findingturn',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by', None), models.Q(('verified_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='a_finding_is_verified_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='findingturn',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', ''), ('verified_by__isnull', False), _connector='OR'), name='a_verdict_names_who_verified'),
        ),
        migrations.AddConstraint(
            model_name='findingturn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'not_mended'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='what_is_not_mended_has_a_remark'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
