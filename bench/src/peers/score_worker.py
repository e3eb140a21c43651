"""score_worker.py <volume.txt> <volume.raw>: answers the commands score, score-tuned, slabs, one a line, with JSON."""

import json
import sys
import time

import numpy as np

from scoring import average_to_slabs, score, with_marks


def read_volume(text_path, raw_path):
    with open(text_path, encoding="utf-8") as text:
        words = iter(text.read().split())
    columns, rows, slices = (int(next(words)) for _ in range(3))
    take = lambda count: np.array([float(next(words)) for _ in range(count)])
    row_spacing, column_spacing = take(2)
    u, v = take(3), take(3)
    lines = take(4 * slices).reshape(slices, 4)
    regions = [(next(words), take(3), float(next(words))) for _ in range(int(next(words)))]
    grid = {
        "row_spacing": row_spacing,
        "column_spacing": column_spacing,
        "u": u,
        "v": v,
        "origins": lines[:, :3],
        "increments": lines[:, 3],
    }
    values = np.fromfile(raw_path, dtype="<i2").reshape(slices, rows, columns)
    return values, with_marks(grid, regions)


def main():
    values, grid = read_volume(*sys.argv[1:])
    for line in sys.stdin:
        command = line.strip()
        before = time.perf_counter()
        if command == "slabs":
            sites = score(*average_to_slabs(values, grid))
        elif command in ("score", "score-tuned"):
            sites = score(values, grid, tuned=command == "score-tuned")
        else:
            raise SystemExit(f"unknown command {command}")
        taken = time.perf_counter() - before
        print(json.dumps({"seconds": taken, "sites": sites}), flush=True)


main()
