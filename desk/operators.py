"""Who may sign in, signing in, and signing for somebody else's record."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from data import words
from data.operators import Attempt, Operator
from data.store import relied
from data.words import LANGUAGES, N_
from desk.act import SYSTEM, Act, Desk
from desk.ground import pinyin, texts
from desk.ground.refusals import Invalid, NotFound, SigninRefused
from desk.ground.roles import DEPARTMENTS, ENGINEERS, ROLES
from desk.reading import kept

CODE = re.compile(r"[A-Za-z0-9_.-]{1,20}")
SHORTEST_SECRET = 6
LONGEST_NAME = 60
FREE_ATTEMPTS = 5
SLOW_AFTER = timedelta(minutes=15)
FORGET_AFTER = timedelta(days=1)
_hasher = PasswordHasher()
_demo_hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
# The hash of a secret nobody has: an unknown name costs the time of a known one.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$2AJkLlyFi7kgAuS7UUl2Dw$jrwpTbinYY2HoSEctB4SAByrKW1oXJHffgMjFvweoiQ"


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, without the secret."""

    code: str
    name: str
    roles: str
    language: str
    department: str = ""


def hash_secret(secret: str, *, demo: bool = False) -> str:
    """The argon2id hash of a secret; a demo store's shown secrets are hashed cheaply."""
    return (_demo_hasher if demo else _hasher).hash(secret)


def check_secret(hashed: str, secret: str) -> bool:
    """Whether a secret belongs to a hash; an unknown name costs the same time."""
    try:
        return _hasher.verify(hashed or _NOBODY, secret) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


def prove(desk: Desk, code: str, secret: str) -> SignedIn:
    """Check a code and secret; slow, so screens call it off the event loop.

    Raises:
        SigninRefused: wrong, disabled, or too many attempts lately; after five a day one each 15 minutes counts.
    """
    code = code.strip()[:40]
    if not code:
        raise SigninRefused(N_("Whose code? Whoever signs types theirs here."), field="code")
    with desk.read() as session:
        operator = session.get(Operator, code)
        if operator is not None and desk.store.read_only is None:
            relied.check(operator, desk.store.keys.rows)
        wait = _wait_minutes(session, desk, code)
    if wait:
        raise SigninRefused(N_("Too many attempts: try again in {minutes} minutes."), field="secret", minutes=wait)
    right = check_secret(operator.secret_hash if operator else "", secret)
    if not right or operator is None or operator.disabled:
        if desk.store.read_only is None:
            with desk.store.writing() as session:
                session.add(Attempt(code=code, at=desk.now()))
        raise SigninRefused(N_("Code and secret do not match, or the operator is disabled."), field="secret")
    if desk.store.read_only is None:
        with desk.store.writing() as session:
            session.exec(delete(Attempt).where(col(Attempt.code) == code))
    return SignedIn(operator.code, operator.name, operator.roles, operator.language, operator.department)


def _wait_minutes(session: Session, desk: Desk, code: str) -> int:
    since = desk.now() - FORGET_AFTER
    count, newest = session.exec(
        select(func.count(), func.max(Attempt.at)).where(Attempt.code == code, Attempt.at > since)
    ).one()
    if count < FREE_ATTEMPTS:
        return 0
    left = newest + SLOW_AFTER - desk.now()
    return max(0, -(-int(left.total_seconds()) // 60))


def sign_in(desk: Desk, code: str, secret: str) -> SignedIn:
    """Prove who it is and put them at this desk; leaves an entry in the journal when the store can be written."""
    who = prove(desk, code, secret)
    desk.operator = who.code
    if desk.store.read_only is None:
        with desk.act() as act:
            act.record("operators.sign_in", who.code)
    return who


def may_stay(desk: Desk, code: str) -> bool:
    """Whether somebody who signed in may still be at the desk: not once they are disabled."""
    with desk.read() as session:
        operator = session.get(Operator, code)
        return operator is not None and not operator.disabled


@contextmanager
def signed_by(desk: Desk, code: str, secret: str, request: str = "") -> Iterator[Act]:
    """An act signed by another person at this desk, with their own code and secret."""
    who = prove(desk, code, secret)
    with desk.act(operator=who.code, request=request) as act:
        yield act


def check_length(secret: str, *, field: str = "secret") -> None:
    """Refuse a secret that is too short, at `field`."""
    if len(secret) < SHORTEST_SECRET:
        raise Invalid(N_("A secret has at least {count} characters."), field=field, count=SHORTEST_SECRET)


def add(act: Act, *, code: str, name: str, roles: str, secret: str, department: str = "") -> Operator:
    """Add an operator.

    Raises:
        Invalid: the code is taken or odd, a role is unknown, the secret is too short.
    """
    act.require("operators.add")
    code = code.strip()
    if not CODE.fullmatch(code) or code == SYSTEM:
        raise Invalid(N_("A code is up to 20 letters, digits, dots or dashes."), field="code")
    if act.session.get(Operator, code) is not None:
        raise Invalid(N_("The code {code} is taken."), field="code", code=code)
    name = texts.needed(name, "name", LONGEST_NAME)
    if department and department not in DEPARTMENTS:
        raise Invalid(N_("There is no department {name}."), field="department", name=department)
    if not roles.split() or (wrong := [role for role in roles.split() if role not in ROLES]):
        raise Invalid(N_("There is no role {role}."), field="roles", role=wrong[0] if roles.split() else "")
    check_length(secret)
    operator = Operator(
        code=code,
        name=name,
        roles=" ".join(dict.fromkeys(roles.split())),
        department=department,
        secret_hash=hash_secret(secret),
    )
    act.session.add(operator)
    act.record("operators.add", code, roles=operator.roles)
    return operator


def disable(act: Act, *, code: str, reason: str = "") -> None:
    """Shut an operator out at every desk at once; the last administrator stays."""
    act.require("operators.disable")
    operator = act.session.get(Operator, code)
    if operator is None:
        raise NotFound(N_("There is no operator {code}."), field="code", code=code)
    shut_out(act, operator)
    act.record("operators.disable", code, reason=reason or None)


def shut_out(act: Act, operator: Operator) -> None:
    """Somebody may work at no desk from now on; the last administrator stays."""
    keep_an_administrator(act.session, operator.code)
    operator.disabled = True
    act.session.add(operator)


def keep_an_administrator(session: Session, code: str) -> None:
    """Refuse to lose the only one who may set the site up."""
    if not another_administrator(session, code):
        raise Invalid(N_("The last administrator cannot be disabled."), field="code")


def is_locked(session: Session, code: str) -> bool:
    """Whether somebody typed so many wrong secrets that they have to wait."""
    count = session.exec(select(func.count()).select_from(Attempt).where(Attempt.code == code)).one()
    return count >= FREE_ATTEMPTS


def another_administrator(session: Session, code: str) -> bool:
    """Whether somebody else may still set the site up."""
    others = select(Operator).where(Operator.code != code, col(Operator.disabled).is_(False)).order_by("code")
    return any("administrator" in other.roles.split() for other in session.exec(others).all())


def enable(act: Act, *, code: str, reason: str = "") -> None:
    """Let a disabled or locked operator sign in again; wrong attempts are forgotten."""
    act.require("operators.enable")
    operator = act.session.get(Operator, code)
    if operator is None or code == SYSTEM:
        raise NotFound(N_("There is no operator {code}."), field="code", code=code)
    operator.disabled = False
    act.session.add(operator)
    act.session.exec(delete(Attempt).where(col(Attempt.code) == code))
    act.record("operators.enable", code, reason=reason or None)


def set_secret(act: Act, *, code: str, secret: str) -> None:
    """Give an operator a new secret: an administrator to anybody, everybody to themselves."""
    if code != act.operator.code:
        act.require("operators.set_secret")
    operator = act.session.get(Operator, code)
    if operator is None or code == SYSTEM:
        raise NotFound(N_("There is no operator {code}."), field="code", code=code)
    check_length(secret)
    operator.secret_hash = hash_secret(secret)
    act.session.add(operator)
    act.session.exec(delete(Attempt).where(col(Attempt.code) == code))
    act.record("operators.set_secret", code)


def prefer_language(act: Act, *, language: str) -> None:
    """Keep the operator's choice of language."""
    if language not in LANGUAGES:
        raise Invalid(N_("There is no language {name}: use zh or en."), field="language", name=language)
    act.operator.language = language
    act.session.add(act.operator)
    act.record("operators.prefer", act.operator.code, language=language)


def signs_for(operator: Operator | None) -> frozenset[str]:
    """The departments for which somebody signs: their own and those that name them (CMP-50)."""
    return frozenset([operator.department, *operator.signs_for.split()]) - {""} if operator else frozenset()


def officers_of(session: Session, unit_label: str) -> list[str]:
    """The codes of the officers whose homes one of this path is (RV-3)."""
    path = unit_label.split("-")
    return [
        one.code
        for one in everyone(session)
        if not one.disabled and any(path[: len(area.split("-"))] == area.split("-") for area in one.areas.split())
    ]


def everyone(session: Session) -> list[Operator]:
    """All operators by code, without the desk itself."""
    return list(session.exec(select(Operator).where(Operator.code != SYSTEM).order_by("code")))


def engineers(session: Session) -> list[Operator]:
    """Everybody of engineering who may work here, by code."""
    return [one for one in working(session) if ENGINEERS & set(one.roles.split())]


def engineer(session: Session, text: str, *, field: str = "worker") -> Operator:
    """Somebody of engineering by code, name, or the initials of the name; refuses nobody and several at the field."""
    return meant(engineers(session), text, field, N_("Nobody of engineering is called {code}."))


def working(session: Session) -> list[Operator]:
    """Everybody who may work here, by code."""
    return [one for one in everyone(session) if not one.disabled]


def meant(known: Sequence[Operator], text: str, field: str, nobody: str) -> Operator:
    """Who of some is meant by code, name or how it begins, or the initials of the name.

    Args:
        nobody: msgid of the refusal where nobody is, with {code}.

    Raises:
        NotFound, Invalid: at the field, for nobody and for several.
    """
    typed = text.strip().lower()
    found = [one for one in known if typed == one.code.lower()]
    found = found or [one for one in known if typed and typed in pinyin.terms(one.name)]
    found = found or [one for one in known if typed and one.name.lower().startswith(typed)]
    if not found:
        raise NotFound(nobody, field=field, code=text.strip())
    if len(found) > 1:
        names = ", ".join(f"{one.name} ({one.code})" for one in found)
        raise Invalid(N_("Several are meant: {names}."), field=field, names=names)
    return found[0]


class Posts(dict[str, str]):
    """From an operator's code to name and post, as people stand on records and papers; a code nobody has stays itself.

    Args:
        language: "zh" for papers; None for the reader's own.
    """

    def __init__(self, session: Session, language: str | None = None) -> None:
        tongue = language or words.language()
        named = kept(
            session, ("posts", tongue), lambda: {one.code: _name_and_post(one, tongue) for one in everyone(session)}
        )
        super().__init__(named)
        self[SYSTEM] = words.in_language(tongue, N_("by itself"))

    def __missing__(self, code: str) -> str:
        return code


def _name_and_post(operator: Operator, language: str) -> str:
    role = operator.roles.split()[0] if operator.roles.split() else ""
    post = words.in_language(language, ROLES[role]) if role in ROLES else ""
    return words.in_language(language, N_("{name} ({post})"), name=operator.name, post=post) if post else operator.name
