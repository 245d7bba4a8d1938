"""A draft beside the version before: what changed, what became of each criterion, and publishing."""

import pytest

from saduak.standards import operations
from saduak.standards.drafting import edits, tree
from saduak.standards.drafting.tree import Sort, node
from saduak.standards.models import CriteriaMapping, CriteriaSet
from saduak.standards.procedure import Stage
from saduak.standards.tests.editing import HERE, text_of, tree_now
from saduak.standards.tests.factories import SMALL, CriteriaSetFactory

pytestmark = pytest.mark.django_db


def changed(draft, secretary):
    def edit(whole):
        whole = tree.remove(whole, "2.15")
        new = node(Sort.CRITERION, {"code": "4.7", "th": "การตอบคำถามอย่างรับผิดชอบ"})
        whole = tree.add(whole, new, under="Q-advanced-2")
        old = tree.find(whole, "P3")
        return tree.change(whole, "P3", node(old.sort, {**old.values, "th": "ป้ายบอกทิศทางสองภาษา"}))

    return operations.edit_draft(draft, edit, about="P3", deed="changed", by=secretary)


def test_two_versions_stand_side_by_side(client, draft, secretary, published):
    changed(draft, secretary)

    page = client.get(f"{HERE}/compare?show=changed")

    rows = [row for section in page.context["sections"] for row in section.rows]
    assert [(row.line.kind.value, row.anchor) for row in rows] == [
        ("changed", "P3"),
        ("new", "4.7"),
        ("dropped", "2.15"),
    ]
    assert "<ins>" in text_of(page)
    assert "<del>" in text_of(page)
    assert len([row for s in client.get(f"{HERE}/compare").context["sections"] for row in s.rows]) == 13


def test_everybody_compares_what_is_published(client, published):
    CriteriaSetFactory(source=SMALL, published=True)

    page = client.get("/standards/small-2570/compare")

    assert page.status_code == 200
    assert "ระดับเป็นเลิศ เริ่มที่" in text_of(page)
    assert page.context["tabs"] == ()


def test_a_first_version_has_nothing_to_compare_with(client, secretary, published):
    assert "ยังไม่มีเกณฑ์ฉบับอื่นที่ประกาศใช้" in text_of(client.get("/standards/gecc-2568/compare"))
    assert "ยังไม่มีเกณฑ์ฉบับอื่นที่ประกาศใช้" in text_of(client.get("/standards/gecc-2568/mapping"))


def test_a_draft_whose_sums_are_wrong_can_be_looked_at_already(client, draft, secretary):
    operations.edit_draft(draft, lambda t: tree.remove(t, "2.9"), about="2.9", deed="removed", by=secretary)

    assert client.get(f"{HERE}/compare").context["sections"]
    assert client.get(f"{HERE}/preview?at=R1").context["criterion"].code == "R1"
    assert "ร่างยังมีจุดที่ต้องแก้ไข" in text_of(client.get(f"{HERE}/mapping"))
    assert client.get(f"{HERE}/mapping/gecc-2568/P1").status_code == 404


def test_a_draft_that_cannot_be_read_says_so(client, secretary, published):
    operations.begin_draft("bare-2570", cycle_be=2570, th="เกณฑ์", by=secretary)

    for page in ("compare", "preview"):
        assert "ร่างยังอ่านทั้งฉบับไม่ได้" in text_of(client.get(f"/standards/bare-2570/{page}"))


def test_a_mapping_is_begun_changed_and_confirmed(client, draft, secretary):
    changed(draft, secretary)
    assert "ยังไม่ได้เทียบเกณฑ์" in text_of(client.get(f"{HERE}/mapping"))
    client.post(f"{HERE}/mapping", {})
    page = client.get(f"{HERE}/mapping/gecc-2568/4.7")
    assert "เสนอว่าเป็นข้อใหม่" in text_of(page)
    seen = page.context["mapping"].version

    client.post(f"{HERE}/mapping/gecc-2568/4.7", {"older": ["2.15", "nobody", "2.15"], "seen": seen})

    page = client.get(f"{HERE}/mapping")
    assert "เจ้าหน้าที่เลือกเอง" in text_of(page)
    assert client.post(f"{HERE}/mapping/gecc-2568/4.7", {"older": [], "seen": seen}).status_code == 409
    client.post(f"{HERE}/mapping", {"step": "confirm", "seen": page.context["mapping"].version})
    assert CriteriaMapping.objects.get().links["4.7"] == ["2.15"]
    assert "ยืนยันแล้ว" in text_of(client.get(f"{HERE}/mapping"))
    assert "ยังไม่ได้ยืนยันการเทียบเกณฑ์" not in text_of(client.get(f"{HERE}/publish"))
    assert client.post(f"{HERE}/mapping/gecc-2568/4.7", {"older": [], "seen": 3}).status_code == 422


def test_a_mapping_that_the_draft_has_left_behind_says_so(client, draft, secretary):
    client.post(f"{HERE}/mapping", {})
    client.post(f"{HERE}/mapping", {"step": "confirm", "seen": 1})
    draft.refresh_from_db()
    changed(draft, secretary)

    assert "ร่างมีการแก้ไขหลังจากยืนยันการเทียบนี้" in text_of(client.get(f"{HERE}/mapping"))
    client.post(f"{HERE}/mapping", {})
    page = client.get(f"{HERE}/mapping")
    assert (page.context["mapping"].number, len(page.context["earlier"])) == (2, 1)


def test_there_is_nothing_to_confirm_before_it_is_begun(client, draft):
    assert client.post(f"{HERE}/mapping", {"step": "confirm", "seen": 1}).status_code == 404


def test_a_criterion_that_was_renamed_keeps_its_mapping_waiting(client, draft, secretary):
    client.post(f"{HERE}/mapping", {})
    draft.refresh_from_db()
    edit = edits.saved("2.9", node(Sort.CRITERION, {**tree.find(tree_now(), "2.9").values, "code": "2.99"}))
    operations.edit_draft(draft, edit, about="2.9", deed="changed", by=secretary)

    page = client.get(f"{HERE}/mapping")

    assert page.context["strangers"] == ("2.9",)
    assert not page.context["decision"].allowed


def test_a_preview_shows_each_kind_of_answer(client, draft):
    gate, graded = text_of(client.get(f"{HERE}/preview")), text_of(client.get(f"{HERE}/preview?at=R1"))

    assert "ผ่านเกณฑ์ข้อนี้หรือไม่" in gate
    assert "จาก 5 คะแนน" in graded


def test_publishing_shows_what_is_fixed(client, draft):
    page = text_of(client.get(f"{HERE}/publish"))

    assert draft.sha256 in page
    assert "id: &quot;gecc-2569&quot;" in page
    client.post(f"{HERE}/publish", {"seen": draft.version})
    assert CriteriaSet.objects.get(reference="gecc-2569").stage == Stage.PUBLISHED
