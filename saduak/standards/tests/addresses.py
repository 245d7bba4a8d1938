"""Everybody reads what binds; drafts are the secretariat's, and for everybody else they are not there."""

from saduak.standards import operations
from saduak.standards.tests.factories import SMALL, CriteriaSetFactory
from tests.support.addresses import everybody, only
from tests.support.world import Kind

SECRETARIAT = {Kind.SECRETARIAT}


def _published(world):
    return {"reference": CriteriaSetFactory(published=True).reference}


def _draft(world):
    return {"reference": CriteriaSetFactory(source=SMALL).reference}


def _node(world):
    return {**_draft(world), "code": "S1"}


def _mapped(world):
    older, newer = CriteriaSetFactory(published=True), CriteriaSetFactory(source=SMALL)
    operations.begin_mapping(older, newer, by=world.people[Kind.SECRETARIAT])
    return {"reference": newer.reference, "older": older.reference, "code": "S1"}


ADDRESSES = {
    "list_criteria": everybody(),
    "show_criteria": everybody(at=_published),
    "download_criteria": everybody(answer=404, answers={Kind.SECRETARIAT: 200}, at=_draft),
    "load_criteria": only(SECRETARIAT),
    "replace_criteria": only(SECRETARIAT, at=_draft),
    "publish_criteria": only(SECRETARIAT, at=_draft, post={"seen": 0}, answer=302),
    "discard_criteria": only(SECRETARIAT, at=_draft, post={"seen": 0}, answer=302),
    "begin_criteria": only(SECRETARIAT),
    "edit_criteria": only(SECRETARIAT, at=_draft),
    "edit_criteria_settings": only(SECRETARIAT, at=_draft),
    "edit_criterion": only(SECRETARIAT, at=_node),
    "add_criterion": only(SECRETARIAT, at=_draft, query={"sort": "criterion", "under": "G"}),
    "move_criterion": only(SECRETARIAT, at=_node, post={"to": "up", "seen": 0}, answer=302),
    "remove_criterion": only(SECRETARIAT, at=_node),
    "state_sums": only(SECRETARIAT, at=_draft, post={"seen": 0}, answer=302),
    "export_criteria": only(SECRETARIAT, at=_draft),
    "bring_in_criteria": only(SECRETARIAT, at=_draft),
    "compare_criteria": (
        everybody(at=_published),
        everybody(answer=404, answers={Kind.SECRETARIAT: 200}, at=_draft),
    ),
    "map_criteria": only(SECRETARIAT, at=_draft),
    "link_criterion": only(SECRETARIAT, at=_mapped),
    "preview_criteria": only(SECRETARIAT, at=_draft),
}
