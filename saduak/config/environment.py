"""What an operator may set, typed and explained; everything has a safe default (ตัวแปรสภาพแวดล้อม)."""

import os
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """The environment variables, one field each; `docs/configuration.md` is generated from this class."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    saduak_data: Path = Field(
        CHECKOUT / ".data",
        description="The data folder: the embedded database, uploaded files, the secret key, compiled static files.",
    )

    # The database
    database_url: str | None = Field(
        None,
        description="A PostgreSQL address (`postgresql://user:password@host/name`), version 15 or later. "
        "Left out, saduak runs its own PostgreSQL inside the data folder.",
    )
    saduak_durable: bool = Field(
        True,
        description="Whether the embedded PostgreSQL waits for the disk before it acknowledges a step. "
        "Switch it off for throw-away data only.",
    )
    saduak_prepared_statements: bool = Field(
        True,
        description="Whether PostgreSQL keeps the statements that are asked all day prepared for each connection. "
        "Switch it off behind a pooler that gives each transaction another connection and does not know them "
        "(PgBouncer before 1.21, or with `max_prepared_statements` 0).",
    )

    # The web
    port: int = Field(8000, ge=1, le=65535, description="The port on which the web process listens.")
    saduak_listen: str = Field(
        "127.0.0.1",
        description="The network address on which the web process listens; `0.0.0.0` for all. "
        "Leave it as it is when a proxy on the same machine does TLS.",
    )
    saduak_hosts: str = Field(
        "localhost,127.0.0.1,[::1]",
        description="Host names that the site answers to, separated by commas; the host of SADUAK_PUBLIC_URL is always "
        "one of them.",
    )
    saduak_public_url: str | None = Field(
        None,
        description="The address that is printed in letters, QR codes and e-mails. With `https://`, cookies and "
        "redirects insist on TLS. Left out, it is `http://localhost` with PORT.",
    )
    saduak_secret_key: SecretStr | None = Field(
        None,
        description="The signing key. Left out, one is made and kept in the data folder, readable by its owner only.",
    )
    saduak_credential_secret: SecretStr | None = Field(
        None,
        min_length=32,
        description="What encrypts the keys that sign credentials; at least 32 characters. Left out, it is made and "
        "kept in the file `credential-secret` of the data folder, readable by its owner only.",
    )
    saduak_trusted_proxies: str = Field(
        "",
        description="Networks of the proxies in front, separated by commas (`10.0.0.0/8`). Only they are believed "
        "about `X-Forwarded-For` and `X-Forwarded-Proto`.",
    )
    saduak_web_workers: int = Field(
        min(os.cpu_count() or 1, 4), ge=1, le=64, description="Web worker processes; at first one a processor, up to 4."
    )
    saduak_web_threads: int = Field(
        8,
        ge=1,
        le=64,
        description="Requests that one web worker process answers at the same time; each thread keeps one database "
        "connection.",
    )
    saduak_upload_megabytes: int = Field(25, ge=1, le=1024, description="The largest request that is accepted, in MB.")
    saduak_live_streams: int = Field(
        2000, ge=0, le=100_000, description="Live streams that one web worker process keeps open at the same time."
    )
    saduak_live_streams_per_client: int = Field(
        8,
        ge=1,
        le=100_000,
        description="Live streams of one signed-in person, or of one address when nobody signed in.",
    )

    # Background jobs
    saduak_worker_jobs: int = Field(
        4, ge=1, le=64, description="Background jobs that the worker does at the same time."
    )

    # Webhooks
    saduak_webhook_networks: str = Field(
        "",
        description="Private networks into which webhooks may lead nevertheless, separated by commas (`10.20.0.0/16`). "
        "Left out, events are sent to public addresses only.",
    )

    # Letters by e-mail
    saduak_email_host: str | None = Field(
        None,
        description="The SMTP server. Left out, e-mail is not sent but kept as files in the folder `mail` of the "
        "data folder.",
    )
    saduak_email_port: int = Field(587, ge=1, le=65535, description="The port of the SMTP server.")
    saduak_email_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection to the SMTP server is encrypted."
    )
    saduak_email_user: str = Field("", description="The user name at the SMTP server.")
    saduak_email_password: SecretStr = Field(SecretStr(""), description="The password at the SMTP server.")
    saduak_email_from: str = Field("saduak@localhost", description="The sender of e-mails.")

    # Uploaded files
    saduak_files_bucket: str | None = Field(
        None,
        description="The S3-compatible bucket that keeps uploaded files. Left out, they lie in `files` in the data "
        "folder. The keys are read from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.",
    )
    saduak_files_endpoint: str | None = Field(
        None,
        description="The address of an S3-compatible service, such as `https://s3.example.go.th`. Left out, Amazon's.",
    )
    saduak_files_region: str | None = Field(None, description="The region of the bucket, where the service has any.")

    # Accounts
    saduak_second_factor_grace_days: int = Field(
        14,
        ge=0,
        le=36500,
        description="Days that an officer may work without a second factor, counted from the first appointment.",
    )
    saduak_officer_idle_minutes: int = Field(
        60, ge=5, le=1440, description="Minutes without a page after which an officer is signed out."
    )

    # Sign-in with ThaID
    saduak_thaid_url: str | None = Field(
        None,
        description="The OpenID Connect issuer for signing in with ThaID. Left out, people sign in with a password and "
        "a second factor.",
    )
    saduak_thaid_client_id: str = Field("", description="The client id that ThaID gave.")
    saduak_thaid_client_secret: SecretStr = Field(SecretStr(""), description="The client secret that ThaID gave.")

    # The look
    saduak_mourning: bool = Field(
        False, description="Whether the whole site is shown in grey, as the government asks in times of mourning."
    )

    # Logs
    saduak_log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least important messages that are logged."
    )
    saduak_log_format: Literal["auto", "json", "lines"] = Field(
        "auto", description="Logs as JSON or as lines for people; `auto` writes lines on a terminal and JSON elsewhere."
    )

    @field_validator("saduak_trusted_proxies", "saduak_webhook_networks")
    @classmethod
    def _are_networks(cls, networks: str) -> str:
        for network in _listed(networks):
            ip_network(network)
        return networks

    @property
    def public_url(self) -> str:
        """The address people see, without a slash at the end."""
        return (self.saduak_public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def hosts(self) -> list[str]:
        """The host names that the site answers to."""
        public = self.public_url.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
        return sorted({public, *_listed(self.saduak_hosts)})

    @property
    def trusted_proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks of the proxies in front."""
        return tuple(ip_network(network) for network in _listed(self.saduak_trusted_proxies))

    @property
    def webhook_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Private networks into which webhooks may lead."""
        return tuple(ip_network(network) for network in _listed(self.saduak_webhook_networks))


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


@cache
def environment() -> Environment:
    """The environment of this process, read once."""
    return Environment()
