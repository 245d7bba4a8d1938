"""Where packages that do not know each other meet: who hears of what (การเชื่อมต่อระหว่างส่วนงาน)."""

from typing import Any


def connect() -> None:
    """Connect every receiver; called once, when all packages are loaded."""
    _accounts()
    _changes()
    _merges()
    _centres()
    _statuses()
    _programs()
    _events()


def _accounts() -> None:
    from allauth.account.signals import user_logged_in
    from allauth.mfa.signals import authentication_failed
    from django.contrib.auth.signals import user_logged_out, user_login_failed

    from saduak.people import receivers

    user_logged_in.connect(receivers.note_sign_in)
    user_login_failed.connect(receivers.note_failed_sign_in)
    authentication_failed.connect(receivers.note_failed_second_factor)
    user_logged_out.connect(receivers.note_sign_out)


def _changes() -> None:
    from saduak.certification.models import Application
    from saduak.certification.presenters.history import history_of
    from saduak.design.errors import tell_changes_by
    from saduak.frontdesk.models import Desk
    from saduak.frontdesk.presenters.setting_up import told

    tell_changes_by(Application.case_kind, history_of)
    tell_changes_by(Desk.case_kind, told)


def _merges() -> None:
    from saduak.certification.queries import centres_merged as in_certification
    from saduak.directory.events import merge_weighed
    from saduak.frontdesk.queries import centres_merged as at_the_front_desk

    merge_weighed.connect(in_certification.what_stands_against_merging)
    merge_weighed.connect(at_the_front_desk.what_stands_against_merging)


def _centres() -> None:
    from saduak.directory.events import centre_shown
    from saduak.frontdesk.presenters.desks import offered_to_visitors

    centre_shown.connect(offered_to_visitors)


def _statuses() -> None:
    from saduak.certification.models import Certificate
    from saduak.certification.queries.credentials import told_by_the_register
    from saduak.credentials.standing import told_by

    told_by(Certificate.case_kind, told_by_the_register)


def _programs() -> None:
    from saduak.config.programs import passing
    from saduak.credentials.doors import guarded_by

    guarded_by(passing)


def _events() -> None:
    from saduak.certification.api.events import EVENTS
    from saduak.machines.events import tell_of
    from saduak.machines.telling import described_by

    tell_of(*EVENTS)
    described_by(_described)


def _described() -> dict[str, Any]:
    # To load the interface takes as long as to load all else, and only who answers requests needs it.
    from saduak.config.api import description

    return description()
