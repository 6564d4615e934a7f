"""Half-typed forms: saved as they are typed, so that a closed terminal loses nothing; no full ID number in them."""

import json
from datetime import UTC, datetime

from sqlmodel import col, delete, select

from data.journal import Draft
from data.store.store import Store
from desk.ground import idcards


def save(store: Store, operator: str, form: str, values: dict[str, str], now: datetime) -> None:
    """Keep a form's values; an all-empty form is forgotten."""
    with store.writing() as session:
        if any(values.values()):
            hidden = {name: idcards.mask_inside(value) for name, value in values.items()}
            text = json.dumps(hidden, ensure_ascii=False)
            session.merge(Draft(operator=operator, form=form, values=text, at=now))
        else:
            session.exec(delete(Draft).where(col(Draft.operator) == operator, col(Draft.form) == form))


def load(store: Store, operator: str, form: str) -> dict[str, str]:
    """The kept values of a form, or nothing."""
    with store.reading() as session:
        draft = session.get(Draft, (operator, form))
        return _read(draft)


def newest(store: Store, operator: str, system: str) -> dict[str, str]:
    """The draft that was kept last of the forms of one system, or nothing."""
    with store.reading() as session:
        query = select(Draft).where(Draft.operator == operator, col(Draft.form).startswith(f"{system}:"))
        draft = session.exec(query.order_by(col(Draft.at).desc(), col(Draft.form)).limit(1)).first()
        return _read(draft)


def _read(draft: Draft | None) -> dict[str, str]:
    """What was typed; nothing of a draft that somebody spoilt."""
    try:
        return dict(json.loads(draft.values)) if draft else {}
    except (ValueError, TypeError):
        return {}


def forget(store: Store, operator: str, form: str) -> None:
    """Throw a draft away once it was saved or given up."""
    save(store, operator, form, {}, datetime.min.replace(tzinfo=UTC))
