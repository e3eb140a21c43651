/** Attributes of an item that have a column or a rule of their own, by PS3.6 keyword. */
export const worklistTags = {
  specificCharacterSet: "00080005",
  accessionNumber: "00080050",
  modality: "00080060",
  patientName: "00100010",
  patientId: "00100020",
  studyInstanceUid: "0020000D",
  stationAeTitle: "00400001",
  startDate: "00400002",
  startTime: "00400003",
  stepId: "00400009",
  stepStatus: "00400020",
  steps: "00400100",
  requestedProcedureId: "00401001",
  placerOrderNumber: "00402016",
  fillerOrderNumber: "00402017",
} as const;
