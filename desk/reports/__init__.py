"""Day, week and month sheets: counts, rates against targets, times, breaches with reasons (RPT-6, F-13, F-19)."""

from desk.reports.filing import close_month, file_week, month_record, open_periods, send_copy, week_record
from desk.reports.periods import KINDS, Period, moved, period
from desk.reports.sheet import document, growing

__all__ = [
    "KINDS", "Period", "close_month", "document", "file_week", "growing", "month_record", "moved", "open_periods",
    "period", "send_copy", "week_record",
]  # fmt: skip
