"""The settings mean what their page says."""

import pytest
from pydantic import ValidationError

from saduak.config.environment import Environment


def test_every_variable_is_explained_in_sentences():
    assert all(field.description.endswith(".") for field in Environment.model_fields.values())


def test_without_any_variable_the_platform_speaks_to_this_machine_only(monkeypatch):
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    safe = Environment()

    assert safe.saduak_listen == "127.0.0.1"
    assert safe.database_url is None
    assert safe.saduak_durable
    assert safe.trusted_proxies == ()
    assert safe.public_url == "http://localhost:8000"


def test_the_public_address_follows_the_port_and_its_host_is_answered():
    assert Environment(port=8123).public_url == "http://localhost:8123"
    public = Environment(saduak_public_url="https://saduak.example.go.th/")
    assert public.public_url == "https://saduak.example.go.th"
    assert "saduak.example.go.th" in public.hosts


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"port": 0}, id="a port that is none"),
        pytest.param({"saduak_trusted_proxies": "10.0.0.1/8"}, id="a network that is none"),
        pytest.param({"saduak_log_format": "xml"}, id="a word that is not among the choices"),
    ],
)
def test_a_wrong_value_stops_the_start(wrong):
    with pytest.raises(ValidationError):
        Environment(**wrong)
