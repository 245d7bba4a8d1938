"""What tests lean on does what it says."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import engines

from tests.support.htmx import asking_for, normalised, swap

PAGE = '<main>\n<p id="a">one</p>\n  <section id="steps"><div><br><img src="x"></div></section><p id="b">two</p></main>'


def test_a_swap_replaces_the_element_and_nothing_else():
    swapped = swap(PAGE, "#steps", '<section id="steps">new</section>')

    assert normalised(swapped) == '<main><p id="a">one</p><section id="steps">new</section><p id="b">two</p></main>'


def test_what_the_fragment_marks_is_swapped_too():
    swapped = swap(PAGE, "#steps", '<section id="steps">new</section><p id="b" hx-swap-oob="true">three</p>')

    assert '<p id="b">three</p>' in swapped


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
