"""The centre is heard before the committee resolves on its certificate."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0014_counting_spans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='stated_at',
            field=models.DateTimeField(null=True, verbose_name='stated at'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='stated_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stated by'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='statement',
            field=models.TextField(blank=True, verbose_name='statement of the centre'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stated_by', None), ('statement', '')), models.Q(models.Q(('statement', ''), _negated=True), ('stated_by__isnull', False)), _connector='OR'), name='a_statement_names_who_made_it'),
        ),
    ]
