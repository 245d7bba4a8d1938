"""Transactions of tests that run at the same time in another process, on a database of their own."""

import time

from django.db import connection


def others_have_ended():
    """Wait for the transactions that other tests have open now.

    One server gives all transactions their numbers, so those of other databases count among the running ones when
    somebody asks what can still appear.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        now = cursor.fetchone()
        while True:
            cursor.execute(
                "SELECT FROM pg_stat_activity WHERE datname <> current_database() AND age(backend_xid) > age(%s::xid)",
                now,
            )
            if not cursor.rowcount:
                return
            time.sleep(0.02)
