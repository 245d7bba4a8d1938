"""Makers of sets of criteria, from the source of 2568 or from a small one."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from saduak.standards.document import as_document
from saduak.standards.library import load
from saduak.standards.models import CriteriaSet
from saduak.standards.procedure import Stage

GECC_2568 = (Path(__file__).parents[1] / "data" / "gecc-2568.yaml").read_text()

SMALL = """\
format: saduak-criteria/1
id: small-2570
cycle_be: 2570
title: {th: เกณฑ์ย่อ, en: Small criteria}
max_score: 100
rounding: {score: "0.01", level: none}
levels:
  - {code: basic, th: ระดับพื้นฐาน, en: Basic, min: 70, colour: blue}
  - {code: advanced, th: ระดับก้าวหน้า, en: Advanced, min: 80, colour: silver}
  - {code: excellent, th: ระดับเป็นเลิศ, en: Excellent, min: 90, colour: gold}
strands:
  - code: G
    th: เกณฑ์บังคับ
    kind: gate
    criteria:
      - {code: G1, th: เวลาให้บริการ}
  - code: S
    th: เกณฑ์ให้คะแนน
    kind: scored
    max_score: 100
    criteria:
      - {code: S1, th: คุณภาพบริการ, max_score: 100}
"""


read = cache(load)
"""A source is read once, however many sets are made of it."""


class CriteriaSetFactory(DjangoModelFactory):
    """`CriteriaSetFactory()` is a draft of 2568, `CriteriaSetFactory(published=True, source=SMALL)` binds."""

    class Meta:
        model = CriteriaSet
        django_get_or_create = ("reference",)

    class Params:
        published = factory.Trait(stage=Stage.PUBLISHED, published_at=factory.LazyFunction(timezone.now))
        library_read = factory.LazyAttribute(lambda o: read(o.source))

    source = GECC_2568
    stage = Stage.DRAFT
    reference = factory.LazyAttribute(lambda o: o.library_read.code)
    cycle_be = factory.LazyAttribute(lambda o: o.library_read.cycle_be)
    title_th = factory.LazyAttribute(lambda o: o.library_read.th)
    title_en = factory.LazyAttribute(lambda o: o.library_read.en)
    sha256 = factory.LazyAttribute(lambda o: sha256(o.source.encode()).hexdigest())
    document = factory.LazyAttribute(lambda o: as_document(o.library_read))
    loaded_at = factory.LazyFunction(timezone.now)
