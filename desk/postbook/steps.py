"""The steps of an entry in the post book: written, handled."""

from data.words import N_
from desk.duty.terms import POSTS, post_name
from desk.ground.fields import Field, among
from desk.postbook import life
from desk.steps import Step, always

HANDLED = Field("handled", N_("Handled"), hint=N_("what was done about it"), longest=500)

STEPS = (
    Step(
        life.write, "postbook.write", always, "n", N_("Write down"), N_("Something that happened on the post"),
        title=N_("What happened on the post"), new=True, times=("at",), command="write", words=("what",),
        tells=lambda made: str(made.number),
        asks=(Field("what", N_("What"), longest=500, needed=True), HANDLED,
              Field("at", N_("When"), hint=N_("empty: now; -12, or 09:40"), longest=30),
              Field("post", N_("Post"), "choice", lambda: [("", "–"), *among(POSTS, post_name)()])),
    ),
    Step(
        life.handle, "postbook.handle", life.why_not_handle, "d", N_("Handled"), N_("Write what was done about it"),
        title=N_("What was done about {number}"), asks=(HANDLED,), command="handle", words=("handled",),
    ),
)  # fmt: skip
