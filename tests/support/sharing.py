"""How the tests are shared out among several processes.

The tests of a file stay together, so that what a file prepares once is prepared once. The longest files begin first,
and the long tables, whose lines need nothing of one another, come last, line by line: no process ends long before
another.
"""

from xdist.scheduler.loadscope import LoadScopeScheduling

LONGEST = (
    "tests/test_runtime.py",
    "tests/test_interface_fuzzed.py",
    "saduak/certification/tests/test_blindness.py",
    "tests/test_links.py",
    "saduak/certification/tests/test_demonstration.py",
    "tests/test_interface.py",
    "tests/test_crash.py",
    "saduak/certification/tests/test_reconsideration_pages.py",
    "saduak/certification/tests/test_meeting_pages.py",
    "saduak/credentials/tests/test_sealing.py",
    "saduak/certification/tests/test_sequences.py",
    "saduak/frontdesk/tests/test_demonstration.py",
    "saduak/standards/tests/test_editor.py",
)
TOGETHER = dict.fromkeys(
    (
        "tests/test_links.py",
        "saduak/certification/tests/test_demonstration.py",
        "saduak/certification/tests/test_scores_again.py",
    ),
    "those who load the demonstration",
)
"""Files that one process gets, because they begin with the same."""
LINE_BY_LINE = ("tests/test_robustness.py", "tests/test_access.py")


def file_of(nodeid):
    """The path of the file that a test stands in."""
    return nodeid.partition("::")[0]


class FileByFile(LoadScopeScheduling):
    """Hands out whole files, and single tests of the tables, as they were collected."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid):
        path = file_of(nodeid)
        return nodeid if path in LINE_BY_LINE else TOGETHER.get(path, path)


def in_order(items):
    """Sort tests by when their file should begin."""
    order = {path: place for place, path in enumerate(LONGEST, -len(LONGEST))} | dict.fromkeys(LINE_BY_LINE, 1)
    items.sort(key=lambda item: order.get(file_of(item.nodeid), 0))
