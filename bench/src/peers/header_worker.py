"""header_worker.py <folder>: answers the commands plain, attributes, one a line, with JSON.

plain: dcmread(stop_before_pixels=True) and nothing else; pydicom then keeps most values as undecoded bytes.
attributes: the same, and the attributes that Etalon's header reader hands out are asked for, which decodes them.
"""

import hashlib
import json
import os
import sys
import time

import pydicom

from scoring import peak_bytes

KEYWORDS = """
SOPInstanceUID SOPClassUID StudyInstanceUID SeriesInstanceUID Modality ImageType FrameOfReferenceUID InstanceNumber
SeriesNumber SeriesDescription ProtocolName BodyPartExamined Manufacturer ManufacturerModelName KVP GantryDetectorTilt
SpacingBetweenSlices ConvolutionKernel ContrastBolusAgent Rows Columns NumberOfFrames SamplesPerPixel
PhotometricInterpretation BitsAllocated BitsStored PixelRepresentation PixelPaddingValue ImagePositionPatient
ImageOrientationPatient PixelSpacing SliceThickness RescaleSlope RescaleIntercept AcquisitionNumber
""".split()


def main():
    folder = sys.argv[1]
    for line in sys.stdin:
        command = line.strip()
        uids, distances, count = [], 0.0, 0
        before = time.perf_counter()
        for name in sorted(os.listdir(folder)):
            dataset = pydicom.dcmread(os.path.join(folder, name), stop_before_pixels=True)
            count += 1
            if command == "plain":
                continue
            header = {keyword: dataset.get(keyword) for keyword in KEYWORDS}
            uids.append(str(header["SOPInstanceUID"]))
            distances += abs(float(header["ImagePositionPatient"][2]))
        taken = time.perf_counter() - before
        answer = {"seconds": taken, "count": count, "peakBytes": peak_bytes()}
        if command != "plain":
            answer["uidsSha256"] = hashlib.sha256("\n".join(sorted(uids)).encode()).hexdigest()
            answer["distanceSumMm"] = distances
        print(json.dumps(answer), flush=True)


main()
