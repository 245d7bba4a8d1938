"""Spans of standing, written by a trigger from the journal in the transaction of every act."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
-- The spans of some certificates, or of all (NULL), anew from the journal; `procedure.standing.slices` says the same.
CREATE FUNCTION certification_write_spans(numbers text[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM certification_span USING certification_certificate held
        WHERE held.id = certificate_id AND (numbers IS NULL OR held.reference = ANY(numbers));
    INSERT INTO certification_span (certificate_id, centre_id, stage, from_day, until_day, began_by)
    WITH acts AS (
        SELECT held.id, held.centre_id, held.expires_on AS last_day, act.sequence, act.to_stage AS stage,
            coalesce((act.facts ->> 'effective_on')::date, CASE act.step
                WHEN 'issue' THEN held.issued_on
                WHEN 'expire' THEN held.expires_on + 1
                ELSE (act.at AT TIME ZONE 'Asia/Bangkok')::date END) AS day
        FROM certification_certificate held JOIN journal_entry act
            ON act.case_kind = 'certification.certificate' AND act.case_reference = held.reference
        WHERE (numbers IS NULL OR held.reference = ANY(numbers))
            AND act.to_stage <> '' AND act.to_stage <> act.from_stage
    ), turns AS (
        SELECT *, lead(day) OVER (PARTITION BY id ORDER BY day, sequence) - 1 AS until_day,
            stage IN ('valid', 'suspended') AS is_running
        FROM acts
    )
    SELECT id, centre_id, stage, day, CASE WHEN is_running THEN least(until_day, last_day) ELSE until_day END, sequence
        FROM turns WHERE (until_day IS NULL OR until_day >= day) AND NOT (is_running AND day > last_day)
    UNION ALL
    SELECT id, centre_id, 'expired', greatest(day, last_day + 1), until_day, NULL
        FROM turns WHERE is_running AND (until_day IS NULL OR until_day >= greatest(day, last_day + 1));
$$;

CREATE FUNCTION certification_spans_follow_the_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM certification_write_spans(ARRAY[NEW.case_reference::text]);
    RETURN NULL;
END $$;
CREATE TRIGGER spans_follow_the_journal AFTER INSERT ON journal_entry
    FOR EACH ROW WHEN (NEW.case_kind = 'certification.certificate' AND NEW.to_stage <> NEW.from_stage)
    EXECUTE FUNCTION certification_spans_follow_the_journal();

-- The centre and the term of a certificate are those of its spans.
CREATE FUNCTION certification_spans_follow_the_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM certification_write_spans(ARRAY[NEW.reference::text]);
    RETURN NULL;
END $$;
CREATE TRIGGER spans_follow_the_certificate AFTER UPDATE OF centre_id, issued_on, expires_on
    ON certification_certificate FOR EACH ROW
    WHEN ((OLD.centre_id, OLD.issued_on, OLD.expires_on) IS DISTINCT FROM (NEW.centre_id, NEW.issued_on, NEW.expires_on))
    EXECUTE FUNCTION certification_spans_follow_the_certificate();

SELECT certification_write_spans(NULL);
"""

BACKWARD = """
DROP TRIGGER spans_follow_the_certificate ON certification_certificate;
DROP FUNCTION certification_spans_follow_the_certificate();
DROP TRIGGER spans_follow_the_journal ON journal_entry;
DROP FUNCTION certification_spans_follow_the_journal();
DROP FUNCTION certification_write_spans(text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0003_practice_rounds"), ("journal", "0003_constraints")]

    operations = [
        migrations.CreateModel(
            name="Span",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("centre_id", models.BigIntegerField()),
                ("stage", models.CharField(max_length=40)),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(null=True)),
                ("began_by", models.BigIntegerField(null=True)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spans",
                        to="certification.certificate",
                    ),
                ),
            ],
            options={
                "ordering": ["certificate", "from_day"],
                "indexes": [
                    models.Index(fields=["centre_id", "from_day"], name="span_of_centre"),
                    models.Index(
                        condition=models.Q(("stage", "valid")),
                        fields=["from_day", "until_day", "certificate"],
                        name="span_in_force",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("certificate", "from_day"), name="a_span_begins_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_day", None), ("until_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="a_span_runs_forward",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
