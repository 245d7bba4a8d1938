"""Many people taking steps as fast as they can, each telling of a step once it is acknowledged.

Run as a program with DATABASE_URL; prints `ready`, then a line `reference version` for each step, until the database is
gone.
"""

import os
import threading

import tests.support.program  # noqa: F401  The models can be imported only now.

# isort: split
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.utils import timezone

from saduak.journal.steps import take_step
from saduak.journal.tests.letters import LETTERS, Letter, Stage

PEOPLE = 8


def tell(line):
    """One line, whole, at once."""
    os.write(1, f"{line}\n".encode())


def write_letters(person):
    """Letter after letter: two corrections, then it is sent."""
    number = 0
    while True:
        number += 1
        letter = Letter.objects.create(reference=f"{person}-{number}", stage=Stage.DRAFT)
        for step in ("correct", "correct", "send"):
            with transaction.atomic():
                letter = take_step(
                    LETTERS, step, letter, by=None, roles={"writer"}, at=timezone.now(), text=f"{step} {letter.version}"
                )
            tell(f"{letter.reference} {letter.version}")


def until_the_end(person):
    """As long as there is a database."""
    try:
        write_letters(person)
    except Error:
        pass
    finally:
        connection.close()


if __name__ == "__main__":
    call_command("migrate", "journal", verbosity=0)
    with connection.schema_editor() as schema:
        schema.create_model(Letter)
    connection.close()
    tell("ready")
    threads = [threading.Thread(target=until_the_end, args=(person,)) for person in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
