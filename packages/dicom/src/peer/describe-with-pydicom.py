"""Prints, as one JSON document, what pydicom reads in each file named on standard input (one path a line).

{path: {"elements": {"<tag path>": [vr, value]}} or {"error": text}}. A tag path is "00081140[0].00081150". Text values are
lists of strings as pydicom's str() gives them, numbers lists of numbers, binary values {"length", "sha256"}.
"""
import hashlib
import json
import sys
import warnings

import pydicom
from pydicom.multival import MultiValue
from pydicom.valuerep import PersonName

warnings.simplefilter("ignore")


def plain(value):
    if value is None:
        return None
    if isinstance(value, pydicom.tag.BaseTag):
        return f"{int(value):08X}"
    if isinstance(value, (bool, int)) and not isinstance(value, pydicom.valuerep.IS):
        return value
    if isinstance(value, (pydicom.valuerep.IS, pydicom.valuerep.DSfloat, float)):
        return float(value)
    if isinstance(value, PersonName):
        return "=".join(value.components).rstrip("=")
    return str(value)


def digest(value):
    return {"length": len(value), "sha256": hashlib.sha256(value).hexdigest()}


def values(element):
    value = element.value
    if isinstance(value, (bytes, bytearray)):
        return digest(value)
    if value is None or (isinstance(value, str) and value == ""):
        return []
    if isinstance(value, (MultiValue, list, tuple)):
        return [plain(v) for v in value]
    return [plain(value)]


def walk(dataset, prefix, found):
    for tag in sorted(dataset.keys()):
        path = f"{prefix}{int(tag):08X}"
        raw = dataset.get_item(tag)
        # pydicom would name the VR from its dictionaries of private elements, which the Standard does not have.
        if tag.is_private and tag.element >= 0x1000 and getattr(raw, "is_raw", False) and raw.VR in (None, "UN"):
            found[path] = ["UN", digest(raw.value or b"")]
            continue
        try:
            element = dataset[tag]
            if element.VR == "SQ":
                found[path] = ["SQ", len(element.value)]
                for i, item in enumerate(element.value):
                    walk(item, f"{path}[{i}].", found)
            else:
                found[path] = [element.VR, values(element)]
        except Exception as error:  # pydicom refuses this element: there is nothing to compare
            found[path] = ["??", str(error)]


def describe(path):
    try:
        dataset = pydicom.dcmread(path, force=False)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    found = {}
    walk(dataset, "", found)
    return {"elements": found}


print(json.dumps({path: describe(path) for path in sys.stdin.read().splitlines() if path}))
