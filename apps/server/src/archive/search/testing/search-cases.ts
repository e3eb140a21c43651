/** What a search is asked, and the labels of the fixture that it finds, in order. */
export interface SearchCase {
  /** "studies", "series", "instances", "studies/1/series" …: the resource, with the fixture's labels for UIDs. */
  readonly resource: string;
  /** The query string; "{1.2}" stands for the UID of the fixture's "1.2". */
  readonly query: string;
  readonly finds: readonly string[];
}

/** A rule or an attribute of the standard, and the searches that prove it. */
export interface SearchRule {
  readonly rule: string;
  /** Where the standard says so. */
  readonly section: string;
  readonly cases: readonly SearchCase[];
}

function studies(query: string, finds: string): SearchCase {
  return { resource: "studies", query, finds: words(finds) };
}
function series(query: string, finds: string): SearchCase {
  return { resource: "series", query, finds: words(finds) };
}
function instances(query: string, finds: string): SearchCase {
  return { resource: "instances", query, finds: words(finds) };
}
function words(text: string): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}

/** The rules of matching (PS3.4 C.2.2.2, PS3.18 8.3.4). */
export const matchingRules: readonly SearchRule[] = [
  {
    rule: "Single value: letter by letter, also where the value holds signs of SQL",
    section: "PS3.4 C.2.2.2.1",
    cases: [
      studies("AccessionNumber=ACC2", "2"),
      studies("AccessionNumber=acc2", "3"),
      studies("AccessionNumber=A_C2", "4"),
      studies("AccessionNumber=ACC", ""),
      studies("AccessionNumber=%27%20OR%201%3D1%20--", ""),
    ],
  },
  {
    rule: "Numbers (IS, DS, US …) by value: 007 is 7",
    section: "PS3.4 C.2.2.2.1",
    cases: [
      series("SeriesNumber=010", "1.2"),
      studies("PatientWeight=82.50", "1"),
      studies("OtherStudyNumbers=007", "1"),
    ],
  },
  {
    rule: "A time by what it says: 1015 is the minute, 2359 too",
    section: "PS3.4 C.2.2.2.1",
    cases: [
      studies("StudyTime=1015", "1"),
      studies("StudyTime=101530.5", "1"),
      studies("StudyTime=101530.6", ""),
      studies("StudyTime=080000", "2"),
      studies("StudyTime=23", "3"),
    ],
  },
  {
    rule: "Person names without regard to case and accents, spaces and carets",
    section: "PS3.4 C.2.2.2.1",
    cases: [
      studies("PatientName=LEFEVRE%5Ejean-noel", "1"),
      studies("PatientName=lef%C3%A8vre+jean-no%C3%ABl%5E%5E", "1"),
      studies("PatientName=dupont%5Epaul", "4"),
      studies("PatientName=DUPONT", ""),
      studies("PhysiciansOfRecord=orsted%5Ease", "1"),
    ],
  },
  {
    rule: "Person names by component group: the alphabetic one, any of another script, each where “=” is asked",
    section: "PS3.4 C.2.2.2.1, PS3.5 6.2.1",
    cases: [
      studies("PatientName=YAMADA%5ETAROU", "2"),
      studies("PatientName=%E5%B1%B1%E7%94%B0%5E%E5%A4%AA%E9%83%8E", "2"),
      studies("PatientName=%E3%82%84%E3%81%BE%E3%81%A0*", "2"),
      studies("PatientName=%3D%E5%B1%B1%E7%94%B0*", "2"),
      studies("PatientName=yamada*%3D%E5%B1%B1%E7%94%B0*", "2"),
      studies("PatientName=dupond*%3D%E5%B1%B1%E7%94%B0*", ""),
    ],
  },
  {
    rule: "Fuzzy names: each word begins a word of the name or is like one (trigrams ≥ 0.5), in any order",
    section: "PS3.4 C.2.2.2.1.1, PS3.18 8.3.4.2",
    cases: [
      studies("PatientName=jean+lefev&fuzzymatching=true", "1"),
      studies("PatientName=DUPONT&fuzzymatching=true", "3 4"),
      studies("PatientName=DUPONT&fuzzymatching=false", ""),
      studies("PatientName=DUPOND+paul&fuzzymatching=true", "4"),
      studies("PatientName=%E5%B1%B1%E7%94%B0&fuzzymatching=true", "2"),
      studies("PatientName=martin&fuzzymatching=true", ""),
      studies("ReferringPhysicianName=muler&fuzzymatching=true", "2 1"),
      studies("PhysiciansOfRecord=ase+orstet&fuzzymatching=true", "1"),
    ],
  },
  {
    rule: "List of UIDs, separated by comma or backslash, or the key asked again",
    section: "PS3.4 C.2.2.2.2, PS3.18 8.3.4.1",
    cases: [
      studies("StudyInstanceUID={1},{3}", "3 1"),
      studies("StudyInstanceUID={1}%5C{3}", "3 1"),
      studies("StudyInstanceUID={4}&StudyInstanceUID={2}", "2 4"),
      series("SeriesInstanceUID={1.2},{4.1},1.2.3", "1.2 4.1"),
      instances("SOPInstanceUID={1.1.2},{4.2.1}", "1.1.2 4.2.1"),
    ],
  },
  {
    rule: "Universal: no value, or nothing but asterisks; what has no value matches too",
    section: "PS3.4 C.2.2.2.3",
    cases: [
      studies("StudyDate=", "3 2 1 4"),
      studies("StudyDate=*", "3 2 1 4"),
      studies("ReferringPhysicianName=**", "3 2 1 4"),
      studies("RequestAttributesSequence=", "3 2 1 4"),
      studies("ProcedureCodeSequence.CodeValue=&PatientID=P1", "1 4"),
    ],
  },
  {
    rule: "Wildcards “*” and “?”; a stored %, _ or \\ is no wildcard",
    section: "PS3.4 C.2.2.2.4",
    cases: [
      studies("AccessionNumber=?CC2", "2"),
      studies("AccessionNumber=?cc?", "3"),
      studies("AccessionNumber=A*2", "2 4"),
      studies("AccessionNumber=A?C2", "2 4"),
      studies("StudyDescription=*100%25_*", "1"),
      studies("StudyDescription=*0%25?fait", "1"),
      studies("StudyDescription=%25*", ""),
      studies("PatientName=du*", "3 4"),
      studies("PatientName=*jean*", "1"),
      studies("PatientName=d?pon?%5E*", "3 4"),
      studies("PatientName=*%5EMARIE", "3"),
      studies("PatientID=P?", "2 1 4"),
      studies("ProcedureCodeSequence.CodeMeaning=scanner*", "1"),
    ],
  },
  {
    rule: "Range of dates, both ends included, either left open",
    section: "PS3.4 C.2.2.2.5.1",
    cases: [
      studies("StudyDate=20240229-20240229", "1"),
      studies("StudyDate=20240228-20240301", "3 2 1"),
      studies("StudyDate=20240301-", "3 2"),
      studies("StudyDate=-20240229", "1"),
      studies("StudyDate=20240301", "3 2"),
      studies("StudyDate=2024.02.29", "1"),
      studies("PatientBirthDate=19600101-19701231", "3 2"),
    ],
  },
  {
    rule: "Range of times of a day; what the end leaves unsaid is inside",
    section: "PS3.4 C.2.2.2.5.2",
    cases: [
      studies("StudyTime=0800-1015", "2 1"),
      studies("StudyTime=080001-", "3 1"),
      studies("StudyTime=-0800", "2"),
      studies("StudyTime=10:15:30-10:15:31", "1"),
      studies("StudyTime=2300-0900", ""),
      studies("PatientBirthTime=07-08", "1"),
    ],
  },
  {
    rule: "Range of dates and times (DT), offsets from UTC taken into account",
    section: "PS3.4 C.2.2.2.5.3",
    cases: [
      instances("AcquisitionDateTime=20240229091500%2B0000-20240229091600%2B0000", "1.1.2"),
      instances("AcquisitionDateTime=20240229101500%2B0000-", ""),
      instances("AcquisitionDateTime=202402291015+0100", "1.1.2"),
    ],
  },
  {
    rule: "A range of dates and one of times are one range of moments",
    section: "PS3.4 C.2.2.2.5.4, PS3.18 8.3.4.1",
    cases: [
      studies("StudyDate=20240229-20240301&StudyTime=1100-0900", "2"),
      studies("StudyDate=20240229-20240301&StudyTime=0900-1000", "2 1"),
      studies("StudyDate=20240229-&StudyTime=1100-", "3 2"),
      studies("StudyDate=-20240301&StudyTime=-0800", "2 1"),
      studies("StudyDate=20240301&StudyTime=1000-", "3"),
      series("PerformedProcedureStepStartDate=20240228-20240229&PerformedProcedureStepStartTime=1200-1005", ""),
      series("PerformedProcedureStepStartDate=20240228-20240229&PerformedProcedureStepStartTime=1000-1010", "1.1"),
    ],
  },
  {
    rule: "Sequences: keys of one sequence hold in one item of it",
    section: "PS3.4 C.2.2.2.6",
    cases: [
      studies("ProcedureCodeSequence.CodeValue=CT2", "1"),
      studies("ProcedureCodeSequence.CodeValue=CT1&ProcedureCodeSequence.CodingSchemeDesignator=99A", "1"),
      studies("ProcedureCodeSequence.CodeValue=CT1&ProcedureCodeSequence.CodingSchemeDesignator=99B", ""),
      studies("ProcedureCodeSequence.CodeValue=CT1&ProcedureCodeSequence.CodeMeaning=inj*", ""),
      studies("ProcedureCodeSequence.CodeValue=CT2&ProcedureCodeSequence.CodeMeaning=inj*", "1"),
      series("00400275.00400009=SPS2", "1.1"),
      series("RequestAttributesSequence.00400009=SPS2&00400275.RequestedProcedureID=RP1", ""),
    ],
  },
  {
    rule: "Empty value matching, where it is asked for",
    section: "PS3.4 C.2.2.2.7, PS3.18 8.3.4.5",
    cases: [
      studies("StudyDate=%22%22&emptyvaluematching=true", "4"),
      studies("StudyDescription=%22%22&emptyvaluematching=true", "3"),
      studies("ReferringPhysicianName=%22%22&emptyvaluematching=true", "3"),
      studies("PatientAge=%22%22&emptyvaluematching=true", "3 2 4"),
      studies("ProcedureCodeSequence=%22%22&emptyvaluematching=true", "3 2 4"),
      studies("StudyDescription=%22%22", ""),
    ],
  },
  {
    rule: "Several values: one is enough; every one, where multiple value matching is asked for",
    section: "PS3.4 C.2.2.2.8, PS3.18 8.3.4.6",
    cases: [
      studies("ModalitiesInStudy=PT%5CSR", "1 4"),
      studies("ModalitiesInStudy=CT,MR", "2 1 4"),
      studies("ModalitiesInStudy=CT%5CPT&multiplevaluematching=true", "4"),
      studies("PatientSex=F%5CO", "3 4"),
      studies("PhysiciansOfRecord=House%5EGregory%5COrsted%5EAse&multiplevaluematching=true", "1"),
      studies("PhysiciansOfRecord=House%5EGregory%5CNobody&multiplevaluematching=true", ""),
      instances("ImageType=ORIGINAL%5CPRIMARY&multiplevaluematching=true", "1.1.1"),
    ],
  },
  {
    rule: "Attributes by keyword or by tag, in upper or lower case",
    section: "PS3.18 8.3.4.1",
    cases: [studies("00100020=P2", "2"), studies("0020000d={2}", "2"), studies("0020000D={2}", "2")],
  },
  {
    rule: "All keys at once",
    section: "PS3.4 C.2.2.2",
    cases: [studies("PatientID=P1&IssuerOfPatientID=CHU", "1"), studies("PatientID=P1&ModalitiesInStudy=MR", "")],
  },
  {
    rule: "Attributes of a higher level in searches for series and instances",
    section: "PS3.18 10.6.1",
    cases: [
      series("PatientID=P1", "1.1 1.2 4.1 4.2"),
      instances("PatientName=dup*", "3.1.1 4.1.1 4.2.1"),
      instances("Modality=CT&StudyID=S-1", "1.1.1 1.1.2"),
    ],
  },
  {
    rule: "Attributes of a lower level find what has such a series or instance (more than the standard asks)",
    section: "–",
    cases: [
      studies("Modality=PT", "4"),
      studies("Modality=CT&SeriesNumber=2", "1"),
      studies("SOPInstanceUID={3.1.1}", "3"),
      series("SOPClassUID=1.2.840.10008.5.1.4.1.1.88.22", "1.2"),
    ],
  },
  {
    rule: "The study and the series that the URL names",
    section: "PS3.18 10.6.1.1",
    cases: [
      { resource: "studies/1/series", query: "", finds: ["1.1", "1.2"] },
      { resource: "studies/1/series", query: "Modality=SR", finds: ["1.2"] },
      { resource: "studies/1/instances", query: "", finds: ["1.1.1", "1.1.2", "1.2.1"] },
      { resource: "studies/1/series/1.1/instances", query: "", finds: ["1.1.1", "1.1.2"] },
      { resource: "studies/1/series/4.1/instances", query: "", finds: [] },
      { resource: "studies/1/series", query: "StudyInstanceUID={2}", finds: [] },
      { resource: "studies/9/series", query: "", finds: [] },
    ],
  },
  {
    rule: "Pages in one order, newest study first; the total is that of all",
    section: "PS3.18 8.3.4.4",
    cases: [
      studies("", "3 2 1 4"),
      studies("limit=2", "3 2"),
      studies("limit=2&offset=2", "1 4"),
      studies("limit=2&offset=3", "4"),
      studies("offset=4", ""),
      studies("limit=0", ""),
      series("", "3.1 2.1 1.1 1.2 4.1 4.2"),
      instances("limit=3&offset=1", "2.1.1 1.1.1 1.1.2"),
    ],
  },
];

/** Attributes that PS3.18 requires to be matched (table 10.6.1-5), and those that PS3.4 leaves optional. */
export const matchedAttributes: readonly SearchRule[] = [
  ...attributes("PS3.18 table 10.6.1-5, study", [
    ["StudyDate", studies("StudyDate=20240229", "1")],
    ["StudyTime", studies("StudyTime=101530.500", "1")],
    ["AccessionNumber", studies("AccessionNumber=ACC1", "1")],
    ["ModalitiesInStudy", studies("ModalitiesInStudy=MR", "2")],
    ["ReferringPhysicianName", studies("ReferringPhysicianName=martin%5Eluc", "4")],
    ["PatientName", studies("PatientName=Dupond%5EMarie", "3")],
    ["PatientID", studies("PatientID=P10", "3")],
    ["StudyInstanceUID", studies("StudyInstanceUID={2}", "2")],
    ["StudyID", studies("StudyID=S-4", "4")],
  ]),
  ...attributes("PS3.18 table 10.6.1-5, series", [
    ["Modality", series("Modality=SR", "1.2")],
    ["SeriesInstanceUID", series("SeriesInstanceUID={4.2}", "4.2")],
    ["SeriesNumber", series("SeriesNumber=2", "1.1 4.2")],
    ["PerformedProcedureStepStartDate", series("PerformedProcedureStepStartDate=20240301", "2.1")],
    ["PerformedProcedureStepStartTime", series("PerformedProcedureStepStartTime=1010", "1.1")],
    [
      "RequestAttributesSequence.ScheduledProcedureStepID",
      series("RequestAttributesSequence.ScheduledProcedureStepID=SPS1", "1.1"),
    ],
    [
      "RequestAttributesSequence.RequestedProcedureID",
      series("RequestAttributesSequence.RequestedProcedureID=RP*", "1.1"),
    ],
  ]),
  ...attributes("PS3.18 table 10.6.1-5, instance", [
    ["SOPClassUID", instances("SOPClassUID=1.2.840.10008.5.1.4.1.1.88.22", "1.2.1")],
    ["SOPInstanceUID", instances("SOPInstanceUID={2.1.1}", "2.1.1")],
    ["InstanceNumber", instances("InstanceNumber=2", "1.1.2")],
  ]),
  ...attributes("PS3.4 tables C.6-1, C.6-2 and C.6-5, optional", [
    ["SOPClassesInStudy", studies("SOPClassesInStudy=1.2.840.10008.5.1.4.1.1.88.22", "1")],
    ["StudyDescription", studies("StudyDescription=IRM", "2")],
    ["ProcedureCodeSequence.CodeValue", studies("ProcedureCodeSequence.CodeValue=CT1", "1")],
    ["NameOfPhysiciansReadingStudy", studies("NameOfPhysiciansReadingStudy=curie*", "1")],
    ["PhysiciansOfRecord", studies("PhysiciansOfRecord=house%5Egregory", "1")],
    ["AdmittingDiagnosesDescription", studies("AdmittingDiagnosesDescription=Douleur%20*", "1")],
    [
      "ReferencedStudySequence.ReferencedSOPInstanceUID",
      studies("ReferencedStudySequence.ReferencedSOPInstanceUID=1.2.3.4", "1"),
    ],
    [
      "ReferencedPatientSequence.ReferencedSOPInstanceUID",
      studies("ReferencedPatientSequence.ReferencedSOPInstanceUID=1.2.4.4", "1"),
    ],
    ["IssuerOfPatientID", studies("IssuerOfPatientID=Clinique", "4")],
    ["PatientBirthDate", studies("PatientBirthDate=19700215", "3")],
    ["PatientBirthTime", studies("PatientBirthTime=0715", "1")],
    ["PatientSex", studies("PatientSex=F", "3")],
    ["OtherPatientNames", studies("OtherPatientNames=lefebvre*", "1")],
    ["PatientAge", studies("PatientAge=074Y", "1")],
    ["PatientSize", studies("PatientSize=1.80", "1")],
    ["PatientWeight", studies("PatientWeight=82.5", "1")],
    ["EthnicGroup", studies("EthnicGroup=X1", "1")],
    ["Occupation", studies("Occupation=Boul*", "1")],
    ["AdditionalPatientHistory", studies("AdditionalPatientHistory=tabac*2010", "1")],
    ["PatientComments", studies("PatientComments=un%20commentaire", "1")],
    ["OtherStudyNumbers", studies("OtherStudyNumbers=7", "1")],
    ["NumberOfPatientRelatedStudies", studies("NumberOfPatientRelatedStudies=1", "3 2 1 4")],
    ["NumberOfPatientRelatedSeries", studies("NumberOfPatientRelatedSeries=2", "1 4")],
    ["NumberOfPatientRelatedInstances", studies("NumberOfPatientRelatedInstances=3", "1")],
    ["NumberOfStudyRelatedSeries", studies("NumberOfStudyRelatedSeries=2", "1 4")],
    ["NumberOfStudyRelatedInstances", studies("NumberOfStudyRelatedInstances=3", "1")],
  ]),
  ...attributes("PS3.4 table C.6-3, optional", [
    ["SeriesDescription", series("SeriesDescription=Calcium*", "1.1")],
    ["BodyPartExamined", series("BodyPartExamined=HEART", "1.1")],
    ["ProtocolName", series("ProtocolName=CAC", "1.1")],
    ["NumberOfSeriesRelatedInstances", series("NumberOfSeriesRelatedInstances=2", "1.1")],
  ]),
  ...attributes("PS3.4 table C.6-4, optional", [
    ["Rows", instances("Rows=4&StudyID=S-2", "2.1.1")],
    ["AvailableTransferSyntaxUID", instances("AvailableTransferSyntaxUID=1.2.840.10008.1.2.1&StudyID=S-3", "3.1.1")],
    ["ImageType", instances("ImageType=DERIVED", "1.1.2")],
    ["ContentDate", instances("ContentDate=20240229-", "1.1.1 1.1.2")],
    ["SliceThickness", instances("SliceThickness=3.0", "1.1.1")],
    ["ContentCreatorName", instances("ContentCreatorName=orsted%5E*", "1.1.2")],
  ]),
];

function attributes(section: string, rows: readonly (readonly [string, SearchCase])[]): readonly SearchRule[] {
  return rows.map(([rule, found]) => ({ rule, section, cases: [found] }));
}
