"""The ground stands: settings and addresses load, migrations are complete."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_addresses_load_and_django_finds_nothing_wrong():
    call_command("check", fail_level="WARNING", verbosity=0)
