"""What is handed out as the verifier: one file, whole in itself, that lets nothing else run."""

import base64
import hashlib
import json
import re

import pytest
from django.urls import reverse

from saduak.certification.operations import credentials
from saduak.certification.tests import certificates
from saduak.credentials.reports import Because, Outcome, Topic, Verdict

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="(importmap|module)">(.*?)</script>', re.DOTALL)


@pytest.fixture
def answer(client):
    credentials.sign([certificates.certificate()])
    return client.get(reverse("download_verifier"))


def facts_in(page):
    return json.loads(re.search(r'<script id="verifier-facts" type="application/json">(.*?)</script>', page)[1])


def test_it_is_a_file_to_keep_with_its_day_in_its_name(answer):
    assert re.fullmatch(r'attachment; filename="gecc-verifier-\d{4}-\d\d-\d\d\.html"', answer["Content-Disposition"])


def test_nothing_in_it_lies_elsewhere(answer):
    page = answer.content.decode()

    assert re.findall(r'\s(?:src|href)="(?!data:)[^"]*"', SCRIPT.sub("", page)) == []
    assert set(re.findall(r'url\("([^":]*)', page)) == {"data"}
    modules = json.loads(dict(SCRIPT.findall(page))["importmap"])["imports"]
    for name, address in modules.items():
        text = base64.b64decode(address.partition(",")[2]).decode()
        assert set(re.findall(r'(?m)^import\s[^\'"]*?\sfrom\s"([^"]+)";$', text)) <= modules.keys(), name


def test_its_policy_names_just_the_scripts_that_stand_in_it(answer):
    page = answer.content.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for _kind, text in SCRIPT.findall(page)
    ]

    assert re.findall(r"'sha256-([^']+)'", policy) == digests
    assert policy.startswith("default-src 'none'; ")


def test_it_pins_the_keys_of_the_day_and_words_every_code_in_both_languages(answer):
    facts = facts_in(answer.content.decode())

    (programme,) = facts["trusted"]
    (key,) = [key for key in facts["keys"] if key["use"] == "signs"]
    assert key["issuer"] == programme == facts["documents"][programme]["id"]
    assert re.fullmatch(r"[0-9a-f]{64}", key["fingerprint"])
    for words in facts["words"].values():
        found = words["found"]
        assert found["verdicts"].keys() == set(Verdict)
        assert found["topics"].keys() == set(Topic)
        assert found["outcomes"].keys() == set(Outcome)
        told = found["sentences"].keys() | {code.partition(" ")[2] for code in found["ofStatus"]}
        assert told == set(Because)
    assert facts["words"]["th"]["found"]["verdicts"]["genuine"][0] == "เป็นของแท้และใช้ได้"
    assert facts["words"]["en"]["found"]["verdicts"]["genuine"][0] == "Genuine and in force"
