"""A draft in the browser, for the tests (ตัวช่วยทดสอบการแก้ไขเกณฑ์)."""

from dataclasses import replace

from saduak.standards.drafting import tree
from saduak.standards.drafting.problems import with_stated_sums
from saduak.standards.drafting.tree import Sort, node
from saduak.standards.drafting.writing import read, written
from saduak.standards.models import CriteriaSet
from saduak.standards.tests.factories import GECC_2568

HERE = "/standards/gecc-2569"
FEW = {"P1", "P2", "P3", "P4", "P5", "2.1", "2.2", "2.9", "2.10", "2.15", "2.18", "R1"}


def a_few_of_them():
    """Some criteria of 2568 of every kind: reading all of them takes a tenth of a second each time."""
    whole, remark = read(GECC_2568)
    for each in list(tree.strands_and_below(whole)):
        if each.code not in FEW and each.sort is Sort.CRITERION:
            whole = tree.remove(whole, each.code)
    levels = [
        node(Sort.LEVEL, {**level.values, "points": points})
        for level, points in zip(whole.below(Sort.LEVEL), "789", strict=True)
    ]
    return written(
        with_stated_sums(tree.settle(whole, replace(whole, children=(*levels, *whole.below(Sort.ASPECT))))), remark
    ).text


def text_of(response):
    return response.content.decode()


def tree_now():
    return read(CriteriaSet.objects.get(reference="gecc-2569").source)[0]


def now(**sent):
    """A form without fields, from a page that is up to date."""
    return {"seen": CriteriaSet.objects.get(reference="gecc-2569").version, **sent}


def value(code, name):
    return tree.find(tree_now(), code).values.get(name)


def form_of(page, **typed):
    """What a browser would send of a page's form, with some fields typed over."""
    form = page.context["form"]
    fields = [*form, *(field for part in getattr(form, "parts", ()) for field in part)]
    fields += [
        field for rows in (getattr(form, "levels", ()), getattr(form, "aspects", ())) for row in rows for field in row
    ]
    sent = {field.html_name: field.value() for field in fields if field.value() not in (None, "", False)}
    return {**{field.html_name: "" for field in fields if field.html_name.endswith("-code")}, **sent, **typed}
