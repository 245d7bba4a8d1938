"""What is read by centre and day, by ticket or by a part of a table needs no index of its own on every other column.

Fifteen such indexes were written with each ticket and read by nobody. Unique words had a second index for questions that
begin with a part of them, which nobody asks either.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("directory", "0008_merges"),
        ("frontdesk", "0011_tickets_forget_their_visitors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.RunSQL(
                f"DROP INDEX IF EXISTS frontdesk_ticket_{column}_{name}_like",
                f"CREATE INDEX frontdesk_ticket_{column}_{name}_like ON frontdesk_ticket ({column} varchar_pattern_ops)",
            )
            for column, name in (("reference", "4340e40e"), ("secret", "70d76ea7"))
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_waiting_in_group",
        ),
        migrations.AlterField(
            model_name="call",
            name="centre",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.centre",
                verbose_name="centre",
            ),
        ),
        migrations.AlterField(
            model_name="call",
            name="counter",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="frontdesk.counter",
                verbose_name="counter",
            ),
        ),
        migrations.AlterField(
            model_name="call",
            name="officer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="officer",
            ),
        ),
        migrations.AlterField(
            model_name="press",
            name="centre",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.centre",
                verbose_name="centre",
            ),
        ),
        migrations.AlterField(
            model_name="press",
            name="ticket",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frontdesk.ticket",
            ),
        ),
        migrations.AlterField(
            model_name="slice",
            name="centre",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.centre",
                verbose_name="centre",
            ),
        ),
        migrations.AlterField(
            model_name="slice",
            name="counter",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frontdesk.counter",
                verbose_name="counter",
            ),
        ),
        migrations.AlterField(
            model_name="slice",
            name="officer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="officer",
            ),
        ),
        migrations.AlterField(
            model_name="slice",
            name="priority",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frontdesk.priorityclass",
                verbose_name="class of visitors",
            ),
        ),
        migrations.AlterField(
            model_name="slice",
            name="service",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.service",
                verbose_name="service",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="asks_for",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frontdesk.counter",
                verbose_name="only at counter",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="centre",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="directory.centre",
                verbose_name="centre",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="counter",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="frontdesk.counter",
                verbose_name="counter",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="device",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frontdesk.device",
                verbose_name="device",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.queuegroup",
                verbose_name="queue group",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="officer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="officer",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="priority",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frontdesk.priorityclass",
                verbose_name="class of visitors",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="service",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="catalogue.service",
                verbose_name="service",
            ),
        ),
        migrations.AlterField(
            model_name="toldwait",
            name="centre",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.centre",
                verbose_name="centre",
            ),
        ),
        migrations.AddIndex(
            model_name="serviceday",
            index=models.Index(condition=models.Q(("closed_at", None)), fields=["day"], name="service_day_not_closed"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("stage__in", ["called", "on_hold", "serving", "waiting"])),
                fields=["centre", "day"],
                name="ticket_in_the_house",
            ),
        ),
    ]
