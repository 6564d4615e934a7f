"""The steps of an entry in the post book: written, handled."""

from data.words import N_
from desk.duty.cover import post_of
from desk.duty.steps import manned
from desk.ground.fields import Field
from desk.postbook import life
from desk.steps import Step, always

HANDLED = Field("handled", N_("Handled"), hint=N_("what was done about it"), longest=500)

STEPS = (
    Step(
        life.write, "postbook.write", always, "n", N_("Write down"), N_("Something that happened on the post"),
        title=N_("What happened on the post"), new=True, times=("at",), command="write", words=("what",),
        tells=lambda made: str(made.number),
        asks=(Field("what", N_("What happened"), longest=500, needed=True), HANDLED,
              Field("at", N_("When"), hint=N_("empty: now; -12, or 09:40"), longest=30),
              Field("post", N_("Which post"), "choice",
                    finds=lambda view, _record: {"options": manned(view), "default": post_of(view)})),
    ),
    Step(
        life.handle, "postbook.handle", life.why_not_handle, "d", N_("Handled"), N_("Write what was done about it"),
        title=N_("What was done about {number}"), asks=(HANDLED,), command="handle", words=("handled",),
    ),
)  # fmt: skip
