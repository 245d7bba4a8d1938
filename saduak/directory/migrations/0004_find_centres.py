"""Centres are found by parts of words, and sorted by name, on plain PostgreSQL."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Func

# The pairs and triples of neighbouring letters of each word; a single letter is its own. `thai.text.grams` in SQL.
# The cost tells the planner that it is dear to compute for a row and cheap to read from the index.
CREATE = """
CREATE FUNCTION directory_grams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 200
RETURN (
    SELECT coalesce(array_agg(DISTINCT substr(word, place, size)), '{}')
    FROM regexp_split_to_table(btrim(words), '\\s+') AS word,
         generate_series(1, 3) AS size,
         generate_series(1, length(word) - size + 1) AS place
    WHERE size > 1 OR length(word) = 1
)
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_officials_without_a_part_in_the_platform")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION directory_grams(text)"),
        migrations.AddField(
            "centre", "sort_key", models.TextField(blank=True, db_collation="C", default="", editable=False), False
        ),
        migrations.AddIndex("centre", models.Index(fields=["sort_key", "id"], name="centre_by_name")),
        migrations.AddIndex(
            "centre", GinIndex(Func(F("search_text"), function="directory_grams"), name="centre_by_part_of_word")
        ),
    ]
