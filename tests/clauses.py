"""Prints where the clauses stand, system by system; with names of systems, every clause of those.

scripts/clauses [SYSTEM …]
"""

import sys
from collections import Counter

from tests.clause_table import TABLE, standing

KINDS = ("proven", "unproven", "half", "not built")


def main(systems: list[str]) -> None:
    """Print the table, or the clauses of some systems."""
    found = standing()
    print(f"{'':<6}" + "".join(f"{kind:>11}" for kind in KINDS))
    for system in TABLE["law"]:
        count = Counter(kind for clause, kind in found.items() if clause.partition("-")[0] == system)
        print(f"{system:<6}" + "".join(f"{count[kind]:>11}" for kind in KINDS))
    total = Counter(found.values())
    print(f"{'all':<6}" + "".join(f"{total[kind]:>11}" for kind in KINDS))
    for clause, kind in found.items():
        if clause.partition("-")[0] in systems:
            print(f"{clause:<8} {kind:<10} {TABLE['half'].get(clause, '')}".rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
