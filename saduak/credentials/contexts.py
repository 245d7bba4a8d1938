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
PROPERTIES_OF_CREDENTIALS = frozenset(
    {
        "id", "type", "confidenceMethod", "credentialSchema", "credentialStatus", "credentialSubject", "description",
        "evidence", "issuer", "name", "proof", "refreshService", "relatedResource", "renderMethod", "termsOfUse",
        "validFrom", "validUntil",
    }
)  # fmt: skip
PROPERTIES_OF_BADGES = frozenset(
    {"alignment", "endorsement", "endorsementJwt", "image", "inLanguage", "narrative", "url", "awardedDate"}
)
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
    """Contexts that are not known, words with a second meaning, types and properties of the document without any."""
    contexts = as_list(document.get("@context"))
    return [*_contexts(contexts), *_words_without_meaning(document, contexts)]


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


def _words_without_meaning(document: Document, contexts: list[Any]) -> Iterator[Problem]:
    types, properties = set[str](), set(PROPERTIES_OF_CREDENTIALS)
    for each in contexts:
        if (
            each in ANY_WORD
            if isinstance(each, str)
            else isinstance(each, dict) and isinstance(each.get("@vocab"), str)
        ):
            return
        if isinstance(each, dict):
            types |= each.keys()
            properties |= each.keys()
        elif isinstance(each, str) and BADGES.fullmatch(each):
            types |= TYPES_OF_BADGES
            properties |= PROPERTIES_OF_BADGES
        elif isinstance(each, str):
            types |= KNOWN.get(each, frozenset())
    for name in document:
        if not (name.startswith("@") or name in properties or is_address(name)):
            yield name[:100], "No context says what this means."
    for kind in as_list(document.get("type")):
        if isinstance(kind, str) and kind not in types and not is_address(kind):
            yield "type", f"No context says what {kind[:100]} means."
