"""The demonstration of Lamphun, loaded once in a process: its deeds take ten seconds, its rows a part of one."""

from saduak.certification.demonstration import lamphun
from tests.support.remembering import remembered


class _Lamphun:
    """The demonstration as it stands after loading."""

    is_untouched = True

    @remembered
    def accounts(self):
        return lamphun.load(password="mali-bua-kaeo-kulap")


def load():
    """Have the demonstration in an empty database; its accounts."""
    return _Lamphun().accounts()
