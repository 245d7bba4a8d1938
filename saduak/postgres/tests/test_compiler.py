"""What we write is what Django writes, and what we read is what Django reads."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql import compiler as djangos
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Sum, Value
from django.db.models.functions import Lower
from django.db.models.sql import DeleteQuery, UpdateQuery

from saduak.directory.models import Centre, Membership, Province
from saduak.journal.models import Entry
from saduak.people.models import User
from saduak.postgres import compiler as ours

QUESTIONS = {
    "relations": Centre.objects.select_related("agency__ministry", "province", "merged_into__agency"),
    "the same table twice": Centre.objects.filter(merged_into__code="1").exclude(merged_into__merged_into__code="2"),
    "put in order by relations": Centre.objects.order_by("-agency__ministry__name_th", "province", "?", "code"),
    "put in order by expressions": Centre.objects.order_by(F("code").desc(nulls_last=True), Lower("name_th")),
    "put in order backwards": Centre.objects.order_by(Lower("name_th"), "code").reverse(),
    "a column put in order by itself": Centre.objects.order_by(
        Centre._meta.get_field("code").get_col("directory_centre")
    ),
    "a sum put in order by its name": Province.objects.annotate(many=Count("centres")).order_by("-many", "code"),
    "an added value": Centre.objects.annotate(one=Value(1)).order_by("one"),
    "some fields": Centre.objects.only("code", "agency__code").select_related("agency"),
    "without a field": Centre.objects.defer("name_th").order_by("name_th"),
    "values": Centre.objects.values("code", of=F("agency__code")).order_by("of"),
    "grouped": Centre.objects.values("province").annotate(many=Count("pk"), all=Sum("pk")).order_by("province"),
    "one after another": Centre.objects.order_by().union(Centre.objects.filter(code="1").order_by()).order_by("code"),
    "only once": Centre.objects.order_by("agency", "code").distinct("agency"),
    "with a question inside": Centre.objects.filter(Exists(Membership.objects.filter(centre=OuterRef("pk")))),
    "one of many": User.objects.filter(Q(pk__in=Membership.objects.values("person")) | Q(username="y")),
    "locked": Centre.objects.select_related("agency").select_for_update(of=("self", "agency")),
    "added by hand": Centre.objects.extra(select={"one": "1"}, order_by=["one"]),
    "facts": Entry.objects.filter(facts__has_key="version").order_by("-facts__version", "pk"),
    "fetched beside": Province.objects.prefetch_related(Prefetch("centres", Centre.objects.order_by("code"))),
}


def written(question, module):
    query = question.query.clone()
    return getattr(module, query.compiler)(query, connection, "default").as_sql()


@pytest.mark.django_db  # What is locked is written in a transaction.
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_has_djangos_words(question):
    assert written(question, ours) == written(question, djangos)


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_model_is_asked_for_in_djangos_words_and_read_as_django_reads_it(model):
    question = model._default_manager.select_related()

    assert written(question, ours) == written(question, djangos)
    ask, as_django_does = (
        module.SQLCompiler(question.query.clone(), connection, "default") for module in (ours, djangos)
    )
    columns = [column for column, *_ in as_django_does.get_select()[0]]
    assert [column for column, *_ in ask.get_select()[0]] == columns
    assert ask.get_converters(columns) == as_django_does.get_converters(columns)


def test_rows_are_changed_and_taken_away_in_djangos_words():
    changed, gone = UpdateQuery(Centre), DeleteQuery(Centre)
    changed.add_update_values({"name_th": Lower("code")})
    for query in (changed, gone):
        query.add_q(Q(agency__code="1"))

        assert type(query.get_compiler("default")) is getattr(ours, query.compiler)
        written_by_us, by_django = (
            getattr(module, query.compiler)(query.clone(), connection, "default").as_sql() for module in (ours, djangos)
        )
        assert written_by_us == by_django


def test_the_columns_of_a_model_are_the_same_objects_in_every_question():
    first, second = (Centre.objects.select_related("merged_into").query.get_compiler("default") for _ in range(2))

    columns, again = ([column for column, *_ in each.get_select()[0]] for each in (first, second))

    assert len(columns) > len(Centre._meta.concrete_fields)
    assert all(one is other for one, other in zip(columns, again, strict=True))
