"""How the criteria are worded: kinds, evidence, figures, points, and what is wrong with a source."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from saduak.design.components import Moment
from saduak.journal.models import Entry
from saduak.standards.criteria import Aspect, Criterion, Evidence, Group, Kind, Leaf, Library, Strand
from saduak.standards.source import Problem
from saduak.thai.text import search_key

EVIDENCE = {
    Evidence.DOCUMENT: _("Document"),
    Evidence.PHOTO: _("Photograph"),
    Evidence.MEASURE: _("Measured figure"),
    Evidence.VISIT: _("Seen on the visit"),
}
EVIDENCE_ICONS = {
    Evidence.DOCUMENT: "file",
    Evidence.PHOTO: "image",
    Evidence.MEASURE: "chart",
    Evidence.VISIT: "place",
}

FIGURES: Mapping[str, object] = {
    "audit.lookups_logged": _("share of look-ups of personal data that are logged"),
    "catalogue.channels": _("number of channels that offer services"),
    "catalogue.manuals_current": _("share of services with an up-to-date citizen manual"),
    "catalogue.three_kinds": _("whether all three kinds of service are offered"),
    "centre.extended_hours": _("opening hours beyond office hours"),
    "centre.opening_hours": _("opening hours of the centre"),
    "complaints.channels": _("channels through which complaints arrived"),
    "complaints.on_time": _("share of complaints answered in time"),
    "complaints.online": _("complaints made online"),
    "complaints.root_causes": _("share of complaints with cause, cure and prevention recorded"),
    "feedback.by_channel": _("ratings by channel"),
    "feedback.needs_survey_topics": _("topics that the needs survey covers"),
    "feedback.rating_points": _("service points with a way to rate the service"),
    "feedback.sample": _("size and coverage of the sample"),
    "feedback.score": _("satisfaction score"),
    "frontdesk.arrivals_by_hour": _("arrivals by hour"),
    "frontdesk.fairness": _("share of people called in their turn"),
    "frontdesk.online_share": _("share of tickets booked online"),
    "frontdesk.priority_ratio": _("waiting time of the priority lane compared with the others"),
    "frontdesk.services_per_visit": _("services received in one visit"),
    "frontdesk.skills_cover": _("services that at least two officers can give"),
    "frontdesk.wait_p80": _("waiting time that 80 in 100 people do not exceed"),
    "frontdesk.waiting_peak": _("most people waiting at one time"),
    "information_requests.clock": _("share of information requests answered in time"),
    "linkage.copies_not_asked": _("copies of papers that were not asked for"),
    "linkage.lookups": _("look-ups in registries in place of papers"),
    "monitoring.actions": _("actions taken because of operating figures"),
    "service_requests.electronic_results": _("share of results issued electronically"),
    "service_requests.on_time": _("share of requests finished within the published time"),
    "service_requests.online": _("requests made online"),
    "service_requests.online_end_to_end": _("services that are complete online"),
    "service_requests.online_users": _("people who used the online channels"),
    "service_requests.tracked": _("requests that people followed themselves"),
}
"""What the platform can measure, in words; other figures are shown by their code."""

WANTED = {
    "mapping": _("keys with values"),
    "list": _("a list"),
    "text": _("a text; write numbers and codes in quotation marks"),
    "number": _("a number"),
    "true_or_false": _("true or false"),
}

PROBLEMS: Mapping[str, object] = {
    "alias": _("Anchors and aliases (& and *) are not allowed. Write the text again."),
    "bad_code": _("“%(value)s” is no code of this kind. Use Latin letters, digits, dots and hyphens."),
    "bad_points": _("“%(value)s” is no number of points. Write a number above 0 with at most two decimals."),
    "criteria_or_groups": _("Strand %(code)s needs either “criteria” or “groups”, and not both."),
    "duplicate_code": _("Code %(code)s was already given in line %(first_line)s."),
    "duplicate_key": _("“%(key)s” stands here a second time."),
    "duplicate_value": _("“%(value)s” stands here a second time."),
    "empty": _("There is nothing in this file."),
    "empty_list": _("This list is empty."),
    "empty_text": _("This text is empty."),
    "everything_may_not_apply": _("At least one criterion of strand %(code)s must apply to every centre."),
    "finer_than_the_step": _("%(value)s is finer than the rounding of scores, %(step)s."),
    "forbidden_character": _("There is a character here that no text may hold."),
    "gate_must_apply": _("A gate applies to every centre; it cannot be left out."),
    "gate_with_points": _("%(code)s is a gate and has no points; remove “%(key)s”."),
    "id_changed": _("The id is %(value)s, but this draft is %(reference)s. Load another id as a new draft."),
    "id_taken": _("There is already a set of criteria with the id %(value)s. Give this one another id."),
    "level_out_of_reach": _("This level begins at %(min)s points, but only %(max)s can be reached."),
    "levels_out_of_order": _("Levels go from the lowest to the highest: %(higher)s does not come after %(lower)s."),
    "maximum_out_of_reach": _("The maximum is %(max)s, but all parts together give only %(sum)s."),
    "missing_key": _("“%(key)s” is missing here."),
    "missing_points": _("%(code)s has no points. Give it “points” or “max_score”, or its group “points_each”."),
    "needs_max_score": _("%(code)s has “%(key)s” and therefore needs “max_score”."),
    "not_one_of": _("“%(value)s” is not known here. Known are: %(allowed)s."),
    "not_thai": _("“%(value)s” has no Thai letter in it. The Thai text belongs here."),
    "not_utf8": _("This file is not a text in UTF-8. Save it as UTF-8 and choose it again."),
    "not_yaml": _("From here on this cannot be read as YAML (%(reason)s)."),
    "out_of_range": _("Write a number from %(lowest)s to %(highest)s; years are of the Buddhist era."),
    "points_and_max_score": _("%(code)s has both “points” and “max_score”. Keep one."),
    "points_do_not_add_up": _("Here stand %(stated)s points, but what belongs to it adds up to %(sum)s."),
    "tag": _("Tags (%(tag)s) are not allowed. Write the value without it."),
    "text_too_long": _("This text is longer than %(longest)s characters."),
    "too_deep": _("This is nested deeper than %(deepest)s levels."),
    "too_large": _("The file is larger than %(largest_kb)s KB."),
    "unknown_aspect": _("There is no aspect %(value)s in this file."),
    "unknown_format": _("The format “%(value)s” is not known. Known is: %(allowed)s."),
    "unknown_key": _("“%(key)s” is no key that belongs here. Check the spelling, or a comma outside quotation marks."),
    "waiving_not_allowed": _("This version has no rule for what does not apply. Set “not_applicable” first."),
    "wrong_type": _("Here belongs %(wanted)s."),
}

SHOWN, SHOWN_BEFORE = 120, 24
"""Characters of a long line that an excerpt shows, and how many of them before the problem."""

STEPS = {
    "load": _("Draft loaded"),
    "edit": _("Draft edited"),
    "publish": _("Published"),
}


@dataclass(frozen=True)
class Excerpt:
    """One line of the source; `marked` is where the problem begins, empty in the lines around it."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


@dataclass(frozen=True)
class WordedProblem:
    """A problem as a person reads it, with the lines of the source around it."""

    line: int
    column: int
    sentence: str
    excerpt: tuple[Excerpt, ...]


@dataclass(frozen=True)
class Section:
    """Criteria under one heading, or a strand's own criteria without one."""

    group: Group | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class StrandInView:
    """A strand with those of its sections and criteria that are shown."""

    strand: Strand
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Counts:
    """How many criteria of which kind a library has."""

    criteria: int
    gates: int
    scored: int
    provisional: int


def worded(problems: Sequence[Problem], source: str) -> list[WordedProblem]:
    """The problems of a source in the reader's language, each beside its place in the text."""
    lines = source.splitlines() or [""]
    return [
        WordedProblem(problem.line, problem.column, sentence_of(problem), tuple(_excerpt(lines, problem)))
        for problem in problems
    ]


def counts_of(library: Library) -> Counts:
    """How many criteria a library has."""
    criteria = tuple(library.criteria())
    gates = len(library.gates)
    return Counts(len(criteria), gates, len(criteria) - gates, sum(c.is_provisional for c in criteria))


def strands_in_view(library: Library, keep: Callable[[Criterion], bool]) -> list[StrandInView]:
    """The strands with the criteria that `keep` wants; what has none is left out."""
    shown = []
    for strand in library.strands:
        sections = [Section(group, tuple(filter(keep, group.criteria))) for group in strand.groups]
        sections.append(Section(None, tuple(filter(keep, strand.own_criteria))))
        if kept := tuple(section for section in sections if section.criteria):
            shown.append(StrandInView(strand, kept))
    return shown


def keeper(*, words: str = "", aspect: str = "", evidence: str = "", only: str = "") -> Callable[[Criterion], bool]:
    """A sentence about a criterion made of a filter's answers; what is empty asks nothing."""
    wanted = search_key(words).split()

    def keep(criterion: Criterion) -> bool:
        if aspect and criterion.aspect != aspect:
            return False
        if evidence and evidence not in criterion.evidence:
            return False
        if only == "provisional" and not criterion.is_provisional:
            return False
        if only == "gate" and criterion.kind is not Kind.GATE:
            return False
        if only == "scored" and criterion.kind is Kind.GATE:
            return False
        text = search_key(" ".join(_texts(criterion)))
        return all(word in text for word in wanted)

    return keep


def points(value: Decimal) -> str:
    """Points without idle zeros: 2, 2.5, 92.25."""
    whole = value.normalize()
    return f"{whole:f}"


def points_words(thing: Criterion | Leaf | Group | Strand) -> str:
    """The points of a criterion in words, with how they are given."""
    if isinstance(thing, Criterion):
        values = {"points": points(thing.max_score)}
        match thing.kind:
            case Kind.GATE:
                return gettext("Must be met; no points")
            case Kind.FIXED:
                sentence = ngettext(
                    "%(points)s point, all or nothing", "%(points)s points, all or nothing", int(thing.max_score)
                )
            case Kind.GRADED:
                sentence = ngettext("up to %(points)s point", "up to %(points)s points", int(thing.max_score))
            case Kind.ADDITIVE:
                sentence = ngettext(
                    "features add up, at most %(points)s point",
                    "features add up, at most %(points)s points",
                    int(thing.max_score),
                )
        return sentence % values
    return ngettext("%(points)s point", "%(points)s points", int(thing.max_score)) % {"points": points(thing.max_score)}


def figure_words(code: str) -> object:
    """What the platform measures for a criterion; the code itself for a figure that has no words yet."""
    return FIGURES.get(code, code)


def moments(entries: Iterable[Entry]) -> list[Moment]:
    """The history of a set of criteria."""
    return [Moment(at=e.at, what=_deed(e), who=e.by_name, note=e.note) for e in entries]


def _deed(entry: Entry) -> object:
    """What an entry tells; of an edit, what was edited."""
    about = entry.facts.get("about")
    return f"{STEPS['edit']}: {about}" if about else STEPS.get(entry.step, entry.step)


def aspect_of(library: Library, criterion: Criterion) -> Aspect | None:
    """The aspect that a criterion belongs to."""
    return library.aspect(criterion.aspect)


def _texts(criterion: Criterion) -> Iterator[str]:
    yield from (criterion.code, criterion.th, criterion.en, criterion.asks_th, criterion.asks_en)
    for part in criterion.parts:
        yield from (part.code, part.th, part.en)


def sentence_of(problem: Problem) -> str:
    """What is wrong with a source, in the reader's language."""
    params = {**problem.params}
    if problem.code == "wrong_type":
        params["wanted"] = WANTED[str(params["wanted"])]
    return str(PROBLEMS[problem.code]) % params


def _excerpt(lines: Sequence[str], problem: Problem) -> Iterator[Excerpt]:
    """The line before, the line itself and the line after; of long lines only what lies around the problem."""
    start = max(0, problem.column - 1 - SHOWN_BEFORE)
    for number in range(max(1, problem.line - 1), min(len(lines), problem.line + 1) + 1):
        shown = ("…" if start else "") + lines[number - 1][start : start + SHOWN]
        if number != problem.line:
            yield Excerpt(number, shown)
            continue
        at = problem.column - 1 - start + (1 if start else 0)
        length = len(re.split(r"[,}\]]", shown[at:])[0]) if shown[at:] else 0
        yield Excerpt(number, shown[:at], shown[at : at + max(1, length)] or " ", shown[at + max(1, length) :])
