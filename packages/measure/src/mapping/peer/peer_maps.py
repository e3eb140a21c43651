"""Maps by other programs, as JSON on standard output.

peer_maps.py mat FILE      the T1 of a .mat file of Barral's package, rows as DICOM has them, 0 outside its mask
peer_maps.py decay         fits amplitude and time of every signal of {"fits": [{"times": […], "signal": […]}, …]}
"""

import json
import sys

import numpy as np


def read_mat(path):
    from scipy.io import loadmat

    file = loadmat(path)
    # Stored transposed relative to the DICOM rows (MANIFEST.tsv).
    t1 = file["ll_T1"][:, :, 0, 0].T
    return np.where(file["mask"].T > 0, t1, 0).ravel().tolist()


def fit_decays(fits):
    from scipy.optimize import curve_fit

    def decay(times, amplitude, time):
        return amplitude * np.exp(-times / time)

    found = []
    for fit in fits:
        times, signal = np.array(fit["times"]), np.array(fit["signal"])
        start = [1.2 * signal[0], 20.0]
        try:
            found.append(float(curve_fit(decay, times, signal, p0=start, maxfev=20000)[0][1]))
        except RuntimeError:
            found.append(None)
    return found


np.seterr(over="ignore")
answer = read_mat(sys.argv[2]) if sys.argv[1] == "mat" else fit_decays(json.load(sys.stdin)["fits"])
json.dump(answer, sys.stdout)
