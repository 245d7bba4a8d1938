"""The secretariat writes a draft in the browser: every form keeps what was typed, and nobody overwrites another."""

import pytest

from saduak.standards import operations
from saduak.standards.drafting import tree
from saduak.standards.drafting.tree import Sort, node
from saduak.standards.models import CriteriaSet
from saduak.standards.tests.editing import HERE, form_of, now, text_of, tree_now, value

pytestmark = pytest.mark.django_db


# Beginning


def test_a_version_begins_like_the_one_before(client, secretary, published):
    page = client.get("/standards/drafts/begin")

    answer = client.post("/standards/drafts/begin", form_of(page), follow=True)

    draft = CriteriaSet.objects.get(reference="gecc-2569")
    assert (draft.cycle_be, draft.title_th) == (2569, "เกณฑ์การรับรองมาตรฐานศูนย์ราชการสะดวก พ.ศ. 2569")
    assert draft.is_sound
    assert draft.source.startswith("# GECC criteria for the 2568 cycle")
    assert "เริ่มร่าง gecc-2569 แล้ว" in text_of(answer)
    assert draft.history.last().facts["like"] == "gecc-2568"


def test_a_version_begins_from_nothing(client, secretary):
    answer = client.post(
        "/standards/drafts/begin", {"reference": "new-2570", "cycle_be": "๒๕๗๐", "th": "เกณฑ์ใหม่"}, follow=True
    )

    assert not CriteriaSet.objects.get().is_sound
    assert "ยังไม่มีข้อใดในนี้" in text_of(answer)
    assert client.get("/standards/new-2570").status_code == 302
    assert "ยังมีจุดที่ต้องแก้ไข" in text_of(client.get("/standards/"))
    assert "ยังประกาศใช้ไม่ได้" in text_of(client.get("/standards/new-2570/publish"))
    assert client.post("/standards/new-2570/publish", {"seen": 1}).status_code == 422


@pytest.mark.parametrize(
    ("reference", "words"),
    [("gecc-2568", "มีชุดเกณฑ์รหัส gecc-2568 อยู่แล้ว"), ("Not an id", "ใช้เป็นรหัสชุดเกณฑ์ไม่ได้")],
)
def test_an_id_that_cannot_be_is_told_at_its_field(client, secretary, published, reference, words):
    answer = client.post("/standards/drafts/begin", {"reference": reference, "cycle_be": "2569", "th": "เกณฑ์"})

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["reference"])


# One criterion


def test_a_criterion_is_changed(client, draft):
    page = client.get(f"{HERE}/edit/2.9")

    answer = client.post(f"{HERE}/edit/2.9", form_of(page, th="ช่องทางร้องเรียนที่ใช้ง่าย", points="3", then="next"))

    assert answer["Location"] == f"{HERE}/edit/2.10"
    assert (value("2.9", "th"), value("2.9", "points")) == ("ช่องทางร้องเรียนที่ใช้ง่าย", "3")
    draft.refresh_from_db()
    assert not draft.is_sound
    overview = text_of(client.get(f"{HERE}/edit"))
    assert "ยังต้องแก้ไข 1 จุด" in overview
    assert draft.history.last().facts["about"] == "2.9"


def test_parts_are_typed_as_rows(client, draft):
    page = client.get(f"{HERE}/edit/R1")
    typed = {"part1-code": "", "part1-th": "", "part1-points": "", "part1-measured_by": "", "part1-provisional": ""}
    new = {"part3-code": "R1.4", "part3-th": "การปรับปรุงจากผล", "part3-points": "3"}

    client.post(f"{HERE}/edit/R1", form_of(page, **typed, **new, **{"part1-en": ""}))

    assert [child.code for child in tree.find(tree_now(), "R1").children] == ["R1.1", "R1.3", "R1.4"]
    assert CriteriaSet.objects.get(reference="gecc-2569").is_sound


def test_more_rows_lose_nothing(client, draft):
    page = client.get(f"{HERE}/edit/R1")

    answer = client.post(f"{HERE}/edit/R1", form_of(page, th="ชื่อที่พิมพ์ค้างไว้", then="more"))

    assert "ชื่อที่พิมพ์ค้างไว้" in text_of(answer)
    assert len(answer.context["form"].parts) == len(page.context["form"].parts) + 2
    assert value("R1", "th") != "ชื่อที่พิมพ์ค้างไว้"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        pytest.param({"asks_en": "x" * 2001}, "asks_en", "2000", id="too long"),
        pytest.param({"th": "Hours"}, "th", "ไม่มีอักษรไทย", id="not Thai"),
        pytest.param({"points": "two"}, "points", "ทศนิยมไม่เกินสองตำแหน่ง", id="points"),
        pytest.param({"measured_by": "no figure"}, "measured_by", "no figure", id="figure"),
        pytest.param({"code": "2.1"}, "code", "รหัส 2.1 มีผู้ใช้แล้ว", id="code taken"),
        pytest.param({"code": "ข้อ"}, "code", "ใช้เป็นรหัสไม่ได้", id="code"),
        pytest.param({"code": ""}, "code", "", id="no code"),
        pytest.param({"under": "nowhere"}, "under", "", id="place"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(client, draft, typed, field, words):
    page = client.get(f"{HERE}/edit/2.9")

    answer = client.post(f"{HERE}/edit/2.9", form_of(page, **{"en": "typed before", **typed}))

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert "typed before" in text_of(answer)
    assert value("2.9", "en") == "Complaint channels"


def test_what_is_wrong_in_a_part_stands_in_its_row(client, draft):
    page = client.get(f"{HERE}/edit/R1")

    answer = client.post(f"{HERE}/edit/R1", form_of(page, **{"part0-points": "many"}))

    assert answer.status_code == 422
    assert "points" in answer.context["form"].parts[0].errors
    assert "R1.1" in str(answer.context["form"].non_field_errors())


def test_a_criterion_goes_to_another_group(client, draft):
    page = client.get(f"{HERE}/edit/2.1")

    client.post(f"{HERE}/edit/2.1", form_of(page, under="Q-advanced-6", then="stay"))

    assert tree.above(tree_now(), "2.1").code == "Q-advanced-6"


def test_sums_are_told_while_somebody_types(client, draft):
    page = client.get(f"{HERE}/edit/2.9")

    answer = client.post(f"{HERE}/edit/2.9", form_of(page, points="5", then="check"), headers={"HX-Request": "true"})
    wrong = client.post(f"{HERE}/edit/2.9", form_of(page, points="x", then="check"), headers={"HX-Request": "true"})

    assert "<strong>27</strong>" in text_of(answer)
    assert "<strong>24</strong>" in text_of(wrong)
    assert "<html" not in text_of(answer)
    assert value("2.9", "points") is None


def test_a_part_is_edited_with_its_criterion(client, draft):
    assert client.get(f"{HERE}/edit/R1.2")["Location"] == f"{HERE}/edit/R1"
    assert client.get(f"{HERE}/edit/nothing").status_code == 404


@pytest.mark.parametrize(("code", "name"), [("P", "th"), ("Q-basic", "points")])
def test_strands_and_groups_are_changed_and_keep_what_is_below(client, draft, code, name):
    page = client.get(f"{HERE}/edit/{code}")
    typed = {"th": "ด้านใหม่", "points": "2"}[name]

    client.post(f"{HERE}/edit/{code}", form_of(page, **{name: typed}))

    assert value(code, name) == typed
    assert len(tree.find(tree_now(), code).children) in (2, 5)


def test_a_published_version_is_not_on_the_desk(client, secretary, published):
    assert client.get("/standards/gecc-2568/edit").status_code == 404
    assert client.post("/standards/gecc-2568/edit/P1", {"code": "P1", "th": "x"}).status_code == 404


# Two at once


def test_two_people_at_two_criteria_do_not_meet(client, draft):
    one, other = client.get(f"{HERE}/edit/2.9"), client.get(f"{HERE}/edit/2.1")

    client.post(f"{HERE}/edit/2.9", form_of(one, en="first"))
    answer = client.post(f"{HERE}/edit/2.1", form_of(other, en="second"))

    assert answer.status_code == 302
    assert (value("2.9", "en"), value("2.1", "en")) == ("first", "second")


def test_two_people_at_one_criterion_see_both_and_nothing_is_lost(client, draft):
    page = client.get(f"{HERE}/edit/R1")
    client.post(f"{HERE}/edit/R1", form_of(page, en="first", **{"part0-points": "3", "part1-points": "2"}))

    answer = client.post(f"{HERE}/edit/R1", form_of(page, en="second"))

    assert answer.status_code == 409
    told = {str(both.field): (both.theirs, both.mine) for both in answer.context["overtaken"].values}
    assert told["ชื่อภาษาอังกฤษ"] == ("first", "second")
    assert "R1.1 วิธีการเก็บข้อมูล 3" in told["ข้อย่อย"][0]
    assert "แก้ไขร่าง: R1" in text_of(answer)
    again = client.post(f"{HERE}/edit/R1", form_of(answer))
    assert again.status_code == 302
    assert value("R1", "en") == "second"


def test_what_somebody_took_out_is_told(client, draft, secretary):
    page = client.get(f"{HERE}/edit/2.9")
    operations.edit_draft(draft, lambda t: tree.remove(t, "2.9"), about="2.9", deed="removed", by=secretary)

    answer = client.post(f"{HERE}/edit/2.9", form_of(page, en="mine"))

    assert answer.status_code == 409
    assert "ไม่มี 2.9 ในร่างแล้ว" in text_of(answer)
    client.post(answer.context["action"], form_of(answer))
    assert value("2.9", "en") == "mine"
    strand = client.get(f"{HERE}/edit/R")
    operations.edit_draft(draft, lambda t: tree.remove(t, "R"), about="R", deed="removed", by=secretary)
    assert client.post(f"{HERE}/edit/R", form_of(strand, en="mine"))["Location"] == f"{HERE}/edit"


def test_an_edit_of_a_whole_that_changed_is_a_409(client, draft):
    page = client.get(f"{HERE}/edit/2.9")
    client.post(f"{HERE}/edit/2.9", form_of(page, en="first"))

    answer = client.post(f"{HERE}/edit/P2/move", {"to": "up", "seen": draft.version})

    assert answer.status_code == 409
    assert [child.code for child in tree.find(tree_now(), "P").children][:2] == ["P1", "P2"]


# The whole


def test_criteria_are_moved_removed_and_added(client, draft):
    client.post(f"{HERE}/edit/P2/move", now(to="up"))
    client.post(f"{HERE}/edit/P3/move", now(to="down"))
    assert "นำ P5 ออก" in text_of(client.get(f"{HERE}/edit/P5/remove"))
    client.post(f"{HERE}/edit/P5/remove", now())
    page = client.get(f"{HERE}/add?sort=criterion&under=P")
    client.post(f"{HERE}/add?sort=criterion&under=P", form_of(page, code="P99", th="ข้อใหม่"))

    codes = [child.code for child in tree.find(tree_now(), "P").children]
    assert codes == ["P2", "P1", "P4", "P3", "P99"]


def test_a_strand_is_taken_out_with_what_is_below(client, draft):
    page = text_of(client.get(f"{HERE}/edit/Q/remove"))

    client.post(f"{HERE}/edit/Q/remove", now())

    assert "จะนำออกไปด้วย 6 ข้อ" in page
    assert [strand.code for strand in tree_now().below(Sort.STRAND)] == ["P", "R"]


def test_strands_and_groups_are_added(client, draft):
    page = client.get(f"{HERE}/add?sort=strand")
    client.post(f"{HERE}/add?sort=strand", form_of(page, code="S", th="ด้านใหม่", kind="gate"))
    page = client.get(f"{HERE}/add?sort=group&under=S")

    client.post(f"{HERE}/add?sort=group&under=S", form_of(page, code="S-1", th="กลุ่มใหม่"))

    assert tree.above(tree_now(), "S-1").code == "S"
    assert "เพิ่มข้อใน S-1" in text_of(client.get(f"{HERE}/edit"))


def test_what_cannot_be_added_is_told_and_nothing_is_lost(client, draft):
    page = client.get(f"{HERE}/add?sort=criterion&under=P")
    where = f"{HERE}/add?sort=criterion&under=P"

    taken = client.post(where, form_of(page, code="P1", th="ข้อใหม่"))
    wrong = client.post(where, form_of(page, code="P99", th="New"))
    empty = client.post(where, form_of(page))
    checked = client.post(where, form_of(page, code="P99", th="ข้อใหม่", then="check"), headers={"HX-Request": "true"})
    more = client.post(
        f"{HERE}/add?sort=criterion&under=R", {"code": "R9", "th": "ข้อ", "under": "R", "kind": "fixed", "then": "more"}
    )

    assert [taken.status_code, wrong.status_code, empty.status_code, checked.status_code, more.status_code] == [
        422
    ] * 3 + [200] * 2
    assert "ข้อใหม่" in text_of(taken)
    assert len(more.context["form"].parts) == 2


def test_sums_are_stated_with_one_button(client, draft):
    client.post(f"{HERE}/edit/2.9/remove", now())

    client.post(f"{HERE}/sums", now())

    assert (tree_now().values["points"], value("Q", "points")) == ("22", "12")
    assert CriteriaSet.objects.get(reference="gecc-2569").is_sound


def test_settings_levels_and_aspects_are_changed(client, draft):
    page = client.get(f"{HERE}/settings")
    levels = {
        "level0-points": "6",
        "level3-code": "top",
        "level3-th": "ระดับสูงสุด",
        "level3-points": "10",
        "level3-kind": "gold",
    }

    client.post(
        f"{HERE}/settings", form_of(page, **levels, **{"aspect4-code": "5", "aspect4-th": "ด้านใหม่"}, step="0.1")
    )

    kept = CriteriaSet.objects.get(reference="gecc-2569").library
    assert [(level.code, level.min) for level in kept.levels][::3] == [("basic", 6), ("top", 10)]
    assert [aspect.code for aspect in kept.aspects] == list("12345")
    assert str(kept.score_step) == "0.1"


def test_wrong_settings_are_told_at_their_fields(client, draft):
    page = client.get(f"{HERE}/settings")

    wrong = client.post(f"{HERE}/settings", form_of(page, **{"level0-points": "x"}))
    twice = client.post(f"{HERE}/settings", form_of(page, **{"level1-code": "basic"}))
    empty = client.post(f"{HERE}/settings", form_of(page, th=""))

    assert [wrong.status_code, twice.status_code, empty.status_code] == [422, 422, 422]
    assert "points" in wrong.context["form"].levels[0].errors
    assert "basic" in str(twice.context["form"].non_field_errors())


def test_two_people_at_the_settings_see_both(client, draft):
    page = client.get(f"{HERE}/settings")
    client.post(f"{HERE}/settings", form_of(page, en="first", **{"level0-points": "6"}))

    answer = client.post(f"{HERE}/settings", form_of(page, en="second"))

    assert answer.status_code == 409
    told = {str(both.field): (both.theirs, both.mine) for both in answer.context["overtaken"].values}
    assert told["ชื่อภาษาอังกฤษ"] == ("first", "second")
    assert client.post(f"{HERE}/settings", form_of(answer)).status_code == 302
    assert tree_now().values["en"] == "second"


# The whole


def test_the_overview_asks_the_database_a_few_questions_only(client, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(f"{HERE}/edit")


def test_operations_refuse_what_pages_never_send(draft, secretary):
    other = node(Sort.VERSION, {"code": "other-2570"})

    with pytest.raises(tree.EditRefused, match="id_stays"):
        operations.edit_draft(draft, lambda _tree: other, about="x", deed="changed", by=secretary)


def test_what_is_wrong_in_a_part_leads_to_its_criterion(client, draft, secretary):
    part = node(Sort.PART, {"code": "R1.1", "th": "Method", "points": "2"})
    operations.edit_draft(draft, lambda t: tree.change(t, "R1.1", part), about="R1", deed="changed", by=secretary)

    page = client.get(f"{HERE}/edit/R1")

    (problem,) = client.get(f"{HERE}/edit").context["desk"].standing.problems
    assert (problem.where, problem.url) == ("R1.1", f"{HERE}/edit/R1")
    assert page.context["desk"].lines[2].below[0].problems == 1


def test_a_strand_with_nothing_in_it_can_hold_either(client, secretary):
    operations.begin_draft("bare-2570", cycle_be=2570, th="เกณฑ์", by=secretary)

    page = text_of(client.get("/standards/bare-2570/edit"))

    assert "เพิ่มข้อใน P" in page
    assert "เพิ่มกลุ่มใน P" in page
