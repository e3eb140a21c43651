"""The scoring task of the benchmark with numpy and scipy.ndimage, as the field writes it."""

import math

import numpy as np
from scipy import ndimage

THRESHOLD_HU = 130
CUT_POINTS_HU = (130, 200, 300, 400)
MINIMUM_AREA_MM2 = 1.0
REFERENCE_MM = 3.0
EDGE_TOLERANCE_MM = 0.01
EIGHT = np.ones((3, 3), dtype=int)
TWENTY_SIX = np.ones((3, 3, 3), dtype=int)


def plane_lesions(image):
    """Labels of the 8-connected components of a slice, then size, sum, peak and centroid (row, column) of each."""
    mask = image >= THRESHOLD_HU
    labels, count = ndimage.label(mask, structure=EIGHT)
    if count == 0:
        return labels, count, None
    index = np.arange(1, count + 1)
    pixels = ndimage.sum(mask, labels, index)
    sums = ndimage.sum(image, labels, index)
    peaks = ndimage.maximum(image, labels, index)
    centroids = np.array(ndimage.center_of_mass(mask, labels, index))
    return labels, count, (pixels, sums, peaks, centroids)


def plane_lesions_tuned(image):
    """The same by hand, from the bright voxels only: what somebody who has profiled it writes."""
    mask = image >= THRESHOLD_HU
    labels, count = ndimage.label(mask, structure=EIGHT)
    if count == 0:
        return labels, count, None
    rows, columns = np.nonzero(mask)
    of_voxel = labels[rows, columns] - 1
    values = image[rows, columns]
    pixels = np.bincount(of_voxel, minlength=count)
    sums = np.bincount(of_voxel, weights=values, minlength=count)
    order = np.argsort(of_voxel, kind="stable")
    starts = np.concatenate(([0], np.cumsum(pixels)[:-1]))
    peaks = np.maximum.reduceat(values[order], starts)
    centroids = np.stack(
        (
            np.bincount(of_voxel, weights=rows, minlength=count) / pixels,
            np.bincount(of_voxel, weights=columns, minlength=count) / pixels,
        ),
        axis=1,
    )
    return labels, count, (pixels, sums, peaks, centroids)


def sites_of(centroids, origin, grid):
    """Index of the site of the sphere that holds each centroid, -1 for none; the first of several."""
    across = centroids[:, 1] * grid["column_spacing"]
    down = centroids[:, 0] * grid["row_spacing"]
    points = origin + across[:, None] * grid["u"] + down[:, None] * grid["v"]
    sites = np.full(len(points), -1)
    for site, centre, radius in reversed(grid["spheres"]):
        sites[((points - centre) ** 2).sum(axis=1) <= radius * radius] = site
    return sites


def score(values, grid, tuned=False):
    """Per-site sums of a volume of shape [z, y, x]."""
    measure = plane_lesions_tuned if tuned else plane_lesions
    names = grid["sites"]
    totals = [
        {"label": name, "agatston": 0.0, "volumeMm3": 0.0, "densityVolume": 0.0, "sliceLesions": 0, "lesions": 0}
        for name in names
    ]
    pixel_area = grid["row_spacing"] * grid["column_spacing"]
    site_map = np.full(values.shape, -2, dtype=np.int8)  # -2 dark, -1 of no site
    counted_map = np.zeros(values.shape, dtype=bool)
    for z, image in enumerate(values):
        labels, count, measured = measure(image)
        if measured is None:
            continue
        pixels, sums, peaks, centroids = measured
        sites = sites_of(centroids, grid["origins"][z], grid)
        increment = grid["increments"][z]
        site_map[z] = np.concatenate(([-2], sites))[labels]
        area = pixels * pixel_area
        counts = (area >= MINIMUM_AREA_MM2) & (sites >= 0)
        if not counts.any():
            continue
        weights = np.searchsorted(CUT_POINTS_HU, peaks, side="right")
        counted_map[z] = np.concatenate(([False], counts))[labels]
        for lesion in np.flatnonzero(counts):
            total = totals[sites[lesion]]
            total["agatston"] += area[lesion] * weights[lesion] * (increment / REFERENCE_MM)
            total["volumeMm3"] += area[lesion] * increment
            total["densityVolume"] += sums[lesion] * pixel_area * increment
            total["sliceLesions"] += 1
    # Lesions in space: what has no site in one pass over the volume, each site in the box that holds it.
    ndimage.label(site_map == -1, structure=TWENTY_SIX)
    for site, box in enumerate(ndimage.find_objects(site_map + 1 if len(names) else site_map, len(names))):
        if box is None:
            continue
        labels, _ = ndimage.label(site_map[box] == site, structure=TWENTY_SIX)
        totals[site]["lesions"] = len(np.unique(labels[counted_map[box] & (labels > 0)]))
    return totals


def average_to_slabs(values, grid):
    """Slabs of 3 mm side by side, every slice weighted by its overlap; single precision."""
    normal = np.cross(grid["u"], grid["v"])
    positions = grid["origins"] @ normal
    increments = grid["increments"]
    edges = np.concatenate(
        (
            [positions[0] - increments[0] / 2],
            (positions[1:] + positions[:-1]) / 2,
            [positions[-1] + increments[-1] / 2],
        )
    )
    count = math.ceil((edges[-1] - edges[0] - EDGE_TOLERANCE_MM) / REFERENCE_MM)
    slabs = np.empty((count,) + values.shape[1:], dtype=np.float32)
    origins = np.empty((count, 3))
    extents = np.empty(count)
    low = edges[0]
    for slab in range(count):
        high = min(edges[0] + (slab + 1) * REFERENCE_MM, edges[-1])
        nearest = edges[np.abs(edges - high).argmin()]
        if abs(nearest - high) <= EDGE_TOLERANCE_MM:
            high = nearest
        total = np.zeros(values.shape[1:])
        extent = 0.0
        for k in np.flatnonzero((edges[1:] > low) & (edges[:-1] < high)):
            overlap = min(edges[k + 1], high) - max(edges[k], low)
            total += overlap * values[k]
            extent += overlap
        slabs[slab] = total / extent
        origins[slab] = grid["origins"][0] + ((low + high) / 2 - positions[0]) * normal
        extents[slab] = high - low
        low = high
    return slabs, {**grid, "origins": origins, "increments": extents}


def with_marks(grid, regions):
    """The grid with the spheres of the marks: (label, centre, radius) each."""
    sites = list(dict.fromkeys(label for label, _, _ in regions))
    spheres = [(sites.index(label), np.array(centre), radius) for label, centre, radius in regions]
    return {**grid, "sites": sites, "spheres": spheres}


def peak_bytes():
    """Largest resident set of this process so far (Linux)."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise RuntimeError("no VmHWM in /proc/self/status")
