"""What each step of a surveillance brings about, before it is taken (ผลของแต่ละขั้นตอน)."""

from django.utils.translation import gettext_lazy

from saduak.certification.presenters.decisions import Consequence

CONSEQUENCES: dict[str, Consequence] = {
    "declare_free": Consequence(
        gettext_lazy("Declare to be free of conflict"),
        (
            gettext_lazy("You declare to have no interest in this centre, its people or its agency."),
            gettext_lazy("The declaration is kept in the history."),
        ),
        gettext_lazy("I have no conflict of interest"),
        "",
    ),
    "stand_back": Consequence(
        gettext_lazy("Declare a conflict of interest"),
        (gettext_lazy("You are no longer assigned; the secretariat sends somebody else."),),
        gettext_lazy("Stand back"),
        gettext_lazy("What is the conflict of interest?"),
    ),
    "notify": Consequence(
        gettext_lazy("Announce it to the centre"),
        (
            gettext_lazy("Head and contact person of the centre get a notice with the day and the name of who checks."),
            gettext_lazy("The centre sees the surveillance from now on."),
        ),
        gettext_lazy("Announce it now"),
        "",
    ),
    "close_clean": Consequence(
        gettext_lazy("Close without findings"),
        (
            gettext_lazy("The surveillance ends here. The certificate stays as it is."),
            gettext_lazy("The centre is told, and reads your summary."),
        ),
        gettext_lazy("Close without findings"),
        "",
    ),
    "hand_over": Consequence(
        gettext_lazy("Hand the findings over to the centre"),
        (
            gettext_lazy("The findings can no longer be changed."),
            gettext_lazy("The centre is told what to answer, and by when: each finding has a day of its own."),
            gettext_lazy("What is not answered in time goes to the steering committee as a proposal to suspend."),
        ),
        gettext_lazy("Hand the findings over now"),
        "",
    ),
    "answer": Consequence(
        gettext_lazy("Send the answers"),
        (
            gettext_lazy("The answers and their evidence can no longer be changed."),
            gettext_lazy("They are verified by somebody else than who recorded the findings."),
        ),
        gettext_lazy("Send all answers now"),
        "",
    ),
    "close": Consequence(
        gettext_lazy("Close the surveillance"),
        (gettext_lazy("Everything is mended. The certificate stays as it is, and the centre is told."),),
        gettext_lazy("Close the surveillance"),
        "",
    ),
    "repeat": Consequence(
        gettext_lazy("Ask the centre once more"),
        (
            gettext_lazy("What is not mended is asked again, with your remarks and new days."),
            gettext_lazy("This is the last time; after it the committee decides."),
        ),
        gettext_lazy("Ask once more"),
        "",
    ),
    "bring_before_committee": Consequence(
        gettext_lazy("Bring it before the steering committee"),
        (
            gettext_lazy("A proposal to suspend the certificate waits for the agenda of a meeting."),
            gettext_lazy("What is not mended stands in it as the reason, with your remarks."),
        ),
        gettext_lazy("Bring it before the committee"),
        "",
        "danger",
    ),
    "call_off": Consequence(
        gettext_lazy("Cancel the surveillance"),
        (gettext_lazy("It ends here. A centre that had been told is told of it too."),),
        gettext_lazy("Cancel the surveillance for good"),
        gettext_lazy("Why is it cancelled?"),
        "danger",
    ),
}
"""Step → its page."""
