"""folder_worker.py <folder> <marks.json>: reads a CT folder with pydicom, scores it with scipy, prints one line of JSON."""

import json
import os
import sys

import numpy as np
import pydicom

from scoring import average_to_slabs, peak_bytes, score, with_marks


def load(folder):
    paths = [entry.path for entry in os.scandir(folder) if entry.is_file()]
    datasets = [pydicom.dcmread(path) for path in paths]
    first = datasets[0]
    u = np.array(first.ImageOrientationPatient[:3], dtype=float)
    v = np.array(first.ImageOrientationPatient[3:], dtype=float)
    normal = np.cross(u, v)
    datasets.sort(key=lambda ds: np.dot(normal, np.array(ds.ImagePositionPatient, dtype=float)))
    values = np.empty((len(datasets), first.Rows, first.Columns), dtype=np.int16)
    for k, ds in enumerate(datasets):
        values[k] = ds.pixel_array * float(ds.RescaleSlope) + float(ds.RescaleIntercept)
        del ds.PixelData
        ds._pixel_array = None  # pydicom keeps the decoded pixels; a careful script lets them go
    origins = np.array([ds.ImagePositionPatient for ds in datasets], dtype=float)
    steps = np.diff(origins @ normal)
    increments = np.concatenate((steps[:1], (steps[1:] + steps[:-1]) / 2, steps[-1:]))
    grid = {
        "row_spacing": float(first.PixelSpacing[0]),
        "column_spacing": float(first.PixelSpacing[1]),
        "u": u,
        "v": v,
        "origins": origins,
        "increments": increments,
    }
    return values, grid, float(first.SliceThickness)


def main():
    folder, marks_path = sys.argv[1:]
    values, grid, thickness = load(folder)
    with open(marks_path, encoding="utf-8") as file:
        regions = json.load(file)["regions"]
    shapes = [(region["label"], region["shape"]["centerLpsMm"], region["shape"]["radiusMm"]) for region in regions]
    grid = with_marks(grid, shapes)
    if thickness < 2:
        values, grid = average_to_slabs(values, grid)
    print(json.dumps({"sites": score(values, grid), "peakBytes": peak_bytes()}))


main()
