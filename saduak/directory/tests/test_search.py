import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.directory import queries
from saduak.directory.models import AgencyKind, Centre
from saduak.directory.operations import agencies
from saduak.directory.operations.finding import make_findable
from saduak.directory.queries import Reading, search_centres
from saduak.directory.rules import findable, words_sought, words_sought_apart
from saduak.directory.tests.factories import AgencyFactory, CentreFactory, ProvinceFactory
from saduak.thai.text import grams, search_key

pytestmark = pytest.mark.django_db

thai_text = st.text(alphabet="กขคงจชณนศสษลพรมยวหอะาิีุูเแโใไัำ่้์ 59ab.-", max_size=40)


@pytest.fixture
def register():
    lamphun = ProvinceFactory()
    chiang_mai = ProvinceFactory(code="50", name_th="เชียงใหม่", name_en="Chiang Mai")
    transport = AgencyFactory(name_th="กรมการขนส่งทางบก", name_en="Department of Land Transport")
    lands = AgencyFactory(name_th="กรมที่ดิน")
    hospital = AgencyFactory(name_th="สำนักงานปลัดกระทรวงสาธารณสุข")
    return {
        "transport": CentreFactory(name_th="สำนักงานขนส่งจังหวัดลำพูน", agency=transport, province=lamphun, code="51-1"),
        "branch": CentreFactory(
            name_th="สำนักงานขนส่งจังหวัดลำพูน สาขาอำเภอลี้", agency=transport, province=lamphun, district="ลี้", code="51-2"
        ),
        "land": CentreFactory(name_th="สำนักงานที่ดินจังหวัดลำพูน", agency=lands, province=lamphun, code="51-3"),
        "chiang mai": CentreFactory(
            name_th="สำนักงานขนส่งจังหวัดเชียงใหม่",
            name_en="Chiang Mai Transport Office",
            agency=transport,
            province=chiang_mai,
            code="50-1",
        ),
        "hospital": CentreFactory(name_th="โรงพยาบาลลำพูน", agency=hospital, province=lamphun, code="51-4"),
        "centre 5": CentreFactory(name_th="ศูนย์บริการร่วม 5", agency=lands, province=chiang_mai, code="50-2"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ขนส่ง ลำพูน", ["transport", "branch"], id="agency and province, the whole name first"),
        pytest.param("ลำพูน ขนส่ง", ["transport", "branch"], id="in the other order"),
        pytest.param("ขนสง", ["transport", "chiang mai", "branch"], id="tone mark left out"),
        pytest.param("นส่ง", ["transport", "chiang mai", "branch"], id="part of a word"),
        pytest.param("ลี", ["branch"], id="two letters"),
        pytest.param("เชียงไหม่", ["chiang mai", "centre 5"], id="spelling variant of a province"),
        pytest.param("สูนย์", ["centre 5"], id="spelling variant"),
        pytest.param("ศูนย", ["centre 5"], id="silencer left out"),
        pytest.param("บริการ ๕", ["centre 5"], id="Thai digit"),
        pytest.param("ร่วม 51", [], id="a number that stands elsewhere only"),
        pytest.param("รพ.ลำพูน", ["hospital"], id="abbreviation"),
        pytest.param("ขนส่ง จ.ลำพูน อ.ลี้", ["branch"], id="signs of province and district"),
        pytest.param("ที่ดิน", ["land", "centre 5"], id="name before agency"),
        pytest.param("chiang MAI transport", ["chiang mai"], id="English"),
        pytest.param("51-3", ["land"], id="code"),
        pytest.param("แ", [], id="a vowel that begins no word"),
        pytest.param("โ", ["hospital"], id="a first letter"),
        pytest.param("%", None, id="a sign that is no word"),
        pytest.param("", None, id="nothing: all, by name"),
    ],
)
def test_a_centre_is_found_as_people_type_it(register, text, expected):
    found = search_centres(text)

    by_name = ["hospital", "centre 5", "chiang mai", "transport", "branch", "land"]
    assert [centre.code for centre in found.centres] == [
        register[name].code for name in (by_name if expected is None else expected)
    ]
    assert found.total == len(found.centres)
    assert not found.is_more
    assert found.reading == Reading.AS_TYPED


@pytest.mark.parametrize(
    ("text", "reading", "expected"),
    [
        pytest.param("ขนส่งลำพูน", Reading.WORDS_PARTED, {"transport", "branch"}, id="written together"),
        pytest.param("ที่ดิน ลำพุน", Reading.SLIPS_FORGIVEN, {"land"}, id="a wrong vowel"),
        pytest.param("โรงพยาบาน", Reading.SLIPS_FORGIVEN, {"hospital"}, id="a wrong letter"),
        pytest.param("สาธารณสุก ลำพูน", Reading.SLIPS_FORGIVEN, {"hospital"}, id="a wrong letter of the agency"),
        pytest.param("ขนส่งเชียงหใม่", Reading.AS_TYPED, set(), id="two faults at once are too many"),
    ],
)
def test_what_finds_nothing_as_typed_is_read_again(register, text, reading, expected):
    found = search_centres(text)

    assert {centre.code for centre in found.centres} == {register[name].code for name in expected}
    assert found.reading == reading


def test_a_search_is_narrowed_by_province_agency_and_choice(register):
    transport = register["transport"].agency
    part = AgencyFactory(name_th="กองหนึ่ง", parent=transport)
    below = CentreFactory(name_th="จุดบริการขนส่ง", agency=part, province=register["transport"].province)
    chiang_mai = register["chiang mai"].province

    assert search_centres("ขนส่ง", province=chiang_mai).centres == (register["chiang mai"],)
    assert below in search_centres("", agency=transport).centres
    assert search_centres("ขนส่ง", among=Centre.objects.filter(code="50-1")).centres == (register["chiang mai"],)


def test_a_closed_centre_is_found_only_by_who_asks_for_it():
    CentreFactory(name_th="สำนักงานเก่า", closed=True)

    assert search_centres("เก่า").total == 0
    assert search_centres("เก่า", among=Centre.objects.all()).total == 1


def test_pages_follow_one_another_and_tell_the_same_total(register):
    pages = [search_centres("สำนักงาน", skip=skip, number=2) for skip in (0, 2, 4, 6)]

    assert [len(page.centres) for page in pages] == [2, 2, 1, 0]
    assert {page.total for page in pages} == {5}
    assert len({centre.pk for page in pages for centre in page.centres}) == 5


def test_more_than_can_be_ranked_is_told(register, monkeypatch):
    monkeypatch.setattr(queries, "RANKED", 3)

    found = search_centres("สำนักงาน")

    assert (found.total, found.is_more, len(found.centres)) == (3, True, 4)


@pytest.mark.parametrize("text", ["สำนักงาน", "สำนักงาน ลำพูน", "ขนส่ง เชียงใหม่ สำนักงาน", "กรม"])
def test_the_way_that_is_taken_does_not_change_what_is_found(register, monkeypatch, text):
    expected = search_centres(text)

    monkeypatch.setattr(queries, "_common", lambda words: set(words))

    assert search_centres(text) == expected


def test_common_words_are_seen_in_a_sample(monkeypatch):
    monkeypatch.setattr(queries, "SAMPLED", 25)
    province, agency = ProvinceFactory(), AgencyFactory()
    centres = [
        Centre(code=f"51-{n}", name_th=f"สำนักงานทดสอบ {n} {'ใหญ่' if n % 2 else ''}", agency=agency, province=province)
        for n in range(1000)
    ]
    for centre in centres:
        centre.make_findable()
    Centre.objects.bulk_create(centres)

    assert queries._common(["สำนักงาน"]) == {"สำนักงาน"}
    assert queries._common(["สำนักงาน", "ไหย"]) == {"สำนักงาน"}
    assert queries._common(["สำนักงาน", "ลำปาง"]) == {"สำนักงาน"}
    assert queries._common(["ลำปาง"]) == set()
    assert queries._common([]) == set()


def test_a_search_asks_the_database_three_things(register, django_assert_num_queries):
    with django_assert_num_queries(3):
        centres = search_centres("ขนส่ง ลำพูน").centres
        assert [(centre.agency.name_th, centre.province.name_th) for centre in centres]


def test_saving_keeps_a_centre_findable(register):
    centre = register["land"]

    centre.name_th = "สำนักงานใหม่เอี่ยม"
    centre.save(update_fields=["name_th"])

    assert search_centres("เอี่ยม").centres == (centre,)


def test_centres_of_a_renamed_agency_are_found_by_its_new_name(register):
    transport = register["transport"]

    agencies.correct_agency(transport.agency, by=None, kind=AgencyKind.OTHER)
    agencies.correct_agency(transport.agency, by=None, name_th="กรมยานพาหนะ")

    assert search_centres("พาหนะ").total == 3
    assert search_centres("ทางบก").total == 0


def test_everything_is_made_findable_again(register, capsys):
    Centre.objects.update(search_text="", sort_key="")

    call_command("rebuild_search")

    assert "6 centres" in capsys.readouterr().out
    assert search_centres("ขนส่ง ลำพูน").total == 2
    assert make_findable(Centre.objects.none()) == 0


@given(thai_text)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_database_makes_the_same_grams(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_grams(%s)", [findable(text)])
        (made,) = cursor.fetchone()

    assert set(made) == grams(text)


@given(st.one_of(thai_text, st.text(alphabet=st.characters(codec="utf-8"))))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_query_is_answered(register, text):
    found = search_centres(text)

    assert found.total >= len(found.centres)


@given(st.sampled_from(["transport", "branch", "land", "chiang mai", "hospital", "centre 5"]), st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_part_of_a_name_of_two_letters_or_more_finds_its_centre(register, which, data):
    centre = register[which]
    words = search_key(centre.name_th).split()
    parts = []
    for word in data.draw(st.lists(st.sampled_from([word for word in words if len(word) > 1]), min_size=1, max_size=3)):
        start = data.draw(st.integers(0, len(word) - 2))
        parts.append(word[start : data.draw(st.integers(start + 2, len(word)))])

    assert centre in search_centres(" ".join(parts)).centres


def test_a_query_is_read_to_a_limit(register):
    assert len(words_sought("กข " * 10_000)) == 1
    assert search_centres("ขนส่ง ลำพูน " + " " * 200 + "ไม่มี").total == 2
    assert search_centres("กขคงจฉชซฌญ" * 1000).total == 0


def test_abbreviations_are_spelled_out_and_signs_dropped():
    assert words_sought("รพ.ลำพูน จ.ลำพูน") == ["โรงพยาบาล", "ลำพูน"]
    assert words_sought("กทม.") == ["กทม"]
    assert words_sought("เขต กทม.") == ["เขต", search_key("กรุงเทพมหานคร")]
    assert words_sought_apart("ขนส่งลำพูน") == ["ขนสง", "ลำพูน"]
