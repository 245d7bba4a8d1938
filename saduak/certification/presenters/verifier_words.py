"""Every word of the verifier, in the language that is active (ถ้อยคำของตัวตรวจสอบใบรับรอง)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from saduak.credentials.wording import FAULTS, OF_STATUS, OUTCOMES, SENTENCES, TOPICS, VERDICTS

LANGUAGES = {"th": "ไทย", "en": "English"}


def words_by_language() -> dict[str, dict[str, Any]]:
    """The words by language; `%(…)s` in what a verification found, and `{…}` elsewhere, are filled in by the page."""
    told = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = {"found": _found(), "page": _page()}
    return told


def _found() -> dict[str, Any]:
    """The same words with which the site tells what a verification found."""
    return {
        "outcomes": _by_code(OUTCOMES),
        "topics": _by_code(TOPICS),
        "verdicts": {code: [str(words) for words in both] for code, both in VERDICTS.items()},
        "sentences": _by_code(SENTENCES),
        "ofStatus": {f"{topic} {because}": str(words) for (topic, because), words in OF_STATUS.items()},
        "faults": _by_code(FAULTS),
    }


def _by_code(words: Mapping[Any, Any]) -> dict[str, str]:
    return {str(code): str(said) for code, said in words.items()}


def _page() -> dict[str, str]:
    return {
        "programme": _("Government Easy Contact Center"),
        "title": _("Verify the file of a certificate"),
        "lead": _("The file is checked on this device and leaves it nowhere. It works without a connection."),
        "choose": _("File of the certificate (PDF or JSON)"),
        "drop": _("Drop the file here, or choose it. Status lists may be given the same way."),
        "paste": _("Or paste what stands in the JSON file"),
        "check": _("Check the text"),
        "ask": _("With a connection, ask the programme’s site for its newest keys and status lists"),
        "working": _("Checking …"),
        "says": _("The document says"),
        "checked": _("What was checked"),
        "checked_at": _("Checked on {moment} by the clock of this device."),
        "asked": _("The programme’s site was asked: {addresses}"),
        "asked_nobody": _(
            "Nobody was asked: what is told here comes from the file, this page and the lists given to it."
        ),
        "newer_key": _(
            "It may be signed with a key that is newer than what this page knows. Check it with a connection, or "
            "with a newer copy of this page."
        ),
        "lists_wanted": _(
            "Whether it is revoked or suspended stands in these lists. Fetch them on a device with a connection, and "
            "give the files here:"
        ),
        "lists_given": _("Status lists given:"),
        "print": _("Print the result"),
        "file": _("File"),
        "pasted": _("Pasted text"),
        "no_answer": _(
            "This browser cannot check signatures in this page. Open it in another browser, or on a computer."
        ),
        "odd_file": _("The file cannot be read."),
        "limits": _("What this page can tell, and what it cannot"),
        "limits_1": _(
            "It tells whether the programme signed the file, whether anything was changed since, and its term."
        ),
        "limits_2": _(
            "Without a connection it cannot know what happened since: a certificate may have been suspended or "
            "revoked, and a key may have been stolen."
        ),
        "limits_3": _("It does not ask the register. Whoever must be sure looks the number up at {address}"),
        "keys": _("The keys that this page trusts"),
        "keys_of": _("As published on {moment} at {address}. Compare the fingerprints (SHA-256) with those published."),
        "key_signs": _("signs certificates"),
        "key_seals": _("seals PDF files"),
        "key_example": _("examples only"),
        "key_stolen": _("stolen on {moment}"),
        "no_keys": _("The programme has not signed anything yet, so there is no key to trust."),
        "language": _("Language"),
    }
