

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0002_write_once'),
        ('certification', '0007_proposals_about_certificates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='mark',
            name='is_disputed',
            field=models.BooleanField(default=False, verbose_name='two devices differ'),
        ),
        migrations.CreateModel(
            name='FieldDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True, verbose_name='identifier')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('public_key', models.TextField(verbose_name='public key')),
                ('registered_at', models.DateTimeField(verbose_name='registered at')),
                ('last_spoke_at', models.DateTimeField(null=True, verbose_name='last in touch')),
                ('skew_seconds', models.IntegerField(default=0, verbose_name='clock ahead by, in seconds')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='turned away at')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='field_devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'device for field work',
                'ordering': ['-registered_at'],
            },
        ),
        migrations.CreateModel(
            name='FieldEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(verbose_name='identifier')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('seq', models.PositiveIntegerField(null=True, verbose_name='number on the device')),
                ('base_version', models.JSONField(default=list, verbose_name='made upon')),
                ('kind', models.CharField(choices=[('mark', 'Mark'), ('photo', 'Photograph'), ('drop_photo', 'Photograph taken away'), ('submit', 'Handed in')], max_length=12, verbose_name='kind')),
                ('code', models.CharField(blank=True, max_length=40, verbose_name='code')),
                ('payload', models.JSONField(verbose_name='content')),
                ('client_time', models.DateTimeField(verbose_name='time on the device')),
                ('clock_offset', models.IntegerField(default=0, verbose_name='what the device adds to its clock, in seconds')),
                ('signature', models.TextField(blank=True, verbose_name='signature')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('skew_seconds', models.IntegerField(default=0, verbose_name='clock ahead by, in seconds')),
                ('received_late', models.BooleanField(default=False, verbose_name='came too late')),
                ('noted_at', models.DateTimeField(null=True, verbose_name='noted at')),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='certification.fielddevice')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='certification.scoresheet')),
            ],
            options={
                'verbose_name': 'change from a device',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['sheet', 'kind', 'code'], name='event_of_line')],
                'constraints': [models.UniqueConstraint(fields=('uuid', 'sha256'), name='an_event_is_received_once'), models.CheckConstraint(condition=models.Q(models.Q(('device__isnull', True), ('seq__isnull', True), ('signature', '')), models.Q(('device__isnull', False), ('seq__isnull', False), models.Q(('signature', ''), _negated=True)), _connector='OR'), name='an_event_of_a_device_is_signed')],
            },
        ),
        migrations.CreateModel(
            name='FieldPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(verbose_name='identifier')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('taken_at', models.DateTimeField(verbose_name='taken at')),
                ('latitude', models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name='latitude')),
                ('longitude', models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name='longitude')),
                ('accuracy', models.PositiveIntegerField(null=True, verbose_name='accurate to, in metres')),
                ('is_dropped', models.BooleanField(default=False, verbose_name='taken away')),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attachments.attachment')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='certification.scoresheet')),
            ],
            options={
                'verbose_name': 'photograph of a visit',
                'ordering': ['taken_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('sheet', 'uuid'), name='a_photograph_is_kept_once'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='a_place_has_both_coordinates')],
            },
        ),
        migrations.CreateModel(
            name='TakenAlong',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='taken along at')),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='certification.fielddevice')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_along', to='certification.visit')),
            ],
            options={
                'verbose_name': 'dossier on a device',
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(fields=('device', 'visit'), name='a_dossier_lies_on_a_device_once')],
            },
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER a_change_from_a_device_is_written_once
            BEFORE DELETE OR UPDATE OF uuid, sha256, device_id, sheet_id, seq, base_version, kind, code, payload,
                client_time, clock_offset, signature, received_at, skew_seconds, brought_by_id, received_late
            ON certification_fieldevent FOR EACH ROW EXECUTE FUNCTION certification_refuse_change();
            """,
            "DROP TRIGGER a_change_from_a_device_is_written_once ON certification_fieldevent;",
        ),
    ]
