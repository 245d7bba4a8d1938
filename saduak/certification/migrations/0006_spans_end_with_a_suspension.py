"""A suspension may have a last day, and may be upheld without a change of stage; the spans follow."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION certification_write_spans(numbers text[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM certification_span USING certification_certificate held
        WHERE held.id = certificate_id AND (numbers IS NULL OR held.reference = ANY(numbers));
    INSERT INTO certification_span (certificate_id, centre_id, stage, from_day, until_day, began_by)
    WITH acts AS (
        SELECT held.id, held.centre_id, held.expires_on, act.sequence, act.to_stage AS stage,
            act.to_stage IN ('valid', 'suspended') AS is_running,
            CASE act.to_stage WHEN 'suspended' THEN (act.facts ->> 'until_day')::date END AS lifted_after,
            coalesce((act.facts ->> 'effective_on')::date, CASE act.step
                WHEN 'issue' THEN held.issued_on
                WHEN 'expire' THEN held.expires_on + 1
                ELSE (act.at AT TIME ZONE 'Asia/Bangkok')::date END) AS day
        FROM certification_certificate held JOIN journal_entry act
            ON act.case_kind = 'certification.certificate' AND act.case_reference = held.reference
        WHERE (numbers IS NULL OR held.reference = ANY(numbers))
            AND act.to_stage <> '' AND (act.to_stage <> act.from_stage OR act.facts ? 'effective_on')
    ), turns AS (
        SELECT *, coalesce(lead(day) OVER (PARTITION BY id ORDER BY day, sequence) - 1, 'infinity') AS last FROM acts
    )
    SELECT id, centre_id, phase.stage, phase.since, nullif(least(phase.until, last), 'infinity'), phase.began_by
    FROM turns, LATERAL (VALUES
        (stage, day, CASE WHEN is_running THEN least(expires_on, lifted_after) ELSE 'infinity' END, sequence),
        (CASE WHEN lifted_after IS NOT NULL THEN 'valid' END, greatest(day, lifted_after + 1), expires_on, NULL),
        (CASE WHEN is_running THEN 'expired' END, greatest(day, expires_on + 1), 'infinity', NULL)
    ) AS phase (stage, since, until, began_by)
    WHERE phase.stage IS NOT NULL AND phase.since <= least(phase.until, last);
$$;

DROP TRIGGER spans_follow_the_journal ON journal_entry;
CREATE TRIGGER spans_follow_the_journal AFTER INSERT ON journal_entry
    FOR EACH ROW WHEN (
        NEW.case_kind = 'certification.certificate'
        AND (NEW.to_stage <> NEW.from_stage OR NEW.facts ? 'effective_on')
    )
    EXECUTE FUNCTION certification_spans_follow_the_journal();

SELECT certification_write_spans(NULL);
"""


class Migration(migrations.Migration):
    dependencies = [("certification", "0005_certificates_live_on")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
