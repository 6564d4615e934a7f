"""The order of a repair, in three copies, under either of its names, and the price list (F-6, F-7, X-27, REP-4)."""

from data.cases import Repair
from desk import cases
from desk.cases.forms import head, visits
from desk.directory import yuan
from desk.paper.document import Cell, Document, Table
from desk.paper.parts import Form, Sheet, zh
from desk.repairs import prices
from desk.repairs.life import is_again
from desk.repairs.onsite import charges_of, total, trips_of_round
from desk.repairs.terms import AREAS, BRANCHES, CHARGES, COPIES, ENDS, EVALUATIONS, SORTS, TRADES

# So many empty lines stand on an order for what it will cost.
BLANK_LINES = 4


def _order(sheet: Sheet, case: Repair) -> Document:
    trips = trips_of_round(sheet.session, case.number)
    at_home = case.area != "public"
    fields = [
        *head(sheet, case),
        ("回拨电话", case.phone),
        ("地点", f"{zh(AREAS, case.area)}　{case.spot}".strip()),
        ("预约时间", sheet.at(case.appointment_at)),
        ("类别", zh(SORTS, case.sort)),
        ("工种", zh(TRADES, case.trade)),
        ("到场要求", zh(BRANCHES, case.branch)),
        # Whoever signed for an earlier round has not signed for this one.
        ("领单", sheet.at.by(case.collected_by, case.collected_at) if case.collected_at else ""),
        ("维修人员", sheet.at.who[case.worker]),
        ("到场时间", "　".join(sheet.at(trip.arrived_at) for trip in trips)),
        ("价目", " ".join(filter(None, (zh(CHARGES, case.charge), case.edition)))),
        ("实际项目", case.found),
        ("材料", case.materials),
        *([("业主检验", case.tested), ("业主评价", _evaluation(case))] if at_home else []),
        ("收款", sheet.at.by(case.paid_by, case.paid_at)),
        ("收据号", case.receipt),
        ("结果", f"{zh(ENDS, case.end)}　{'' if case.end == 'declined' else case.outcome}".strip()),
    ]
    texts = [("报修内容", case.what), *([("工程经理意见", case.advice)] if case.advice else [])]
    texts += [("不同意价格的原因", case.outcome)] if case.end == "declined" else []
    return Document(
        sheet.title,
        sheet.site,
        case.number,
        fields,
        [*texts, *visits(sheet, case)],
        tables=_charges(sheet, case),
        signatures=_signatures(sheet, case, at_home=at_home),
        copies=[f"第{copy}联　{zh(COPIES, copy)}" for copy in (("1",) if case.end == "declined" else COPIES)],
    )


def _evaluation(case: Repair) -> str:
    """What the owner says, to be ticked on the paper until it is known (REP-17)."""
    said = {key: zh(EVALUATIONS, key) for key in ("satisfied", "dissatisfied", "none")}
    return zh(EVALUATIONS, case.evaluation) or "　　".join(f"□ {word}" for word in said.values())


def _charges(sheet: Sheet, case: Repair) -> list[Table]:
    """What it costs, or lines to write it on while the order is under way (REP-10, REP-13)."""
    lines = charges_of(sheet.session, case.number)
    units = prices.units(sheet.store, case.edition)
    rows: list[tuple[Cell, ...]] = [
        (line.item, line.name, f"{line.quantity}{units.get(line.item, '')}", yuan(line.fen)) for line in lines
    ]
    owed = case.finished_at is None and is_again(sheet.session, case)
    if rows:
        rows.append(("", "合计", "", yuan(total(sheet.session, case.number))))
    elif not case.end and case.finished_at is None and case.charge != "free":
        rows += [("", "", "", "")] * BLANK_LINES
        rows.append(("", "合计", "", ""))
    headings = ("编号", "项目", "数量", "金额（元）")
    return [Table("此前未付" if owed and lines else "收费", headings, rows)] if rows else []


def _signatures(sheet: Sheet, case: Repair, *, at_home: bool) -> list[tuple[str, str]]:
    """Who signs on paper; who agreed to the price and who answered or signed at the desk is named (REP-9, REP-11)."""
    said = {one.kind: one for one in cases.notes_of(sheet.session, case.number)}
    consent, declined = said.get("consent"), said.get("decline_price") if case.end == "declined" else None
    agreed = f"{consent.text}　{sheet.at(consent.at)}" if consent and case.charge == "paid" else ""
    manager = sheet.at.by(case.advised_by, case.advised_at) if case.advised_at else ""
    manager = sheet.at.by(declined.operator, declined.at) if declined else manager
    owner = [("业主同意价格", agreed), ("业主签字", "")] if at_home else []
    return [("维修人员", ""), *owner, ("工程经理", manager)]


def _prices(sheet: Sheet, case: Repair) -> Document:
    """The list that is shown before the work, in the edition that was shown or counts today (F-7, REP-11)."""
    known = prices.book(sheet.store, case.edition, today=sheet.today)
    rows: list[tuple[Cell, ...]] = [
        (one.item, one.name, "按实际核定" if one.kind == "survey" else prices.in_words(one)) for one in known.prices
    ]
    table = Table("收费项目", ("编号", "项目", "收费标准（元）"), rows)
    return Document(sheet.title, sheet.site, known.edition, [("执行日期", known.edition)], tables=[table])


FORMS = {
    "order": Form("日常报修单", _order),
    "work_order": Form("维修工作单", _order),
    "prices": Form("有偿维修服务收费标准", _prices),
}
