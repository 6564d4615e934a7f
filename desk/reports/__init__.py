"""Day, week and month sheets: counts, rates against targets, times, breaches with reasons (RPT-6, F-13, F-19)."""

from desk.reports.filing import file_week, open_week, week_record
from desk.reports.periods import KINDS, Period, moved, period
from desk.reports.sheet import document

__all__ = ["KINDS", "Period", "document", "file_week", "moved", "open_week", "period", "week_record"]
