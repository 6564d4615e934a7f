"""An open store: acts write through it, reads read through it, nothing else touches the file."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, local
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from data.problems import StoreBusy, StoreDamaged, StoreFull, StoreMissing, StoreProblem, StoreReadOnly, StoreTroubled
from data.store.digests import Digests, changed_outside, digest_all
from data.store.engine import DIGESTS, SETTINGS, WRITES
from data.store.files import owner_name
from data.store.head import Head, bear_witness, read_head, write_head
from data.store.keys import Keys, head_path
from data.store.relied import RELIED
from data.store.schema import SCHEMA
from data.store.strange import strange_parts
from data.store.turns import Turns
from data.words import N_


class Store:
    """One open store.

    Args:
        path: the file.
        engine: the engine on it.
        keys: None when the key file is missing; the store is then read-only.
        read_only: why nothing may be written, or None.
    """

    def __init__(self, path: Path, engine: Engine, keys: Keys | None, read_only: StoreProblem | None) -> None:
        self.path, self.engine, self.read_only = path, engine, read_only
        self._keys = keys
        self._writer = engine.execution_options(**{WRITES: True})
        self._watch: Any = None
        self._reader: Any = None
        self._asking = Lock()
        self._turns = Turns(path)
        self._parts = -1
        self._snapshot = local()
        found = os.stat(path)
        self._file = (found.st_dev, found.st_ino)

    def _same_file(self) -> None:
        """Refuse to answer from a file that was moved away or replaced: what it says may be over."""
        try:
            found = os.stat(self.path)
        except OSError as error:
            raise StoreMissing(
                N_("The store {path} is gone: nothing is read or saved until it is back and the desk is started anew."),
                path=self.path,
            ) from error
        if (found.st_dev, found.st_ino) != self._file:
            raise StoreProblem(N_("The store {path} was replaced: start the desk again."), path=self.path)

    @property
    def keys(self) -> Keys:
        """The keys; refuses when the key file is missing."""
        if self._keys is None:
            raise self.read_only or key_missing(self.path)
        return self._keys

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that holds the write lock from its first moment; commits at the end or not at all."""
        if self.read_only is not None:
            raise self.read_only
        self._same_file()
        patience = float(SETTINGS["busy_timeout"][0]) / 1000
        with (
            self._turns.turn(patience),
            translated(self.path),
            Session(self._writer, expire_on_commit=False) as session,
        ):
            # Whoever waited may find another file in its place.
            self._same_file()
            connection = session.connection()
            raw: Any = connection.connection.driver_connection
            digests: Digests | None = connection.info.get(DIGESTS)
            try:
                self._same_parts(raw)
                session.info[RELIED] = self.keys.rows
                yield session
                session.flush()
                if digests is not None:
                    digests.settle(raw)
                session.commit()
            except BaseException as error:
                # A commit that was refused leaves its transaction open, and with it the lock that every desk waits for.
                if raw.in_transaction:
                    raw.rollback()
                if digests is not None and digests.foreign:
                    raise changed_outside(digests.foreign) from error
                raise

    def _same_parts(self, raw: Any) -> None:
        """Refuse a file of which somebody changed what it is made of while this desk was open."""
        version = raw.execute("PRAGMA schema_version").fetchone()[0]
        if version == self._parts:
            return
        if strange := strange_parts(lambda sql: raw.execute(sql).fetchall()):
            raise changed_outside(", ".join(strange[:5]))
        found = raw.execute("SELECT version_num FROM alembic_version").fetchall()
        if [tuple(row) for row in found] != [(SCHEMA,)]:
            raise StoreProblem(
                N_("The store {path} was brought up by another Qiantai meanwhile: start this desk again."),
                path=self.path,
            )
        self._parts = version

    def accept_rows(self, session: Session) -> None:
        """Take every row as it stands, in the act that says what was found; nothing is written after it."""
        session.flush()
        connection = session.connection()
        raw: Any = connection.connection.driver_connection
        digest_all(raw, self.keys.rows)
        # The copy may name entries that are gone; the act that accepts this makes it anew.
        head_path(self.path).unlink(missing_ok=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One short read."""
        if (shared := self._shared) is not None:
            yield shared
            return
        self._same_file()
        with translated(self.path), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within it all short reads of this thread are one: they see one state of the store, each row fetched once.

        Nothing may be awaited, yielded or written within it.
        """
        if self._shared is not None:
            yield
            return
        held: list[object] = []
        with self.reading() as session:
            # A session forgets a row that nobody holds.
            event.listen(session, "loaded_as_persistent", lambda _session, row: held.append(row))
            self._snapshot.session = session
            try:
                yield
            finally:
                self._snapshot.session = None

    @property
    def _shared(self) -> Session | None:
        """The session of the snapshot that this thread is in."""
        return getattr(self._snapshot, "session", None)

    def ask(self, sql: str, *places: object, **values: object) -> Sequence[Any]:
        """The rows of one question, for the few hot reads that must not pay for an ORM; its own short read.

        Never within another read that is no snapshot: the two would wait for each other when a desk writes between.
        """
        if (shared := self._shared) is not None:
            return list(shared.connection().connection.driver_connection.execute(sql, places or values))  # type: ignore
        self._same_file()
        with translated(self.path), self._asking:
            if self._reader is None:
                self._reader = self.engine.raw_connection()
            return list(self._reader.driver_connection.execute(sql, places or values))

    @staticmethod
    def let_others_write(session: Session) -> None:
        """Within a long read: what is read next is read anew, so that nobody waits for all of it."""
        session.commit()

    def data_version(self) -> int:
        """A number that changes when another desk has written; refuses a file that is not the one opened."""
        self._same_file()
        with translated(self.path):
            if self._watch is None:
                self._watch = self.engine.raw_connection()
            return int(self._watch.cursor().execute("PRAGMA data_version").fetchone()[0])

    def save_head(self, number: int, digest: str) -> None:
        """Copy the journal's head outside the store, so that a cut-off tail is noticed."""
        # The act is committed already; an older copy of the head is still a true one.
        with suppress(OSError):
            write_head(self.path, self.keys.journal, number, digest)
            bear_witness(self.path, Head(number, digest))

    def head_copy(self) -> Head | None:
        """The copied head, or None when there is none.

        Raises:
            StoreReadOnly: another account's.
        """
        try:
            return read_head(self.path, self.keys.journal)
        except PermissionError as error:
            raise not_ours(head_path(self.path)) from error

    def become(self, other: "Store") -> None:
        """Go on as a store that was opened anew from the same file; whoever holds this one holds that one now."""
        held, engine = (self._watch, self._reader), self.engine
        self.engine, self.read_only, self._keys = other.engine, other.read_only, other._keys
        self._writer, self._file, self._watch, self._reader = other._writer, other._file, None, None
        for one in held:
            if one is not None:
                one.close()
        engine.dispose()

    def close(self) -> None:
        """Let go of the file."""
        for held in (self._watch, self._reader):
            if held is not None:
                held.close()
        self.engine.dispose()


def key_missing(path: Path) -> StoreProblem:
    """The sentence for a lost key file."""
    return StoreReadOnly(
        N_("The key file {path} is missing or unusable: put it back from its copy; until then nothing is saved."),
        path=path.with_suffix(".key"),
    )


def not_ours(file: Path) -> StoreProblem:
    """The sentence for a file beside a store that belongs to another account of this machine."""
    return StoreReadOnly(
        N_(
            "This account may not use {path}, which belongs to {owner}; nothing is saved, and nothing is lost. Several "
            "accounts share a store once its owner or root has run desk share."
        ),
        path=file,
        owner=owner_name(file),
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the database's errors into sentences that say what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        problem = problem_from(error, path)
        if problem is None:
            raise
        raise problem from error


def damaged(path: Path) -> StoreDamaged:
    """The sentence for a file that cannot be read whole; what of it can is found by the doctor."""
    return StoreDamaged(
        N_(
            "The store {path} cannot be read whole; nothing is saved. Close every desk and run desk doctor --mend: it "
            "makes the store anew from its records, or says that only a backup helps."
        ),
        path=path,
    )


def problem_from(error: Exception, path: Path) -> StoreProblem | None:
    """The sentence that belongs to a database error, or None for a fault of our own."""
    said = str(getattr(error, "orig", None) or error).lower()
    if "locked" in said or "busy" in said:
        return StoreBusy(N_("Another desk is writing to the store; nothing was saved, try again in a moment."))
    if "full" in said and "disk" in said:
        return StoreFull(N_("The disk is full; nothing was saved. Make room and try again."))
    if "readonly" in said or "read-only" in said:
        return StoreReadOnly(
            N_("The store {path} may be read but not written: check who owns the file and its folder."), path=path
        )
    if "no such table" in said or "no such column" in said:
        return StoreDamaged(
            N_("The store {path} lacks a part of itself: stop, keep the file, and run desk restore with a backup."),
            path=path,
        )
    if "could not decode" in said:
        return changed_outside(path.name)
    if "disk i/o" in said:
        return StoreTroubled(
            N_(
                "The disk answered with an error; nothing was saved. Try again; if it comes back, look at the disk "
                "that holds {path}."
            ),
            path=path,
        )
    if any(word in said for word in ("malformed", "btree", "not a database", "corrupt")):
        return damaged(path)
    if "unable to open" in said:
        return StoreProblem(
            N_("The store {path} cannot be opened: check that the folder exists and may be used."), path=path
        )
    return None
