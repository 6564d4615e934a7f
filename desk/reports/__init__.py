"""Day, week and month sheets: counts, rates against targets, times, breaches with reasons (RPT-6, F-13, F-19)."""

from desk.reports.filing import (
    close_month,
    close_year,
    file_week,
    open_periods,
    send_copy,
    why_not_close,
    why_not_file_week,
    why_not_send_copy,
)
from desk.reports.periods import KINDS, Period, closed_record, month_record, moved, period, week_record
from desk.reports.sheet import document, growing

__all__ = [
    "KINDS", "Period", "close_month", "close_year", "closed_record", "document", "file_week", "growing", "month_record",
    "moved", "open_periods", "period", "send_copy", "week_record", "why_not_close", "why_not_file_week",
    "why_not_send_copy",
]  # fmt: skip
