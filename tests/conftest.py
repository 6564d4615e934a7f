"""A clock handed in, and a small site in a store of its own."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data import words
from data.operators import Operator
from data.store import engine as engines
from data.store.opening import create_store, open_store
from data.store.store import Store
from desk import operators, roster
from desk.act import SYSTEM, Desk
from desk.roster import Household, Plan, Resident

# A Tuesday, 10:00 in Shanghai, on duty.
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SECRET = "secret-of-all"
CAST = {
    "front": "receptionist",
    "guard": "guard",
    "lead": "supervisor",
    "finance": "finance",
    "admin": "administrator",
    "project": "project_supervisor",
    "company": "company_manager",
    "engineer": "engineer",
    "chief": "engineering_manager",
}
DEPARTMENT = {"engineer": "engineering", "chief": "engineering", "guard": "security", "finance": "finance"}


def _share_statements(engine: Engine) -> Engine:
    """Let all stores of a test run share what SQLAlchemy compiled: each would compile every statement anew."""
    first = _ENGINES.setdefault("first", engine)
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache
    return engine


_ENGINES: dict[str, Engine] = {}


@pytest.fixture(autouse=True, scope="session")
def statements_are_compiled_once() -> Iterator[None]:
    really = engines.create_engine
    engines.create_engine = lambda *places, **names: _share_statements(
        really(*places, query_cache_size=10_000, **names)
    )
    yield
    engines.create_engine = really


class Clock:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = TUESDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture(autouse=True)
def nobody_set_anything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What whoever runs the tests has set for their own terminal is not what is tested."""
    monkeypatch.setenv("DESK_CONFIG", str(tmp_path / "no-settings.toml"))
    # Nor is what the terminal can in which they run.
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.use("en")
    yield
    words.use(None)


@pytest.fixture(autouse=True)
def pilots_wait_as_keys_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot waits until nothing is under way, as a key does; the toolkit's own way asks every widget every time."""
    from textual.pilot import Pilot

    from screens.keys import settled

    monkeypatch.setattr(Pilot, "_wait_for_screen", lambda pilot, timeout=30.0: settled(pilot.app))
    # Whether the processor rests is looked at more often than the toolkit does: most of a screen's test was this wait.
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 250)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 1000)


@pytest.fixture(autouse=True)
def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """The faults of its own that the program survived: a test that expects none fails on any.

    A test that provokes some empties the list.
    """
    from screens.house import House

    survived: list[Exception] = []
    really = House.fault

    def fault(self: House, error: Exception, opening: object = None) -> None:
        survived.append(error)
        really(self, error, opening)

    monkeypatch.setattr(House, "fault", fault)
    # What follows the keys follows at once: no test waits for them to rest but the ones that are about it.
    monkeypatch.setattr("screens.base.RESTS", 0)
    yield survived
    if survived:
        raise survived[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def people() -> Plan:
    """Two households and an empty flat."""
    plan = Plan()
    for home in (
        Household(
            "3",
            "2",
            "1502",
            people=[
                Resident(
                    "单小云", "owner", phones=("13900001111",), id_card="110101199001010015", workplace="云栖小学"
                ),
                Resident("单云青", "family"),
                Resident("曾立", "tenant", phones=("13900002222",), id_card="110101199202020041"),
            ],
            plates=[("沪Q12345", "单小云")],
        ),
        Household(
            "3", "2", "1503", people=[Resident("Bob [/b]", "owner", phones=("13900003333",), id_card="E12345678")]
        ),
        Household("5", "1", "101"),
    ):
        plan.households[home.label] = home
    return plan


def fill(store: Store, clock: Clock) -> None:
    """Operators of every role the tests need, and the people above."""
    with store.writing() as session:
        session.add(Operator(code=SYSTEM, name="desk", roles=""))
        for code, role in CAST.items():
            hashed = operators.hash_secret(SECRET, demo=True)
            session.add(
                Operator(
                    code=code, name=code.title(), roles=role, secret_hash=hashed, department=DEPARTMENT.get(code, "")
                )
            )
    with Desk(store, clock, "test").act(operator=SYSTEM) as act:
        roster.apply(act, plan=people())


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled store, made once and copied for each test: making one costs more than most tests."""
    made = create_store(tmp_path_factory.mktemp("site") / "q.db")
    fill(made, Clock())
    made.close()
    return made.path.parent


@pytest.fixture
def store(tmp_path: Path, filled: Path) -> Iterator[Store]:
    for file in filled.iterdir():
        shutil.copy2(file, tmp_path / file.name)
    opened = open_store(tmp_path / "q.db")
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """A desk with the receptionist signed in."""
    desk = Desk(store, clock, "desk-1")
    desk.operator = "front"
    return desk
