"""Mappings between versions; a confirmed one is never changed, and goes only with a draft that is discarded."""

import django.db.models.deletion
import django.utils.timezone
import saduak.standards.procedure
from django.db import migrations, models


FORWARD = """
CREATE FUNCTION standards_keep_mapping() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM standards_criteriaset WHERE id = OLD.newer_id AND stage = 'published'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A confirmed mapping is final: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER confirmed_mappings_are_final BEFORE UPDATE OR DELETE ON standards_criteriamapping
    FOR EACH ROW WHEN (OLD.stage = 'confirmed') EXECUTE FUNCTION standards_keep_mapping();
CREATE TRIGGER mappings_are_not_truncated BEFORE TRUNCATE ON standards_criteriamapping
    FOR EACH STATEMENT EXECUTE FUNCTION standards_refuse_change();
"""

BACKWARD = """
DROP TRIGGER mappings_are_not_truncated ON standards_criteriamapping;
DROP TRIGGER confirmed_mappings_are_final ON standards_criteriamapping;
DROP FUNCTION standards_keep_mapping();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('standards', '0002_published_is_final'),
    ]

    operations = [
        migrations.CreateModel(
            name='CriteriaMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='reference')),
                ('stage', models.CharField(max_length=40, verbose_name='stage')),
                ('stage_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this stage since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('links', models.JSONField(verbose_name='links')),
                ('newer_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the newer version')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('newer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mappings', to='standards.criteriaset', verbose_name='newer version')),
                ('older', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mappings_onward', to='standards.criteriaset', verbose_name='older version')),
            ],
            options={
                'verbose_name': 'mapping of criteria',
                'verbose_name_plural': 'mappings of criteria',
                'ordering': ['newer', 'number'],
                'constraints': [models.UniqueConstraint(fields=('newer', 'number'), name='a_mapping_is_counted_once'), models.UniqueConstraint(condition=models.Q(('stage', saduak.standards.procedure.MappingStage['DRAFT'])), fields=('older', 'newer'), name='one_mapping_of_a_pair_is_being_drafted'), models.CheckConstraint(condition=models.Q(('older', models.F('newer')), _negated=True), name='a_mapping_has_two_versions'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('newer_sha256', ''), ('stage', saduak.standards.procedure.MappingStage['DRAFT'])), models.Q(('confirmed_at__isnull', False), ('stage', saduak.standards.procedure.MappingStage['CONFIRMED']), models.Q(('newer_sha256', ''), _negated=True)), _connector='OR'), name='a_confirmed_mapping_has_its_moment_and_digest')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
