"""What tests lean on does what it says."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F, Value
from django.template import engines

from saduak.directory.models import Province
from saduak.directory.tests.factories import ProvinceFactory
from tests.support.beginning import Beginning
from tests.support.frozen import frozen
from tests.support.htmx import asking_for, normalised, swap

PAGE = '<main>\n<p id="a">one</p>\n  <section id="steps"><div><br><img src="x"></div></section><p id="b">two</p></main>'


def test_a_swap_replaces_the_element_and_nothing_else():
    swapped = swap(PAGE, "#steps", '<section id="steps">new</section>')

    assert normalised(swapped) == '<main><p id="a">one</p><section id="steps">new</section><p id="b">two</p></main>'


def test_what_the_fragment_marks_is_swapped_too():
    swapped = swap(PAGE, "#steps", '<section id="steps">new</section><p id="b" hx-swap-oob="true">three</p>')

    assert '<p id="b">three</p>' in swapped


def test_a_file_is_its_name_and_what_is_in_it_and_is_read_again_from_its_beginning():
    file = ContentFile(b"white", name="a.jpg")

    assert frozen(file) == frozen(ContentFile(b"white", name="a.jpg"))
    assert frozen(file) != frozen(ContentFile(b"black", name="a.jpg"))
    assert frozen(file) != frozen(ContentFile(b"white", name="b.jpg"))
    assert file.read() == b"white"


@pytest.mark.parametrize(
    ("target", "fragment"),
    [
        pytest.param("#steps", "<p>no id</p>", id="not in the fragment"),
        pytest.param("#other", '<p id="other">x</p>', id="not in the page"),
    ],
)
def test_a_missing_element_is_a_mistake(target, fragment):
    with pytest.raises(LookupError):
        swap(PAGE, target, fragment)


def test_tokens_and_space_between_tags_make_no_difference():
    one = '<form>\n <input name="csrfmiddlewaretoken" value="abc"> </form>'
    other = '<form><input name="csrfmiddlewaretoken" value="xyz"></form>'

    assert normalised(one) == normalised(other)


def test_htmx_names_its_target():
    assert asking_for("#steps") == {"HX-Request": "true", "HX-Target": "steps"}


def test_a_variable_that_nobody_gave_is_refused():
    with pytest.raises(AssertionError, match="“words”"):
        engines["django"].from_string("{{ words }}").render({})


def test_an_empty_relation_is_false_and_prints_nothing():
    class Case:
        @property
        def assignment(self):
            raise ObjectDoesNotExist

    page = engines["django"].from_string("{% if case.assignment %}there{% endif %}{{ case.assignment }}")

    assert page.render({"case": Case()}) == ""


@pytest.mark.django_db
class TestBeginning:
    """Questions that all begin with the same database."""

    @pytest.fixture
    def beginning(self):
        ProvinceFactory(code="51")
        return Beginning()

    def codes(self):
        return sorted(Province.objects.values_list("code", flat=True))

    def test_what_one_question_wrote_the_next_does_not_find(self, beginning):
        with beginning.again():
            assert self.codes() == ["51"]
            ProvinceFactory(code="52")
            assert self.codes() == ["51", "52"]
            transaction.on_commit(lambda: pytest.fail("It was taken back."))
        with beginning.again():
            assert self.codes() == ["51"]

        beginning.end()
        assert connection.run_on_commit == []

    def test_what_stands_there_unchanged_is_looked_up_once(self, beginning):
        asked = []

        def heard(execute, sql, *how):
            asked.append(sql)
            return execute(sql, *how)

        for _ in range(3):
            with beginning.again(), connection.execute_wrapper(heard):
                first, again = Province.objects.get(code="51"), Province.objects.get(code="51")
                assert (first, list(Province.objects.iterator())) == (again, [first])
                assert Province.objects.filter(code="51").exists()
                assert not Province.objects.filter(code="1").exists()

        assert len(asked) == len(set(asked)) + 1 == 4

    def test_another_value_is_another_question(self, beginning):
        with beginning.again():
            said = [Province.objects.annotate(said=Value(value)).get().said for value in (1, True, "1")]

        assert [*map(type, said)] == [int, bool, str]

    def test_a_question_that_failed_leaves_nothing(self, beginning):
        with beginning.again(), pytest.raises(DataError):
            Province.objects.annotate(one=1 / (F("id") - F("id"))).get()
        with beginning.again(), pytest.raises(IntegrityError):
            Province.objects.create(code="51")
        with beginning.again():
            assert self.codes() == ["51"]

    def test_who_writes_by_what_seems_to_look_is_found_out(self, beginning):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION pg_temp.look() RETURNS int LANGUAGE sql AS"
                " 'UPDATE directory_province SET code = code; SELECT 1'"
            )
        with beginning.again(), connection.cursor() as cursor:
            cursor.execute('SELECT "code", pg_temp.look() FROM directory_province')

        with pytest.raises(AssertionError):
            beginning.end()
