"""The steps of a system's records from the command line: words, options and help follow from the row of each step."""

import inspect
from typing import Annotated, Any

import typer

from data.words import N_
from desk.act import Act
from desk.ground.fields import Field
from desk.step_table import STEPS, record_of
from desk.steps import Step
from screens.cli.common import AsCode, StorePath, acting

# What no field of a form asks.
OTHERS = {"edition": N_("Which edition of the price list."), "said": N_("What they said."), "post": N_("Which post.")}


def add_steps(app: typer.Typer, system: str) -> None:
    """Hang a system's steps on its word of the command line."""
    for step in STEPS[system]:
        if step.command:
            app.command(step.command)(_command(system, step))


def _command(system: str, step: Step) -> Any:
    def run(**words: Any) -> None:
        number, code, store = "" if step.new else words.pop("number"), words.pop("code"), words.pop("store")

        def work(act: Act) -> str:
            if step.previews is not None:
                # What it would change is said first, also where it is then refused.
                record = None if step.new else record_of(act, system, number)
                for line in step.previews(act, record, words):
                    typer.echo(line, err=True)
            return step.tells(step.run(act, number, words))

        if told := acting(store, code, work):
            typer.echo(told)

    # What several fields ask, one for each case, is one option: reason_major and reason_minor are the reason.
    fields = {name: field for field in step.asks for name in (field.name.partition("_")[0], field.name)}
    takes = step.parameters
    bare = [_parameter(step, name, takes[name], fields.get(name)) for name in step.words]
    options = [_parameter(step, name, one, fields.get(name)) for name, one in takes.items() if name not in step.words]
    always = [
        inspect.Parameter("code", inspect.Parameter.KEYWORD_ONLY, default="", annotation=AsCode),
        inspect.Parameter("store", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=StorePath),
    ]
    number = inspect.Parameter("number", inspect.Parameter.KEYWORD_ONLY, annotation=str)
    whole = [*([] if step.new else [number]), *bare, *options, *always]
    run.__signature__ = inspect.Signature(whole)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in whole}
    run.__doc__ = step.tip
    return run


def _parameter(step: Step, name: str, takes: inspect.Parameter, field: Field | None) -> inspect.Parameter:
    """A word or an option: its help is the field's label, its values are the field's choices."""
    needed = takes.default is inspect.Parameter.empty
    keys = [key for key, _label in field.options()] if field is not None and field.kind == "choice" else []
    shown: dict[str, Any] = {"help": field.label if field else OTHERS.get(name), "metavar": "|".join(keys) or None}
    kind: Any = list[str] if "Sequence" in str(takes.annotation) else str
    if name in step.words:
        annotation: Any = Annotated[kind, typer.Argument(**shown)]
    else:
        option = step.options.get(name, name).replace("_", "-")
        annotation = Annotated[kind, typer.Option(f"--{option}", **shown)]
    default = inspect.Parameter.empty if needed else takes.default if takes.default is not None else ""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
