"""Plaques, printed emblems and their orders, accepted terms of use, and reports of misuse."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


FORWARD = """
-- What was accepted stays accepted, in the words of that day.
CREATE FUNCTION certification_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Accepted terms are kept.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accepted_terms_are_kept BEFORE UPDATE OR DELETE ON certification_termsaccepted
    FOR EACH ROW EXECUTE FUNCTION certification_terms_stay();
"""

BACKWARD = """
DROP TRIGGER accepted_terms_are_kept ON certification_termsaccepted;
DROP FUNCTION certification_terms_stay();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0002_write_once'),
        ('certification', '0015_the_centre_is_heard'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssetOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='reference')),
                ('stage', models.CharField(max_length=40, verbose_name='stage')),
                ('stage_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this stage since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('kind', models.CharField(choices=[('plaque', 'Plaque'), ('emblem', 'Printed emblem')], max_length=10, verbose_name='kind')),
                ('maker', models.CharField(max_length=200, verbose_name='maker')),
                ('ordered_on', models.DateField(verbose_name='ordered on')),
                ('due_on', models.DateField(verbose_name='to arrive by')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('is_example', models.BooleanField(default=False, verbose_name='example')),
            ],
            options={
                'verbose_name': 'production order',
                'ordering': ['-ordered_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['placed', 'received', 'cancelled'])), name='an_order_has_a_known_stage'), models.CheckConstraint(condition=models.Q(('kind__in', ['plaque', 'emblem'])), name='an_order_has_a_known_kind'), models.CheckConstraint(condition=models.Q(('maker', ''), _negated=True), name='an_order_names_its_maker'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('ordered_on'))), name='an_order_arrives_after_it_is_placed')],
            },
        ),
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='reference')),
                ('stage', models.CharField(max_length=40, verbose_name='stage')),
                ('stage_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this stage since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('kind', models.CharField(choices=[('plaque', 'Plaque'), ('emblem', 'Printed emblem')], max_length=10, verbose_name='kind')),
                ('made_on', models.DateField(null=True, verbose_name='arrived from the maker on')),
                ('delivered_on', models.DateField(null=True, verbose_name='handed over on')),
                ('delivered_how', models.CharField(blank=True, max_length=300, verbose_name='how it was handed over')),
                ('received_on', models.DateField(null=True, verbose_name='received on')),
                ('received_by', models.CharField(blank=True, max_length=200, verbose_name='who received it')),
                ('due_back_on', models.DateField(null=True, verbose_name='to come back by')),
                ('is_example', models.BooleanField(default=False, verbose_name='example')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='certification.certificate')),
                ('receipt', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attachments.attachment', verbose_name='signed receipt')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='certification.assetorder')),
            ],
            options={
                'verbose_name': 'plaque or emblem',
                'ordering': ['reference'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage__in', ['delivered', 'in_use', 'made', 'ordered', 'to_be_returned'])), fields=('certificate', 'kind'), name='one_piece_of_a_kind_per_certificate'), models.CheckConstraint(condition=models.Q(('stage__in', ['ordered', 'made', 'delivered', 'in_use', 'to_be_returned', 'returned', 'lost', 'written_off'])), name='an_asset_has_a_known_stage'), models.CheckConstraint(condition=models.Q(('kind__in', ['plaque', 'emblem'])), name='an_asset_has_a_known_kind'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'in_use'), _negated=True), models.Q(('delivered_on__isnull', False), ('received_on__isnull', False), models.Q(('received_by', ''), _negated=True)), _connector='OR'), name='what_is_with_a_centre_was_received_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('due_back_on__isnull', False), ('stage', 'to_be_returned')), models.Q(models.Q(('stage', 'to_be_returned'), _negated=True), ('due_back_on', None)), _connector='OR'), name='what_is_to_be_returned_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='MisuseReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='reference')),
                ('stage', models.CharField(max_length=40, verbose_name='stage')),
                ('stage_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='in this stage since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('where', models.CharField(max_length=500, verbose_name='where it was seen')),
                ('what', models.TextField(verbose_name='what was seen')),
                ('seen_on', models.DateField(verbose_name='seen on')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='how to answer')),
                ('reported_at', models.DateTimeField(verbose_name='reported at')),
                ('settlement', models.CharField(blank=True, choices=[('no_misuse', 'Nothing was misused'), ('corrected', 'It was corrected'), ('warned', 'A warning was given'), ('proposed', 'It goes before the committee'), ('handed_on', 'It was handed on to another authority')], max_length=20, verbose_name='outcome')),
                ('finding', models.TextField(blank=True, verbose_name='what came out')),
                ('certificate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='misuse_reports', to='certification.certificate')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who reported')),
            ],
            options={
                'verbose_name': 'report of misuse',
                'ordering': ['-reported_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['reported', 'looked_into', 'settled'])), name='a_report_has_a_known_stage'), models.CheckConstraint(condition=models.Q(models.Q(('where', ''), _negated=True), models.Q(('what', ''), _negated=True)), name='a_report_says_where_and_what'), models.CheckConstraint(condition=models.Q(models.Q(('settlement__in', ['no_misuse', 'corrected', 'warned', 'proposed', 'handed_on']), ('stage', 'settled'), models.Q(('finding', ''), _negated=True)), models.Q(models.Q(('stage', 'settled'), _negated=True), ('finding', ''), ('settlement', '')), _connector='OR'), name='a_settled_report_tells_what_came_out')],
            },
        ),
        migrations.CreateModel(
            name='TermsAccepted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(max_length=20, verbose_name='edition of the terms')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the terms')),
                ('accepted_at', models.DateTimeField(verbose_name='accepted at')),
                ('accepted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accepted by')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms_accepted', to='certification.certificate')),
            ],
            options={
                'verbose_name': 'accepted terms',
                'ordering': ['-accepted_at'],
                'constraints': [models.UniqueConstraint(fields=('certificate', 'edition'), name='an_edition_is_accepted_once')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
