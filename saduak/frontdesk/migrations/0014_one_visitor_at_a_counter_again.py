"""Django took the unique index of counters that have a visitor away with the plain index of the same column."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("frontdesk", "0013_digits_of_numbers"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX IF NOT EXISTS one_visitor_at_a_counter_at_a_time ON frontdesk_ticket (counter_id)"
            " WHERE stage IN ('called', 'serving')",
            migrations.RunSQL.noop,
        ),
    ]
