"""What a picture looks like, and when it was last written by a program."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attachments", "0002_write_once")]

    operations = [
        migrations.AddField("content", "dhash", models.BigIntegerField("what it looks like", null=True)),
        migrations.AddField("attachment", "edited_at", models.DateTimeField("edited at", null=True)),
    ]
