"""What an operator may set, typed and explained; everything has a safe default (ตัวแปรสภาพแวดล้อม)."""

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """The environment variables, one field each; `docs/configuration.md` is generated from this class."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    saduak_data: Path = Field(
        CHECKOUT / ".data",
        description="The data folder: the embedded database, uploaded files, the secret key, compiled static files.",
    )
    database_url: str | None = Field(
        None,
        description="A PostgreSQL address (`postgresql://user:password@host/name`), version 15 or later. "
        "Left out, saduak runs its own PostgreSQL inside the data folder.",
    )
    port: int = Field(8000, ge=1, le=65535, description="The port on which the web process listens.")
    saduak_hosts: str = Field(
        "localhost,127.0.0.1,[::1]",
        description="Host names that the site answers to, separated by commas.",
    )
    saduak_public_url: str = Field(
        "http://localhost:8000",
        description="The address that is printed in letters, QR codes and e-mails. With `https://`, cookies and "
        "redirects insist on TLS.",
    )
    saduak_secret_key: str | None = Field(
        None,
        description="The signing key. Left out, one is made and kept in the data folder, readable by its owner only.",
    )
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


@cache
def environment() -> Environment:
    """The environment of this process, read once."""
    return Environment()
