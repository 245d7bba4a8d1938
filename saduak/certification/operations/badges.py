"""What the credential of a certificate says: an Open Badges 3.0 document about the centre (หนังสือรับรองของศูนย์).

Where Open Badges allows one text, it stands in Thai with the English behind it; the same in each language by itself
stands under the property's full name, with its language, for whoever reads the document as linked data.
Sources: Open Badges Specification 3.0 (1EdTech), Verifiable Credentials Data Model 2.0 (W3C).
"""

import base64
from datetime import date, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Certificate
from saduak.credentials.reading import Document
from saduak.standards.models import CriteriaSet
from saduak.thai import dates

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/ob_v3p0_achievementcredential_schema.json"
NAME_IN_FULL, DESCRIPTION_IN_FULL = "https://schema.org/name", "https://schema.org/description"
PROGRAMME_TH, PROGRAMME_EN = "ศูนย์ราชการสะดวก", "Government Easy Contact Center"
EXAMPLE_TH, EXAMPLE_EN = "ตัวอย่าง", "Example"


def badge(certificate: Certificate) -> Document:
    """The document, without issuer, status and proof. Reads what `for_credential` brings along."""
    criteria = certificate.round.criteria
    level = criteria.library.level(certificate.level)
    assert level is not None  # noqa: S101  The resolution names a level of the round's criteria, or nothing moves.
    level_th = level.th.removeprefix("ระดับ")
    named = _named(
        f"ใบรับรองมาตรฐาน{PROGRAMME_TH} ระดับ{level_th}",
        f"Certificate of the {PROGRAMME_EN}, {level.en} level" if level.en else "",
        is_example=certificate.is_example,
    )
    return {
        "@context": CONTEXTS,
        "id": address_of(certificate),
        "type": TYPES,
        **named,
        **_described(
            f"เลขที่ {certificate.reference} ใช้ได้ถึงวันที่ {dates.full(certificate.expires_on)}",
            f"Number {certificate.reference}, valid until {certificate.expires_on.isoformat()}",
        ),
        "validFrom": _begins(certificate.issued_on),
        "validUntil": _ends(certificate.expires_on),
        "awardedDate": _begins(certificate.issued_on),
        "credentialSubject": {
            **_centre(certificate),
            "achievement": _achievement(certificate, criteria, named),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": f"{_page_of(criteria)}#levels",
                    "achievedLevel": f"{_page_of(criteria)}#level-{level.code}",
                    "value": level.code,
                }
            ],
        },
        "evidence": [_resolution(certificate)],
        "relatedResource": [_source_of(criteria)],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def issuer_of(certificate: Certificate) -> Document:
    """The body that resolved, as the profile of the issuer."""
    body = certificate.resolution.meeting.body
    return {
        "type": ["Profile"],
        **_named(body.name_th, body.name_en, is_example=certificate.is_example),
        "url": settings.PUBLIC_URL,
    }


def address_of(certificate: Certificate) -> str:
    """Where everybody finds the credential of the certificate."""
    return _public(reverse("certificate_credential", args=[certificate.reference]))


def _centre(certificate: Certificate) -> Document:
    centre = certificate.centre
    agency = centre.agency
    scope = f"การให้บริการประชาชนของ{certificate.centre_name_th} สังกัด{agency.name_th} จังหวัด{centre.province.name_th}"
    return {
        "id": _public(reverse("show_registered_centre", args=[centre.code])),
        "type": ["AchievementSubject", "Profile"],
        **_named(certificate.centre_name_th, certificate.centre_name_en, is_example=certificate.is_example),
        "licenseNumber": certificate.reference,
        "narrative": f"ขอบเขตการรับรอง: {scope}",
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": centre.code, "identifierType": "ext:SaduakCentreCode"}
        ],
        "address": {
            "type": ["Address"],
            "addressCountryCode": "TH",
            "addressRegion": _both(centre.province.name_th, centre.province.name_en),
        },
        "parentOrg": {
            "id": f"{_public(reverse('find_centres'))}?agency={agency.code}",
            "type": ["Profile"],
            **_named(agency.name_th, agency.name_en),
        },
    }


def _achievement(certificate: Certificate, criteria: CriteriaSet, named: Document) -> Document:
    page, library = _page_of(criteria), criteria.library
    return {
        "id": f"{page}#level-{certificate.level}",
        "type": ["Achievement"],
        "achievementType": "Certification",
        **named,
        **_described(
            f"หน่วยบริการภาครัฐที่ผ่านเกณฑ์มาตรฐาน{PROGRAMME_TH}",
            f"A public service unit that meets the standard of the {PROGRAMME_EN}",
        ),
        "inLanguage": "th",
        "version": criteria.reference,
        "criteria": {"id": page, "narrative": _narrative(certificate, criteria)},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": _both(library.th, library.en),
                "targetUrl": page,
                "targetCode": criteria.reference,
                "targetFramework": PROGRAMME_EN,
                "targetType": "ext:CriteriaVersion",
                "targetDescription": f"SHA-256 {criteria.sha256}",
            }
        ],
        "resultDescription": [
            {
                "id": f"{page}#levels",
                "type": ["ResultDescription"],
                "name": _both("ระดับการรับรอง", "Level of certification"),
                "resultType": "RubricCriterionLevel",
                "allowedValue": [level.code for level in library.levels],
                "rubricCriterionLevel": [
                    {
                        "id": f"{page}#level-{level.code}",
                        "type": ["RubricCriterionLevel"],
                        "name": _both(level.th, level.en),
                        "level": level.code,
                        "points": str(level.min),
                    }
                    for level in library.levels
                ],
            }
        ],
    }


def _narrative(certificate: Certificate, criteria: CriteriaSet) -> str:
    library = criteria.library
    level = library.level(certificate.level)
    assert level is not None  # noqa: S101  As above.
    return (
        f"ผ่านการประเมินตาม{library.th} (รหัส {criteria.reference}) ได้คะแนนตั้งแต่ {level.min} "
        f"จากคะแนนเต็ม {library.max_score} และได้รับความเห็นชอบตามมติคณะกรรมการ\n\n"
        f"Assessed by the criteria {criteria.reference}: {level.min} of {library.max_score} points or more, "
        "and certified by a resolution of the committee."
    )


def _resolution(certificate: Certificate) -> Document:
    resolution = certificate.resolution
    return {
        "type": ["Evidence"],
        "name": _both(resolution.number, "resolution of the committee"),
        "narrative": f"{resolution.meeting.body.name_th} มีมติเมื่อวันที่ {dates.full(resolution.resolved_on)}",
    }


def _source_of(criteria: CriteriaSet) -> Document:
    """The criteria byte by byte, with their digest as browsers write it."""
    digest = base64.b64encode(bytes.fromhex(criteria.sha256)).decode()
    return {
        "id": _public(reverse("download_criteria", args=[criteria.reference])),
        "digestSRI": f"sha256-{digest}",
        "mediaType": "application/yaml",
    }


def _page_of(criteria: CriteriaSet) -> str:
    return _public(criteria.get_absolute_url())


def _public(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _both(th: str, en: str) -> str:
    return f"{th} ({en})" if en else th


def _named(th: str, en: str, *, is_example: bool = False) -> Document:
    """A name in both languages; that of an example begins with the word."""
    if is_example:
        th, en = f"{EXAMPLE_TH} {th}", f"{EXAMPLE_EN}: {en}" if en else ""
    return {"name": _both(th, en), NAME_IN_FULL: _by_language(th, en)}


def _described(th: str, en: str) -> Document:
    return {"description": _both(th, en), DESCRIPTION_IN_FULL: _by_language(th, en)}


def _by_language(th: str, en: str) -> list[Document]:
    return [{"@value": text, "@language": language} for text, language in ((th, "th"), (en, "en")) if text]


def _begins(day: date) -> str:
    return datetime.combine(day, time.min, timezone.get_default_timezone()).isoformat()


def _ends(day: date) -> str:
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone()).isoformat()
