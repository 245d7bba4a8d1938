"""Everything that changes the criteria."""

import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from saduak.journal.steps import StepOvertaken, lock, take_step
from saduak.standards.criteria import Library
from saduak.standards.document import as_document
from saduak.standards.drafting.problems import checked
from saduak.standards.drafting.tree import EMPTY, EditRefused, Node, Sort, node, seen_of, sound
from saduak.standards.drafting.writing import read
from saduak.standards.library import LibraryRefused, Problem, load
from saduak.standards.mapping import Links, lines_between, suggested_links
from saduak.standards.models import CriteriaMapping, CriteriaSet
from saduak.standards.policies import roles_of
from saduak.standards.procedure import CRITERIA, MAPPING, MappingStage, Stage


@transaction.atomic
def load_draft(source: str, *, by: Any, at: datetime | None = None) -> CriteriaSet:
    """Keep a new set of criteria as a draft.

    Raises LibraryRefused when the source is not sound or its id is taken, StepRefused when the person may not.
    """
    at = at or timezone.now()
    library = load(source)
    try:
        with transaction.atomic():
            draft = CriteriaSet.objects.create(
                reference=library.code, stage=Stage.DRAFT, stage_since=at, **_columns(library, source, at)
            )
    except IntegrityError:
        raise LibraryRefused((_at_the_id(source, "id_taken", library),)) from None
    return _load(draft, library, source, by=by, at=at)


@transaction.atomic
def replace_draft(
    draft: CriteriaSet, source: str, *, by: Any, seen: int | None = None, at: datetime | None = None
) -> CriteriaSet:
    """Put another source in the place of a draft's; the id stays.

    Raises LibraryRefused, StepRefused and StepOvertaken; the draft stays as it was.
    """
    library = load(source)
    if library.code != draft.reference:
        raise LibraryRefused((_at_the_id(source, "id_changed", library, reference=draft.reference),))
    return _load(draft, library, source, by=by, seen=seen, at=at or timezone.now())


@transaction.atomic
def begin_draft(
    reference: str,
    *,
    cycle_be: int,
    th: str,
    en: str = "",
    like: CriteriaSet | None = None,
    by: Any,
    at: datetime | None = None,
) -> CriteriaSet:
    """A new draft to be written in the editor: like a version that there is, or with nothing in it but the levels.

    Raises EditRefused when the id is malformed or taken, StepRefused when the person may not.
    """
    start, remark = read(like.source) if like else (EMPTY, "")
    values = {**start.values, "code": reference, "cycle_be": str(cycle_be), "th": th, "en": en}
    tree = sound(node(Sort.VERSION, values, start.children))
    at = at or timezone.now()
    draft = CriteriaSet(reference=reference, stage=Stage.DRAFT, stage_since=at, **_written_columns(tree, remark, at))
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise EditRefused("id_taken", code=reference) from None
    facts = {"sha256": draft.sha256, "like": like.reference if like else ""}
    return take_step(CRITERIA, "edit", draft, by=by, roles=roles_of(by), at=at, facts=facts)


@transaction.atomic
def edit_draft(
    draft: CriteriaSet,
    edit: Callable[[Node], Node],
    *,
    about: str,
    deed: str,
    by: Any,
    was: str | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> CriteriaSet:
    """Change a draft by an edit of its tree; `about` (a code, or the id) and `deed` are kept for who comes too late.

    The edit is made on the tree as it is now. `was` is the digest of the node that the person had before them, so that
    two people can work at different criteria; `seen` is the version of the whole draft. The id stays.
    Raises EditRefused, StepRefused and StepOvertaken; the draft stays as it was.
    """
    at = at or timezone.now()
    now = lock(draft)
    tree, remark = read(now.source)
    if was is not None and was != seen_of(tree, about):
        raise StepOvertaken(now, tuple(now.history.filter(facts__about=about)))
    edited = edit(tree) if now.stage == Stage.DRAFT else tree
    if edited.code != now.reference:
        raise EditRefused("id_stays", code=now.reference)
    columns = _written_columns(edited, remark, at)
    facts = {"sha256": columns["sha256"], "about": about, "deed": deed}
    return take_step(CRITERIA, "edit", draft, by=by, roles=roles_of(by), seen=seen, at=at, facts=facts, **columns)


@transaction.atomic
def publish(draft: CriteriaSet, *, by: Any, seen: int | None = None, at: datetime | None = None) -> CriteriaSet:
    """Make a draft binding; from now on nothing about it changes. Raises StepRefused and StepOvertaken."""
    at = at or timezone.now()
    return take_step(
        CRITERIA,
        "publish",
        draft,
        by=by,
        roles=roles_of(by),
        seen=seen,
        at=at,
        facts={"sha256": lock(draft).sha256},
        published_at=at,
    )


@transaction.atomic
def discard_draft(draft: CriteriaSet, *, by: Any, seen: int | None = None, at: datetime | None = None) -> None:
    """Take a draft away; the journal keeps that it was there. Raises StepRefused and StepOvertaken."""
    facts = {"sha256": lock(draft).sha256}
    take_step(CRITERIA, "discard", draft, by=by, roles=roles_of(by), seen=seen, at=at, facts=facts).delete()


@transaction.atomic
def begin_mapping(older: CriteriaSet, newer: CriteriaSet, *, by: Any, at: datetime | None = None) -> CriteriaMapping:
    """The mapping that is being drafted between two versions; a new one begins with what is confirmed, or suggested.

    Raises StepRefused when the person may not, ValueError when the older version does not bind, the newer one is not
    sound, or both are one.
    """
    if not older.is_published or not newer.is_sound or older.pk == newer.pk:
        raise ValueError(f"{older.reference} cannot be mapped to {newer.reference}.")
    at = at or timezone.now()
    lock(newer)
    if being_drafted := CriteriaMapping.objects.between(older, newer).filter(stage=MappingStage.DRAFT).first():
        return being_drafted
    before = CriteriaMapping.objects.between(older, newer).first()
    links = before.sound_links if before else suggested_links(older.library, newer.library)
    number = (newer.mappings.aggregate(Max("number"))["number__max"] or 0) + 1
    begun = CriteriaMapping.objects.create(
        reference=f"{newer.reference}.m{number}",
        stage=MappingStage.DRAFT,
        stage_since=at,
        older=older,
        newer=newer,
        number=number,
        links=links,
    )
    return take_step(MAPPING, "link", begun, by=by, roles=roles_of(by), at=at, facts={"older": older.reference})


@transaction.atomic
def change_mapping(
    drafted: CriteriaMapping, links: Links, *, by: Any, seen: int | None = None, at: datetime | None = None
) -> CriteriaMapping:
    """Put other links in the place of a drafted mapping's. Raises StepRefused, StepOvertaken, and KeyError for
    codes that the versions do not have.
    """
    lines_between(drafted.older.library, drafted.newer.library, links)
    changed = {code: list(before) for code, before in links.items()}
    return take_step(MAPPING, "link", drafted, by=by, roles=roles_of(by), seen=seen, at=at, links=changed)


@transaction.atomic
def confirm_mapping(
    drafted: CriteriaMapping, *, by: Any, seen: int | None = None, at: datetime | None = None
) -> CriteriaMapping:
    """Make a mapping count; from now on nothing about it changes. Raises StepRefused and StepOvertaken."""
    at = at or timezone.now()
    newer = lock(drafted.newer)
    return take_step(
        MAPPING,
        "confirm",
        drafted,
        by=by,
        roles=roles_of(by),
        seen=seen,
        at=at,
        facts={"older": drafted.older.reference, "sha256": newer.sha256},
        confirmed_at=at,
        newer_sha256=newer.sha256,
    )


def _load(
    draft: CriteriaSet, library: Library, source: str, *, by: Any, at: datetime, seen: int | None = None
) -> CriteriaSet:
    columns = _columns(library, source, at)
    facts = {"sha256": columns["sha256"]}
    return take_step(CRITERIA, "load", draft, by=by, roles=roles_of(by), seen=seen, at=at, facts=facts, **columns)


def _written_columns(tree: Node, remark: str, at: datetime) -> dict[str, Any]:
    """What is kept of a tree: of an unsound one what its version says, as far as it can be read."""
    checks = checked(tree, remark)
    source = checks.written.text
    if checks.library:
        return _columns(checks.library, source, at)
    cycle = tree.values.get("cycle_be", "")
    return {
        "cycle_be": int(cycle) if re.fullmatch("25[0-9]{2}|26[0-9]{2}", cycle) else 0,
        "title_th": tree.values.get("th", tree.code),
        "title_en": tree.values.get("en", ""),
        "source": source,
        "sha256": sha256(source.encode()).hexdigest(),
        "document": {},
        "loaded_at": at,
    }


def _columns(library: Library, source: str, at: datetime) -> dict[str, Any]:
    return {
        "cycle_be": library.cycle_be,
        "title_th": library.th,
        "title_en": library.en,
        "source": source,
        "sha256": sha256(source.encode()).hexdigest(),
        "document": as_document(library),
        "loaded_at": at,
    }


def _at_the_id(source: str, code: str, library: Library, **params: object) -> Problem:
    """A problem at the line that gives the id."""
    lines = source.splitlines()
    line = next((number for number, text in enumerate(lines, 1) if text.lstrip("\ufeff").startswith("id:")), 1)
    return Problem(line, 1, code, {"value": library.code, **params})
