"""The T1 map of MOLLI images by scipy's curve_fit, for both signs of the smallest magnitude.

molli.py FILE VOXELS: FILE holds VOXELS x 8 floats. Prints the seconds, writes the T1 of every voxel to FILE.t1.
"""

import sys
import time

import numpy as np
from scipy.optimize import curve_fit

TIMES = np.array([100, 180, 260, 1000, 1080, 1900, 2000, 2900], dtype=float)


def recovery(times, a, b, time_constant):
    return a - b * np.exp(-times / time_constant)


def t1_of(magnitude):
    lowest = int(np.argmin(magnitude))
    best = (np.inf, 0.0)
    for flipped in (lowest, lowest + 1):
        signal = magnitude.copy()
        signal[:flipped] *= -1
        start = [signal[-1], signal[-1] - signal[0], 800.0]
        try:
            (a, b, time_constant), _ = curve_fit(recovery, TIMES, signal, p0=start, maxfev=2000)
        except RuntimeError:
            continue
        squares = float(np.sum((signal - recovery(TIMES, a, b, time_constant)) ** 2))
        if squares < best[0]:
            best = (squares, time_constant * (b / a - 1))
    return best[1]


path, voxels = sys.argv[1], int(sys.argv[2])
data = np.fromfile(path, "<f4").reshape(-1, 8)[:voxels].astype(float)
np.seterr(all="ignore")
began = time.perf_counter()
t1 = np.array([t1_of(row) for row in data], dtype="<f4")
print(time.perf_counter() - began)
t1.tofile(path + ".t1")
