"""Promises and their clocks: standards, what starts and stops them, the queue, ticks, alarms."""
