"""The book of a post on paper 执勤记录: everything of one day and post, who wrote and who handled it (F-58)."""

from datetime import timedelta

from sqlmodel import col, select

from data.duty import PostEntry
from desk.duty.terms import POSTS
from desk.paper.document import Document, Table
from desk.paper.parts import Form, Sheet, zh


def _book(sheet: Sheet, one: PostEntry) -> Document:
    """The day on which an entry lies, of its post."""
    day = sheet.at.calendar.local(one.at).date()
    begin = sheet.at.calendar.midnight(day)
    end = sheet.at.calendar.midnight(day + timedelta(days=1))
    query = select(PostEntry).where(PostEntry.post == one.post, PostEntry.at >= begin, PostEntry.at < end)
    entries = list(sheet.session.exec(query.order_by(col(PostEntry.at), col(PostEntry.number))))
    rows = [
        (f"{sheet.at.calendar.local(each.at):%H:%M}", each.what, sheet.at.who[each.written_by],
         each.handled or "未处理", sheet.at.by(each.handled_by, each.handled_at) if each.handled_at else "")
        for each in entries
    ]  # fmt: skip
    return Document(
        sheet.title, sheet.site, one.number, [("岗位", zh(POSTS, one.post)), ("日期", str(day))], [],
        tables=[Table("执勤事项", ("时间", "事件", "记录人", "处理情况", "处理人"), list(rows))],
        signatures=[("值班人", ""), ("队长", "")],
    )  # fmt: skip


FORMS = {"book": Form("执勤记录", _book)}
