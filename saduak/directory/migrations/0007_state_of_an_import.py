from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_imports")]

    operations = [
        migrations.RemoveConstraint("import", "what_has_problems_is_not_written"),
        migrations.RenameField("import", "stage", "state"),
        migrations.AlterField(
            model_name='import',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting to be checked'), ('checking', 'being checked'), ('refused', 'has problems'), ('checked', 'ready to be written'), ('queued', 'waiting to be written'), ('writing', 'being written'), ('written', 'written'), ('overtaken', 'overtaken by other changes'), ('cancelled', 'stopped by a person'), ('failed', 'stopped by a mistake')], default='waiting', max_length=20, verbose_name='state'),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["checked", "queued", "writing", "written"]), _negated=True),
                    ("problems", []),
                    _connector="OR",
                ),
                name="what_has_problems_is_not_written",
            ),
        ),
    ]
