"""Triggers that keep numbered papers and the journal whole, whoever opens the file."""

from data.tables import NUMBERED


def trigger_statements() -> list[str]:
    """The SQL that creates every trigger of the journal and the numbered papers."""
    return journal_trigger_statements() + paper_trigger_statements(*(table for table, _letters in NUMBERED.values()))


def journal_trigger_statements() -> list[str]:
    """The SQL of the triggers that keep the journal."""
    return [
        _forbid("journal", "DELETE", "the journal is append-only"),
        _forbid("journal", "UPDATE", "the journal is append-only"),
    ]


def paper_trigger_statements(*tables: str) -> list[str]:
    """The SQL of the triggers that keep the rows and numbers of these tables."""
    statements = []
    for table in tables:
        statements.append(_forbid(table, "DELETE", "a numbered paper is never deleted"))
        statements.append(_forbid(table, "UPDATE OF number", "a number never changes"))
    return statements


FIXED = (
    "unit_id", "carrier", "nature", "reason", "destination", "mover", "mover_id_sealed", "mover_id_masked",
    "mover_id_index", "mover_phone", "plate", "proof", "ticks", "moving_at", "valid_from", "issued_at", "issued_by",
    "pieces", "replaces", "owner", "tenant",
)  # fmt: skip
_SIGNED = "(SELECT state FROM release_pass WHERE number = {row}.number) NOT IN ('hold', 'issued')"


def pass_trigger_statements() -> list[str]:
    """The SQL of the triggers that keep the contents of a signed pass as they were signed (REL-10, REL-13)."""
    why = "a signed pass never changes"
    return [
        f"CREATE TRIGGER keep_signed_pass BEFORE UPDATE OF {', '.join(FIXED)} ON release_pass "
        f"WHEN OLD.state NOT IN ('hold', 'issued') BEGIN SELECT RAISE(ABORT, '{why}'); END",
        f"CREATE TRIGGER keep_signed_goods BEFORE UPDATE OF number, line, name, quantity, unit ON pass_item "
        f"WHEN {_SIGNED.format(row='OLD')} BEGIN SELECT RAISE(ABORT, '{why}'); END",
        f"CREATE TRIGGER keep_signed_goods_whole BEFORE DELETE ON pass_item "
        f"WHEN {_SIGNED.format(row='OLD')} BEGIN SELECT RAISE(ABORT, '{why}'); END",
        f"CREATE TRIGGER keep_signed_goods_few BEFORE INSERT ON pass_item "
        f"WHEN {_SIGNED.format(row='NEW')} BEGIN SELECT RAISE(ABORT, '{why}'); END",
        f"CREATE TRIGGER keep_pass_trips BEFORE DELETE ON pass_trip BEGIN SELECT RAISE(ABORT, '{why}'); END",
        f"CREATE TRIGGER keep_pass_calls BEFORE DELETE ON pass_call BEGIN SELECT RAISE(ABORT, '{why}'); END",
    ]


def later_trigger_statements() -> list[str]:
    """The SQL of the triggers that came with later migrations."""
    return [
        "CREATE TRIGGER keep_archive_wrong BEFORE UPDATE OF archive_wrong ON release_pass "
        "WHEN OLD.state NOT IN ('hold', 'issued') BEGIN SELECT RAISE(ABORT, 'a signed pass never changes'); END"
    ]


def every_trigger() -> list[str]:
    """The SQL of every trigger that a store of this version has."""
    return trigger_statements() + pass_trigger_statements() + later_trigger_statements()


def _forbid(table: str, action: str, why: str) -> str:
    name = f"keep_{table}_{action.split()[0].lower()}"
    return f"CREATE TRIGGER {name} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{why}'); END"
