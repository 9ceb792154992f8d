"""The share of branches that the tests have reached: `python tests/branches.py 95`.

It reads what `coverage combine` left, and ends with 1 where the share is smaller; the
`fail_under` of coverage itself counts statements too, which are easier to reach.
"""

from __future__ import annotations

import json
import sys
import tempfile

from coverage import Coverage


def main(least):
    """Print the share; whether it is large enough."""
    counted = Coverage()
    counted.load()
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        counted.json_report(outfile=file.name)
        totals = json.load(file)["totals"]
    reached, all_of_them = totals["covered_branches"], totals["num_branches"]
    share = 100 * reached / all_of_them
    print(f"branches: {reached:,} of {all_of_them:,} reached, {share:.1f} %, at least {least:g} %")
    return share >= least


if __name__ == "__main__":
    sys.exit(not main(float(sys.argv[1])))
