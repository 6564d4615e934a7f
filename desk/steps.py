"""A step of a record's life, said once: key, dialog, sign-off, help, palette, command and its options follow."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.tables import Record, Value
from data.words import N_, _
from desk.act import Act
from desk.calendar import moments
from desk.ground.fields import Field
from desk.ground.refusals import Refused, StateChanged
from desk.systems import may
from desk.view import View

Rule = Callable[[View, Record], Refused | None]


# Who signs a step that a leader of customer service has to sign.
OF_HEAD = N_("of a supervisor")


@dataclass(frozen=True)
class Step:
    """One step.

    do: the procedure, called with the act, the record's number and what was asked.
    verb: the right that it asks for.
    why_not: the rule that the procedure raises: why the record is not ready for it, or None.
    key, label, tip: the key in the register, what stands beside it, what help says; no key, no dialog.
    title: msgid of the question, with {number}.
    asks: the fields.
    signer: msgid that says whose code is wanted, where another person signs it at the desk.
    own: whether the operator at the desk may sign this record's, besides having the right.
    reads: makes what the procedure takes of what the fields say, where they differ.
    times: the fields in which a time is typed; the procedure gets aware instants.
    said: msgid of what is said once it is done, with {number}.
    fills: what else the question names, by name.
    prompt: the moment whose words to say stand beside the form; household: whether its card does;
    beside: other lines that do; previews: what doing it would change, of what the form says now.
    command: its word on the command line; "" where there is none. words: the fields that stand bare behind it;
    options: those whose option has another name. tells: what the command prints of what was made. came: what else came
    of it, said behind it once it is done.
    foot: whether the key stands at the foot of the page, and not in the help only.
    new: whether it makes a record instead of taking one further: its procedure takes no number and its rule no record.
    """

    do: Callable[..., Record]
    verb: str
    why_not: Rule
    key: str = ""
    label: str = ""
    tip: str = ""
    title: str = ""
    asks: tuple[Field, ...] = ()
    signer: str = ""
    own: Callable[[View, Record], bool] = lambda _view, _record: True
    reads: Callable[[Mapping[str, str]], Mapping[str, Value]] = lambda values: values
    times: tuple[str, ...] = ()
    said: str = ""
    fills: Callable[[View, Record], Mapping[str, str]] = lambda _view, _record: {}
    prompt: str = ""
    household: bool = False
    beside: Callable[[View, Record], Sequence[str]] = lambda _view, _record: ()
    previews: Callable[[View, Record, Mapping[str, str]], Sequence[str]] | None = None
    command: str = ""
    words: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    tells: Callable[[Record], str] = lambda _made: ""
    came: Callable[[View, Record], str] = lambda _view, _record: ""
    foot: bool = True
    new: bool = False

    @property
    def name(self) -> str:
        """The name of its procedure."""
        return str(getattr(self.do, "__name__", ""))

    def fields(self, view: View, record: Record) -> list[Field]:
        """What it asks about a record."""
        return [field for one in self.asks if (field := one.about(view, record)) is not None]

    def freshened(
        self, view: View, record: Record, shown: Mapping[str, str], values: Mapping[str, str]
    ) -> dict[str, str]:
        """The answers with what another desk changed meanwhile, where nothing of it was typed over.

        Args:
            shown: what the fields said when the dialog was opened.

        Raises:
            StateChanged: at a field that was typed and that somebody else changed, too.
        """
        fresh = {field.name: field.default for field in self.fields(view, record)}
        answers = dict(values)
        for name, was in shown.items():
            if name in fresh and fresh[name] != was:
                if values.get(name, "") != was:
                    raise StateChanged(N_("Somebody changed this meanwhile: {now}"), field=name, now=fresh[name] or "–")
                answers[name] = fresh[name]
        return answers

    def question(self, view: View, record: Record, number: str) -> str:
        """What its dialog asks, in the reader's language."""
        return _(self.title, number=number, **self.fills(view, record))

    def is_own(self, view: View, record: Record) -> bool:
        """Whether the operator at the desk may do it without somebody else's code."""
        return view.operator is not None and may(view.operator.roles, self.verb) and self.own(view, record)

    def run(self, act: Act, number: str, values: Mapping[str, str]) -> Record:
        """Do it with what was typed.

        Args:
            values: field to text, as typed; an empty time is left out.

        Raises:
            Refused: by the procedure; Invalid: at the field, also for a time that cannot be read.
        """
        asked: dict[str, Value] = dict(self.reads(values))
        for name in self.times:
            text = str(asked.pop(name, "") or "").strip()
            if text or self.parameters[name].default is inspect.Parameter.empty:
                asked[name] = moments.parse(text, act.calendar, act.now, field=name)
        return self.do(act, **asked) if self.new else self.do(act, number=number, **asked)

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """What the procedure takes besides the act and the number of the record that it takes further."""
        found = inspect.signature(self.do).parameters
        return {name: one for name, one in found.items() if name != "act" and (self.new or name != "number")}


def always(_view: View, _record: Record) -> Refused | None:
    """The rule of what can be done at any time."""
    return None


def ready(steps: Sequence[Step], view: View, record: Record) -> dict[str, Refused | None]:
    """Why each step is not the record's next, by name; None where it may be done now."""
    return {step.name: step.why_not(view, record) for step in steps if not step.new}
