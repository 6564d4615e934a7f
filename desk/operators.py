"""Who may sign in, signing in, and signing for somebody else's record."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from data import words
from data.cleaning import clean
from data.journal import JournalEntry
from data.operators import Attempt, Operator
from data.store import login, relied
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
# At terminals where the owner never signed in, taken together.
STRANGE_ATTEMPTS = 20
MOST_GUESSES = 100
# So many entries are looked through for whether somebody works at a terminal.
LATELY = 20_000
SIGN_IN = "operators.sign_in"
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
    # Changes with the secret, the posts and a disabling.
    mark: str = ""
    # Wrong secrets that were typed for this code since its owner signed in last.
    guesses: int = 0


def hash_secret(secret: str, *, demo: bool = False) -> str:
    """The argon2id hash of a secret; a demo store's shown secrets are hashed cheaply."""
    return (_demo_hasher if demo else _hasher).hash(secret)


def check_secret(hashed: str, secret: str) -> bool:
    """Whether a secret belongs to a hash; an unknown name costs the same time."""
    try:
        return _hasher.verify(hashed or _NOBODY, secret) and bool(hashed)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def prove(desk: Desk, code: str, secret: str) -> SignedIn:
    """Check a code and secret; slow, so screens call it off the event loop.

    Raises:
        SigninRefused: wrong, disabled, or too many attempts lately; after five at one terminal, one each 15 minutes
            counts there, and after many at terminals where they never signed in, so do all of those.
    """
    code = clean(code)[:40]
    if not code:
        raise SigninRefused(N_("Whose code? Whoever signs types theirs here."), field="code")
    counted = _count(desk, code)
    with desk.read() as session:
        operator = session.get(Operator, code)
        if operator is not None and desk.store.read_only is None:
            relied.check(operator, desk.store.keys.rows)
    right = check_secret(operator.secret_hash if operator else "", secret)
    if not right or operator is None or operator.disabled:
        if operator is not None and code != SYSTEM:
            _leave_an_entry(desk, "operators.guess", code)
        raise SigninRefused(N_("Code and secret do not match, or the operator is disabled."), field="secret")
    if counted:
        with desk.store.writing() as session:
            session.exec(delete(Attempt).where(col(Attempt.code) == code, col(Attempt.workstation) == desk.workstation))
    return SignedIn(
        operator.code, operator.name, operator.roles, operator.language, operator.department, mark=_mark(operator)
    )


def _count(desk: Desk, code: str) -> bool:
    """Count an attempt before its secret is looked at, in one transaction: so many at once are so many.

    Raises:
        SigninRefused: it is not looked at now.
    """
    if desk.store.read_only is not None:
        return False
    with desk.store.writing() as session:
        # What was tried while the clock was ahead was tried: it counts, and is over as if it were now.
        ahead = select(Attempt).where(Attempt.code == code, Attempt.at > desk.now())
        for attempt in session.exec(ahead.order_by(col(Attempt.id))).all():
            attempt.at = desk.now()
        session.flush()
        wait = _wait_minutes(session, desk, code)
        if not wait:
            session.add(Attempt(code=code, at=desk.now(), workstation=desk.workstation))
    if wait:
        raise SigninRefused(N_("Too many attempts: try again in {minutes} minutes."), field="secret", minutes=wait)
    return True


def _wait_minutes(session: Session, desk: Desk, code: str) -> int:
    """Whole minutes until the next attempt is looked at; never more than SLOW_AFTER, whatever the clock says."""
    here, everywhere = _lately(session, code, desk.now(), desk.workstation), _lately(session, code, desk.now())
    if here[0] < FREE_ATTEMPTS and (everywhere[0] < STRANGE_ATTEMPTS or _works_here(session, code, desk.workstation)):
        return 0
    newest = (here if here[0] >= FREE_ATTEMPTS else everywhere)[1]
    if newest is None:
        return 0
    left = newest + SLOW_AFTER - desk.now()
    return max(0, -(-int(left.total_seconds()) // 60))


def _works_here(session: Session, code: str, workstation: str) -> bool:
    """Whether somebody has done anything at a terminal lately; only asked when strangers guess."""
    newest = session.exec(select(func.max(JournalEntry.number))).one() or 0
    query = select(JournalEntry.number).where(
        JournalEntry.number > newest - LATELY, JournalEntry.operator == code, JournalEntry.workstation == workstation
    )
    return session.exec(query.limit(1)).first() is not None


def _lately(session: Session, code: str, now: datetime, workstation: str | None = None) -> tuple[int, datetime | None]:
    """How many attempts there were within a day, and when the newest was; one of a time to come was never made."""
    query = select(func.count(), func.max(Attempt.at)).where(
        Attempt.code == code, Attempt.at > now - FORGET_AFTER, Attempt.at <= now
    )
    if workstation is not None:
        query = query.where(Attempt.workstation == workstation)
    count, newest = session.exec(query).one()
    return count, newest


def _mark(operator: Operator) -> str:
    """What changes with a secret, a post or a disabling, and says nothing of them."""
    return login.mark_of(operator.secret_hash, operator.roles, operator.disabled)


def _leave_an_entry(desk: Desk, verb: str, code: str) -> None:
    """What nobody who is signed in did, in the journal; where nothing is stamped, without."""
    if desk.store.read_only is None and desk.doubt() is None:
        with desk.act(operator=SYSTEM) as act:
            act.record(verb, code)


def sign_in(desk: Desk, code: str, secret: str) -> SignedIn:
    """Prove who it is and put them at this desk; leaves an entry in the journal when one can be stamped."""
    who = prove(desk, code, secret)
    with desk.store.reading() as session:
        guesses = _guesses_since(session, who.code)
    desk.operator = who.code
    if desk.store.read_only is None and desk.doubt() is None:
        with desk.act() as act:
            act.record(SIGN_IN, who.code)
    return replace(who, guesses=guesses)


def _guesses_since(session: Session, code: str) -> int:
    """How many wrong secrets were typed for a code since its owner last signed in."""
    query = select(JournalEntry.verb).where(
        JournalEntry.record == code, col(JournalEntry.verb).in_((SIGN_IN, "operators.guess"))
    )
    verbs = session.exec(query.order_by(col(JournalEntry.number).desc()).limit(MOST_GUESSES)).all()
    return next((place for place, verb in enumerate(verbs) if verb == SIGN_IN), len(verbs))


def may_stay(desk: Desk, who: SignedIn) -> bool:
    """Whether somebody may still be at the desk: not once they are disabled, or have another secret or other posts."""
    with desk.read() as session:
        operator = session.get(Operator, who.code)
        return operator is not None and not operator.disabled and who.mark in ("", _mark(operator))


def marked_anew(desk: Desk, who: SignedIn) -> SignedIn:
    """Somebody who has just given themselves a new secret, and stays."""
    with desk.read() as session:
        return replace(who, mark=_mark(session.get_one(Operator, who.code)))


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


def is_locked(session: Session, code: str, now: datetime) -> bool:
    """Whether so many wrong secrets were typed for somebody that one terminal or another has to wait."""
    return _lately(session, code, now)[0] >= FREE_ATTEMPTS


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
