"""Setting up a site: its name, hours, standards, holidays, first administrator."""

from pathlib import Path

from data.operators import Operator
from data.store.opening import create_store, remove_store
from data.store.store import Store
from data.words import N_
from desk import operators, site
from desk.act import SYSTEM, Desk, Now
from desk.calendar import parse_hours
from desk.ground.refusals import Invalid
from desk.ground.wallclock import wall_clock


def set_up(
    path: Path,
    *,
    name: str,
    admin_code: str,
    admin_name: str,
    secret: str,
    zone: str = "",
    duty: str = "",
    summer: str = "",
    now: Now = wall_clock,
) -> Store:
    """Make a store for a real site; nothing is left behind when a value is refused.

    Raises:
        Invalid: at the field that is wrong.
        StoreProblem: no store can be made there.
    """
    values = {"site.name": name.strip(), "site.zone": zone, "duty.usual": duty, "duty.summer": summer}
    if not values["site.name"]:
        raise Invalid(N_("The site needs a name."), field="name")
    if zone:
        site.zone(zone)
    for key in ("duty.usual", "duty.summer"):
        if values[key]:
            parse_hours(values[key], field=key.removeprefix("duty."))
    operators.check_length(secret)
    store = create_store(path)
    try:
        with store.writing() as session:
            session.add(Operator(code=SYSTEM, name="Qiantai", roles="", secret_hash=""))
        with Desk(store, now).act(operator=SYSTEM) as act:
            for key, value in values.items():
                if value:
                    site.put(act.session, key, value)
            act.record("site.set_up")
            operators.add(act, code=admin_code, name=admin_name, roles="administrator", secret=secret)
    except BaseException:
        store.close()
        remove_store(path)
        raise
    return store
