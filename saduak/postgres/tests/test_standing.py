"""Questions that are written once, and the connection that asks them."""

import socket

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.db.transaction import TransactionManagementError

from saduak.directory.models import Centre
from saduak.directory.tests.factories import CentreFactory
from saduak.postgres.standing import Standing


def of_code(code):
    return Centre.objects.filter(code=code).select_related("province", "merged_into").defer("agency__name_th")


@pytest.mark.django_db
def test_it_brings_what_the_queryset_brings_with_the_relations_in_one_question(django_assert_num_queries):
    one, other = CentreFactory(code="98-00001"), CentreFactory(code="98-00002")
    centre_of = Standing(of_code, code="an example")

    with django_assert_num_queries(2) as asked:
        found = centre_of.first(code=one.code)
        second = centre_of.first(code=other.code)
        assert (found.province, found.merged_into) == (one.province, None)

    assert (found, second, centre_of.first(code="none")) == (one, other, None)
    assert {field.attname: getattr(found, field.attname) for field in Centre._meta.concrete_fields} == {
        field.attname: getattr(of_code(one.code).get(), field.attname) for field in Centre._meta.concrete_fields
    }
    assert 'FROM "directory_centre"' in asked.captured_queries[0]["sql"]


@pytest.mark.django_db
def test_it_is_asked_with_numbers_as_their_fields_store_them():
    one, other = CentreFactory(), CentreFactory()
    beside = Standing(lambda pk: Centre.objects.exclude(pk=pk).order_by("pk"), pk=987_654)

    assert beside.all(pk=one.pk) == [other]
    assert beside.all(pk=other.pk) == [one]


@pytest.mark.django_db
def test_an_example_that_is_no_parameter_and_an_annotation_are_told_at_once():
    with pytest.raises(ValueError, match="code"):
        Standing(lambda code: Centre.objects.all(), code="an example").first(code="x")
    with pytest.raises(ValueError, match="Annotations"):
        Standing(lambda pk: Centre.objects.filter(pk=pk).annotate(n=Count("tickets")), pk=987_654).first(pk=1)


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_inside_a_transaction_only():
    held = Standing(lambda pk: Centre.objects.select_for_update(of=("self",)).filter(pk=pk).order_by(), pk=987_654)

    with transaction.atomic():
        assert held.first(pk=1) is None
    with pytest.raises(TransactionManagementError):
        held.first(pk=1)


@pytest.mark.django_db(transaction=True)
def test_a_silent_connection_is_trusted_for_a_while_and_one_that_was_cut_is_not():
    connection.ensure_connection()
    assert connection.is_usable()
    with connection.execute_wrapper(pytest.fail):
        assert connection.is_usable()

    with socket.socket(fileno=connection.connection.fileno()) as line:
        line.shutdown(socket.SHUT_RDWR)
        line.detach()

    assert not connection.is_usable()
    connection.close()
    assert connection.is_usable() is False
