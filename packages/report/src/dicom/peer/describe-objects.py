"""Prints, as JSON, what pydicom reads of DICOM files named on standard input: numbers of an SR by measurement group,
voxels of a SEG by segment, and the header's patient name."""

import json
import sys

import pydicom


def code_of(sequence):
    code = sequence[0]
    value = code.CodeValue if "CodeValue" in code else code.LongCodeValue
    return [value, code.CodingSchemeDesignator, code.CodeMeaning]


def named(item, value):
    return "ConceptNameCodeSequence" in item and code_of(item.ConceptNameCodeSequence)[0] == value


def groups_of(item):
    found = []
    for child in item.get("ContentSequence", []):
        if child.ValueType == "CONTAINER" and named(child, "125007"):
            found.append(group_of(child))
        else:
            found.extend(groups_of(child))
    return found


def group_of(group):
    items = group.ContentSequence
    text = lambda value: next((i.TextValue for i in items if named(i, value) and i.ValueType == "TEXT"), None)
    return {
        "site": text("site"),
        "item": text("item"),
        "tracking": next(i.UID for i in items if named(i, "112040")),
        "segment": next((i.ReferencedSOPSequence[0].ReferencedSegmentNumber for i in items if named(i, "121191")), None),
        "numbers": [number_of(i) for i in items if i.ValueType == "NUM"],
    }


def number_of(item):
    measured = item.MeasuredValueSequence[0]
    return {
        "code": code_of(item.ConceptNameCodeSequence),
        "unit": code_of(measured.MeasurementUnitsCodeSequence),
        "decimal": float(measured.NumericValue),
        "exact": measured.FloatingPointValue,
    }


def segments_of(data):
    frames = data.pixel_array.reshape(data.NumberOfFrames, data.Rows, data.Columns)
    voxels = {}
    for frame, group in zip(frames, data.PerFrameFunctionalGroupsSequence):
        number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        voxels[number] = voxels.get(number, 0) + int(frame.sum())
    return [{"tracking": s.TrackingUID, "voxels": voxels[s.SegmentNumber]} for s in data.SegmentSequence]


for line in sys.stdin.read().splitlines():
    data = pydicom.dcmread(line)
    described = {"patient": str(data.PatientName), "modality": data.Modality}
    if data.Modality == "SR":
        described["groups"] = groups_of(data)
    if data.Modality == "SEG":
        described["segments"] = segments_of(data)
    if data.Modality == "OT":
        described["sum"] = int(data.pixel_array.sum())
    print(json.dumps(described))
