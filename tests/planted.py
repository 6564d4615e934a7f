"""Loaded by pytest before anything else: plants the fault that the environment names (see faults.py)."""

import os

from tests.faults import plant

plant(os.environ["PLANTED"])
