"""Whether the words of a document have a meaning: the contexts are known ones, and nothing is given another meaning.

We sign by the canonical form of the JSON and need no context for that; but what is signed is to mean something to
whoever reads it as linked data. Nothing is fetched, so only contexts that are listed here are known.
Sources: the contexts of the W3C and of 1EdTech at these addresses.
"""

import re
from collections.abc import Iterator
from typing import Any

from saduak.credentials.reading import Document, as_list
from saduak.credentials.shape import CONTEXT, Problem, is_address

TYPES_OF_CREDENTIALS = frozenset(
    {
        "VerifiableCredential",
        "EnvelopedVerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiablePresentation",
        "JsonSchemaCredential",
        "JsonSchema",
        "BitstringStatusListCredential",
        "BitstringStatusList",
        "BitstringStatusListEntry",
        "DataIntegrityProof",
    }
)
PROTECTED = TYPES_OF_CREDENTIALS | {"id", "type", "name", "description", "digestMultibase", "digestSRI", "mediaType"}
TYPES_OF_BADGES = frozenset({"OpenBadgeCredential", "AchievementCredential", "EndorsementCredential"})
BADGES = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.0\.[0-9])?\.json")
KNOWN: dict[str, frozenset[str]] = {
    CONTEXT: TYPES_OF_CREDENTIALS,
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": frozenset(),
    "https://w3id.org/security/data-integrity/v2": frozenset({"DataIntegrityProof"}),
    "https://w3id.org/security/multikey/v1": frozenset({"Multikey"}),
}
ANY_WORD = {"https://www.w3.org/ns/credentials/examples/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"}
"""Contexts that give every word a meaning."""


def problems_of_words(document: Document) -> list[Problem]:
    """Contexts that are not known, words that are given a second meaning, types that have none."""
    contexts = as_list(document.get("@context"))
    return [*_contexts(contexts), *_types(as_list(document.get("type")), contexts)]


def _contexts(contexts: list[Any]) -> Iterator[Problem]:
    fixed: dict[str, Any] = dict.fromkeys(PROTECTED)
    for each in contexts:
        if isinstance(each, str) and not (each in KNOWN or each in ANY_WORD or BADGES.fullmatch(each)):
            yield "@context", f"This context is not known here: {each[:200]}"
        elif isinstance(each, dict):
            yield from _definitions(each, fixed)
            if each.get("@protected") is True:
                fixed |= {word: meant for word, meant in each.items() if not word.startswith("@")}


def _definitions(context: Document, fixed: dict[str, Any]) -> Iterator[Problem]:
    for word, meant in context.items():
        if word.startswith("@"):
            continue
        if word in fixed and meant != fixed[word]:
            yield "@context", f"The word {word} has a meaning already."
        if (text := _meaning(meant)) is not None and not _means(text, context):
            yield "@context", f"The word {word} stands for no address."


def _meaning(meant: Any) -> Any:
    return meant.get("@id") if isinstance(meant, dict) else meant


def _means(text: Any, context: Document) -> bool:
    if not isinstance(text, str):
        return False
    prefix = text.partition(":")[0]
    return text.startswith("@") or is_address(text) or (prefix in context and " " not in text)


def _types(types: list[Any], contexts: list[Any]) -> Iterator[Problem]:
    known: set[str] = set()
    for each in contexts:
        if isinstance(each, str):
            if each in ANY_WORD:
                return
            known |= TYPES_OF_BADGES if BADGES.fullmatch(each) else KNOWN.get(each, frozenset())
        elif isinstance(each, dict):
            if isinstance(each.get("@vocab"), str):
                return
            known |= each.keys()
    for each in types:
        if isinstance(each, str) and each not in known and not is_address(each):
            yield "type", f"No context says what {each[:100]} means."
