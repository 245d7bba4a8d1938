"""Everybody reads what binds; drafts are the secretariat's, and for everybody else they are not there."""

from saduak.standards.tests.factories import SMALL, CriteriaSetFactory
from tests.support.addresses import everybody, only
from tests.support.world import Kind

SECRETARIAT = {Kind.SECRETARIAT}


def _published(world):
    return {"reference": CriteriaSetFactory(published=True).reference}


def _draft(world):
    return {"reference": CriteriaSetFactory(source=SMALL).reference}


ADDRESSES = {
    "list_criteria": everybody(),
    "show_criteria": everybody(at=_published),
    "download_criteria": everybody(answer=404, answers={Kind.SECRETARIAT: 200}, at=_draft),
    "load_criteria": only(SECRETARIAT),
    "replace_criteria": only(SECRETARIAT, at=_draft),
    "publish_criteria": only(SECRETARIAT, at=_draft, post={"seen": 0}, answer=302),
    "discard_criteria": only(SECRETARIAT, at=_draft, post={"seen": 0}, answer=302),
}
