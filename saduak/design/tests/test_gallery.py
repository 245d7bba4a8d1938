"""The gallery shows every component, and its form behaves like every form."""

import pytest

from saduak.design import gallery
from saduak.design.templatetags.saduak import register

NOT_COMPONENTS = {"error_summary", "file_input", "autosave_state", "breadcrumb_from"}
"""Parts of others; the last draws breadcrumbs, of which a page has one."""


def test_every_component_is_shown():
    shown = {name for _heading, names in gallery.GROUPS.values() for name in names}

    assert set(register.tags) - shown == NOT_COMPONENTS


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_gallery_is_open_to_everyone(client, language):
    client.cookies["language"] = language

    response = client.get("/design/")

    assert response.status_code == 200
    assert "{%" in response.text
    assert 'class="track"' in response.text


def test_the_example_form_keeps_what_was_typed_and_says_what_is_missing(client):
    response = client.post("/design/", {"name": "ที่ว่าการอำเภอเมืองลำพูน", "day": "31/2/2569"})

    assert response.status_code == 422
    assert 'value="ที่ว่าการอำเภอเมืองลำพูน"' in response.text
    assert "ไม่มีวันที่นี้ในปฏิทิน" in response.text


def test_complete_answers_are_accepted_and_not_kept(client):
    answers = {
        "name": "ศูนย์",
        "phone": "1111",
        "day": "15/1/2569",
        "kind": "place",
        "province": "51",
        "agreed": "on",
    }

    response = client.post("/design/", answers)

    assert response.status_code == 200
    assert "ข้อมูลครบถ้วน" in response.text


def test_the_example_table_can_be_exported(client):
    assert client.get("/design/?example-export=csv").content.decode("utf-8-sig").startswith("ด้าน,จำนวนข้อ,คะแนน")


@pytest.mark.browser
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_gallery_has_no_barriers(new_walk, width):
    walk = new_walk(width)

    walk.open("/design/")

    walk.finds_no_barriers()


@pytest.mark.browser
@pytest.mark.parametrize("contrast", ["dark", "high"])
def test_nor_in_the_other_colours(new_walk, contrast):
    walk = new_walk("phone")
    walk.prefers(contrast=contrast, language="en", text="130")

    walk.open("/design/")

    walk.finds_no_barriers()


@pytest.mark.browser
def test_the_summary_of_a_refused_form_takes_the_focus_and_leads_to_the_field(walk):
    walk.open("/design/")
    walk.fill("ชื่อศูนย์", "ที่ว่าการอำเภอเมืองลำพูน")

    walk.press("ตรวจสอบข้อมูล")
    walk.sees("โปรดกรอกข้อมูลในช่องนี้")

    assert "โปรดตรวจสอบข้อมูล" in walk.focused()
    walk.type("Tab", "Enter")
    assert "โทรศัพท์" in walk.focused()
    walk.finds_no_barriers()
