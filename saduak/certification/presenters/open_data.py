"""The open data as a catalogue that other catalogues can read (คำอธิบายข้อมูลเปิด), after DCAT and DCAT-AP."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from saduak.certification.operations.open_data import FORMS, Edition
from saduak.certification.queries.open_data import SETS, DataSet

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"
"""Under which the data are given away; whoever publishes them may choose another, here."""

_EU = "http://publications.europa.eu/resource/authority"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(edition: Edition) -> dict[str, Any]:
    """The whole catalogue as JSON-LD, in Thai and English."""
    home = _absolute("open_data")
    return {
        "@context": _CONTEXT,
        "@id": _absolute("open_data_catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": _both(_("Open data of the register")),
        "dct:description": _both(_("The register of government service centres that are certified, as files.")),
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": _both(_("Office of the Permanent Secretary, Prime Minister’s Office")),
        },
        "dct:language": [{"@id": f"{_EU}/language/THA"}, {"@id": f"{_EU}/language/ENG"}],
        "dct:license": {"@id": LICENCE},
        "dct:modified": _moment(edition),
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [_data_set(one, edition) for one in SETS],
    }


def _data_set(data: DataSet, edition: Edition) -> dict[str, Any]:
    home = _absolute("open_data")
    return {
        "@id": f"{home}#{data.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": data.name,
        "dct:title": _both(data.title),
        "dct:description": _both(data.means),
        "dct:license": {"@id": LICENCE},
        "dct:modified": _moment(edition),
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/DAILY"},
        "dct:spatial": {"@id": f"{_EU}/country/THA"},
        "dcat:theme": {"@id": f"{_EU}/data-theme/GOVE"},
        "dcat:landingPage": {"@id": f"{home}#{data.name}"},
        "dcat:distribution": [_distribution(data, form, edition) for form in FORMS],
    }


def _distribution(data: DataSet, form: str, edition: Edition) -> dict[str, Any]:
    file = edition.files[f"{data.name}.{form}"]
    address = _absolute("open_data_file", data.name, form)
    media_type = FORMS[form].partition(";")[0]
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": f"{data.name}.{form}",
        "dct:license": {"@id": LICENCE},
        "dct:modified": _moment(edition),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file.sha256,
        },
    }


def _moment(edition: Edition) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": edition.made_at.isoformat(timespec="seconds")}


def _both(words: Any) -> list[dict[str, str]]:
    """Words in both languages."""
    told = []
    for language in ("th", "en"):
        with override(language):
            told.append({"@language": language, "@value": str(words)})
    return told


def _absolute(name: str, *arguments: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"
