"""Who works here: posts, departments, for whom they sign, which homes are theirs, how they sign in."""

import re
from datetime import date

from sqlmodel import col, func, select

from data.cleaning import clean
from data.clocks import Clock
from data.operators import Operator
from data.tables import Value
from data.words import LANGUAGES, N_, in_language
from desk import operators, reading, site
from desk.act import SYSTEM, Act
from desk.administration import later
from desk.ground import rooms, texts
from desk.ground.refusals import Invalid, NotFound, Refused, StateChanged
from desk.ground.roles import DEPARTMENTS, ROLES
from desk.view import View

LONGEST_NAME = 40
LONGEST_AREAS = 200
# Before the code of somebody of whom something is planned for a later day.
PLANNED = "operators:"
WHAT = ("name", "roles", "department", "signs_for", "areas")


def get(view: View, code: str) -> Operator:
    """One operator; refuses an unknown code."""
    found = view.session.get(Operator, code)
    if found is None or code == SYSTEM:
        raise NotFound(N_("There is no operator {code}."), field="number", code=code)
    return found


def why_not_change(_view: View, _operator: Operator) -> Refused | None:
    """Everybody can be changed."""
    return None


def why_not_disable(_view: View, operator: Operator) -> Refused | None:
    """Who is shut out already cannot be shut out again."""
    return StateChanged(N_("This operator is shut out already.")) if operator.disabled else None


def why_not_withdraw(view: View, operator: Operator) -> Refused | None:
    """Only what is planned for a later day can be withdrawn."""
    return None if planned(view, operator) else StateChanged(N_("Nothing of this is planned for a later day."))


def why_not_enable(view: View, operator: Operator) -> Refused | None:
    """Letting in again is for whoever is shut out, or locked after wrong secrets."""
    if operator.disabled or operators.is_locked(view.session, operator.code, view.now):
        return None
    return StateChanged(N_("This operator can sign in."))


def change(
    act: Act,
    *,
    number: str,
    reason: str,
    name: str = "",
    roles: str = "",
    department: str = "",
    signs_for: str = "",
    areas: str = "",
    since: str = "",
) -> Operator:
    """Change who somebody is at the desk, now or from a day on; what is empty stays, and - takes it away.

    Args:
        number: the code. roles: posts with blanks between; the last administrator stays one.
        department: their own; signs_for: others for which they sign (CMP-50).
        areas: beginnings of paths of homes, such as "3 5-1", of an officer's own (RV-3).
        since: the first day on which it counts; today when empty.

    Raises:
        Invalid: at the field; NotFound: nobody has this code.
    """
    act.require("operators.change")
    operator, because = get(act, number), later.why(reason)
    said = {"name": name, "roles": roles, "department": department, "signs_for": signs_for, "areas": areas}
    day, ahead = later.day_of(act, since)
    was = {key: getattr(operator, key) for key in WHAT}
    changed = _set(act, operator, **said)
    if not changed and not (ahead and planned(act, operator)):
        raise Invalid(N_("Nothing would change: write what is to be otherwise."), field="name")
    if ahead:
        # Until its day everything stays; it was set to be checked.
        for key, value in was.items():
            setattr(operator, key, value)
        _plan(act, operator, day, {**said, "reason": because})
        act.record("operators.plan", number, since=str(day), reason=because, **changed)
    else:
        act.record("operators.change", number, reason=because, **changed)
    return operator


def _set(
    act: Act, operator: Operator, *, name: str, roles: str, department: str, signs_for: str, areas: str
) -> dict[str, Value]:
    """Make somebody what is said; returns what changed, from what to what."""
    was = {key: getattr(operator, key) for key in WHAT}
    if clean(name):
        operator.name = _name(name)
    if roles.strip():
        _keep_an_administrator(act, operator, roles)
        operator.roles = _listed(roles, ROLES, "roles")
    if department:
        operator.department = _listed(department, DEPARTMENTS, "department", most=1)
    if signs_for.strip():
        operator.signs_for = _listed(signs_for, DEPARTMENTS, "signs_for")
    if areas.strip():
        spelt = "" if areas.strip() == "-" else " ".join(rooms.normal(area) for area in areas.split())
        operator.areas = texts.limited(spelt, "areas", LONGEST_AREAS)
    act.session.add(operator)
    return {key: f"{was[key]} → {getattr(operator, key)}" for key in was if was[key] != getattr(operator, key)}


def _plan(act: Act, operator: Operator, day: date, said: dict[str, str]) -> None:
    """Keep what somebody is to be from a day on; what was said of that day before stays where nothing else is said."""
    before = dict(planned(act, operator)).get(day, {})
    now = {key: text for key, text in said.items() if text.strip()}
    later.keep(act, day, f"{PLANNED}{operator.code}", {**before, **now})


def planned(view: View, operator: Operator) -> list[tuple[date, dict[str, str]]]:
    """What somebody is to be from later days on, the first day first."""
    return list(later.planned(view, f"{PLANNED}{operator.code}").values())


def withdraw(act: Act, *, number: str, reason: str) -> None:
    """Take back what was planned of somebody for a later day."""
    act.require("operators.withdraw")
    operator, because = get(act, number), later.why(reason)
    if (refused := why_not_withdraw(act, operator)) is not None:
        raise refused
    for key in later.planned(act, f"{PLANNED}{operator.code}"):
        site.unset(act.session, key)
    act.record("operators.withdraw", number, reason=because)


def take_effect(act: Act, code: str, said: dict[str, str]) -> None:
    """The day of what was planned of somebody has come; what can no longer be is taken back, with why."""
    operator, reason = get(act, code), said.get("reason", "")
    was = {key: getattr(operator, key) for key in WHAT}
    try:
        if said.get("out"):
            operators.shut_out(act, operator)
            act.record("operators.disable", code, by_itself=True, reason=reason)
        else:
            changed = _set(act, operator, **{key: said.get(key, "") for key in WHAT})
            act.record("operators.change", code, by_itself=True, reason=reason, **changed)
    except Refused as refused:
        # All of it or nothing.
        for key, value in was.items():
            setattr(operator, key, value)
        act.record("operators.withdraw", code, by_itself=True, reason=str(refused))


def left_alone(view: View, operator: Operator, roles: str) -> dict[str, int]:
    """The posts that nobody would have any more if somebody had only these: post to how many promises wait for it.

    Args:
        roles: posts as they are typed; what cannot be read leaves everything as it is.
    """
    try:
        stay = set(_listed(roles, ROLES, "roles").split()) if roles.strip(" -") else set()
    except Refused:
        return {}
    others = {
        role for one in operators.working(view.session) if one.code != operator.code for role in one.roles.split()
    }
    gone = [role for role in operator.roles.split() if role not in stay | others]
    count = select(func.count()).where(col(Clock.ended_at).is_(None))
    return {role: view.session.exec(count.where(Clock.role == role)).one() for role in gone}


def add(
    act: Act,
    *,
    number: str,
    name: str,
    roles: str,
    new_secret: str,
    again: str,
    department: str = "",
    signs_for: str = "",
    areas: str = "",
) -> Operator:
    """Add somebody who shall work at the desk, with a secret typed twice.

    Raises:
        Invalid: at the field.
    """
    _same_twice(new_secret, again)
    listed = _listed(roles, ROLES, "roles")
    operator = operators.add(
        act,
        code=number,
        name=_name(name),
        roles=listed,
        secret=new_secret,
        department=_listed(department, DEPARTMENTS, "department", most=1),
    )
    if signs_for.strip(" -") or areas.strip(" -"):
        _set(act, operator, name="", roles="", department="", signs_for=signs_for, areas=areas)
    return operator


def _same_twice(secret: str, again: str) -> None:
    if secret != again:
        raise Invalid(N_("The two secrets differ."), field="again")
    operators.check_length(secret, field="new_secret")


def _name(name: str) -> str:
    if len(clean(name)) > LONGEST_NAME:
        raise Invalid(N_("That is too long: {count} characters at most."), field="name", count=LONGEST_NAME)
    return clean(name)


def _listed(text: str, known: dict[str, str], field: str, most: int = 20) -> str:
    """Some known names, with blanks between; "-" for none."""
    names = [] if text.strip() == "-" else [_key(name, known) for name in re.split(r"[\s,，、]+", text.strip()) if name]
    wrong = [name for name in names if name not in known]
    if wrong or len(names) > most or (field == "roles" and not names):
        raise Invalid(N_("Choose from {names}."), field=field, names=", ".join(known))
    return " ".join(dict.fromkeys(names))


def _key(name: str, known: dict[str, str]) -> str:
    """The key that is meant: itself, or its name in either language."""
    said = {in_language(tongue, msgid).lower(): key for tongue in LANGUAGES for key, msgid in known.items()}
    return name if name in known else said.get(name.lower(), name)


def _keep_an_administrator(act: Act, operator: Operator, roles: str) -> None:
    stays = "administrator" in _listed(roles, ROLES, "roles").split()
    alone = "administrator" in operator.roles.split() and not stays
    if alone and not operators.another_administrator(act.session, operator.code):
        raise Invalid(N_("The last administrator stays one."), field="roles")


def disable(act: Act, *, number: str, reason: str, since: str = "") -> None:
    """Shut an operator out at every desk at once, or from a day on; the last administrator stays."""
    act.require("operators.disable")
    operator, because = get(act, number), later.why(reason)
    if (refused := why_not_disable(act, operator)) is not None:
        raise refused
    day, ahead = later.day_of(act, since)
    if ahead:
        operators.keep_an_administrator(act.session, operator.code)
        _plan(act, operator, day, {"out": "yes", "reason": because})
        act.record("operators.plan", number, since=str(day), reason=because, out="yes")
    else:
        operators.disable(act, code=number, reason=because)


def enable(act: Act, *, number: str, reason: str) -> None:
    """Let somebody in again who was shut out, or locked after wrong secrets."""
    act.require("operators.enable")
    operator, because = get(act, number), later.why(reason)
    if (refused := why_not_enable(act, operator)) is not None:
        raise refused
    operators.enable(act, code=number, reason=because)


def set_secret(act: Act, *, number: str, new_secret: str, again: str) -> None:
    """Give somebody a new secret, typed twice.

    Raises:
        Invalid: at "again", when the two differ; at "new_secret", when it is too short.
    """
    _same_twice(new_secret, again)
    operators.set_secret(act, code=number, secret=new_secret)


def own_secret(act: Act, *, old: str, new_secret: str, again: str) -> None:
    """Give oneself a new secret, proven by the old one.

    Raises:
        Invalid: at "old", when it is not the secret; at "new_secret" or "again" as for anybody.
    """
    if not operators.check_secret(act.operator.secret_hash, old):
        raise Invalid(N_("That is not your secret."), field="old")
    _same_twice(new_secret, again)
    operators.set_secret(act, code=act.operator.code, secret=new_secret)


def page(view: View) -> list[Operator]:
    """Everybody by code, who may sign in first."""
    reading.require(view.session, "operators.read")
    return sorted(operators.everyone(view.session), key=lambda one: (one.disabled, one.code))
