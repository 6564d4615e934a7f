"""The order of a repair, in three copies, under either of its names (F-6, X-27, REP-4, REP-16)."""

from data.cases import Repair
from desk.cases.forms import head, visits
from desk.directory import yuan
from desk.paper.document import Cell, Document, Table
from desk.paper.parts import Form, Sheet, zh
from desk.repairs.life import is_again
from desk.repairs.onsite import charges_of, total, trips_of_round
from desk.repairs.terms import AREAS, BRANCHES, CHARGES, COPIES, ENDS, EVALUATIONS, SORTS, TRADES


def _order(sheet: Sheet, case: Repair) -> Document:
    trips = trips_of_round(sheet.session, case.number)
    lines = charges_of(sheet.session, case.number)
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
        ("业主检验", case.tested),
        ("业主评价", zh(EVALUATIONS, case.evaluation)),
        ("收款", sheet.at.by(case.paid_by, case.paid_at)),
        ("收据号", case.receipt),
        ("结果", f"{zh(ENDS, case.end)}　{case.outcome}".strip()),
    ]
    texts = [("报修内容", case.what), *([("工程经理意见", case.advice)] if case.advice else []), *visits(sheet, case)]
    rows: list[tuple[Cell, ...]] = [(line.item, line.name, line.quantity, yuan(line.fen)) for line in lines]
    rows += [("", "合计", "", yuan(total(sheet.session, case.number)))] if rows else []
    owed = "此前未付" if case.finished_at is None and is_again(sheet.session, case) else "收费"
    signed = [("维修人员", ""), ("业主同意价格", ""), ("业主签字", ""), ("工程经理", "")]
    return Document(
        sheet.title,
        sheet.site,
        case.number,
        fields,
        texts,
        tables=[Table(owed, ("编号", "项目", "数量", "金额"), rows)] if rows else [],
        signatures=signed,
        copies=[f"第{copy}联　{zh(COPIES, copy)}" for copy in COPIES],
    )


FORMS = {"order": Form("日常报修单", _order), "work_order": Form("维修工作单", _order)}
