import { type DataSet, firstItemOf, textOf } from "@etalon/dicom";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../create-log.ts";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { findItems } from "../worklist/find-items.ts";
import { recordOfItem } from "../worklist/record-of-item.ts";
import type { WorklistItem } from "../worklist/worklist-item.ts";
import { type Hl7Limits, type Hl7Server, startHl7Server } from "./start-hl7-server.ts";
import { type Hl7Sender, openHl7Sender } from "./testing/hl7-sender.ts";

/** An order as IHE RAD-4 sends it (TF-2 4.4.4.1), of a French hospital. */
function order(changes: Readonly<Record<string, string>> = {}, characterSet = "8859/1"): string {
  const segments: Record<string, string> = {
    MSH: `MSH|^~\\&|RIS|CHU|ETALON|IMG|20260701083000||ORM^O01^ORM_O01|CTL1|P|2.3.1||||||${characterSet}`,
    PID: "PID|||P-001^^^CHU&1.2.250.1&ISO~277^^^INS||LEFÈVRE^NOÉMIE^ANNE^^MME||19720303|F|||12 rue Étroite^^PARIS^^75013||01 42 16 00 00",
    PV1: "PV1||I|CARDIO^12^A|||||4711^DUPONT^ÉRIC^^^DR|||||||B6||||V77",
    AL1: "AL1|1|DA|PEN^Pénicilline",
    ORC: "ORC|NW|PL1|FI1||SC||1^once^^20260705093000^^S||20260701083000|99^ADMIN^ANNE|||Accueil|0142160001||CODE|CAR^Cardiologie|CT1",
    OBR: "OBR|1|PL1|FI1|TDMTHO^Scanner thoracique^L^PROT1^Thorax sans injection^L||||||||DIAB^Diabète|Allergie \\T\\ asthme|||815^LŒWE^ANAÏS||A1001|RP1|S1||||CT|||1^once^^20260705093000^^S|||WALK|^Dyspnée d'effort|||512&MÜLLER&ZOË",
    ZDS: "ZDS|1.2.826.0.1.3680043.8.498.8.1^Etalon^Application^DICOM",
    ...changes,
  };
  return Object.values(segments)
    .filter((text) => text !== "")
    .map((text) => `${text}\r`)
    .join("");
}

/** Latin-1 has no "Œ" (it came with 8859/15), as everyone who types Latin-1 knows. */
const latin = (text: string): string => text.replace("LŒWE", "LOEWE");

describe("orders over MLLP", () => {
  let database: TestDatabase;
  let server: Hl7Server;
  let sender: Hl7Sender;
  let log: string;

  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database?.stop());
  beforeEach(async () => {
    log = "";
    await listen();
  });
  afterEach(async () => {
    sender?.end();
    await server.close();
    await database.kysely.deleteFrom("worklist_item").execute();
  });

  const keepLine = (line: string): void => {
    log += line;
  };
  const scope = () => ({ siteId: database.siteId, actor: "test", purpose: "hl7" });

  async function listen(limits: Partial<Hl7Limits> = {}): Promise<void> {
    const lines = { write: keepLine };
    const clock = () => new Date("2026-07-01T08:30:01Z");
    const place = { database: database.kysely, scope: scope(), log: createLog("info", lines), clock };
    server = await startHl7Server({ ...place, host: "127.0.0.1", port: 0, limits });
    sender = await openHl7Sender(server.port);
  }

  async function relisten(limits: Partial<Hl7Limits>): Promise<void> {
    sender.end();
    await server.close();
    await listen(limits);
  }

  const items = (): Promise<readonly WorklistItem[]> => findItems(database.kysely, scope(), { keys: [], limit: 100 });
  const states = async (): Promise<readonly string[]> =>
    (await items()).map(({ state, attributes }) => `${stepOf(attributes)} ${state}`);

  it("NW: every field has its attribute", async () => {
    const answer = await sender.send(latin(order()));
    expect(answer.split("\r")).toEqual([
      expect.stringMatching(
        /^MSH\|\^~\\&\|ETALON\|IMG\|RIS\|CHU\|20260701083001\+0000\|\|ACK\^O01\^ACK\|[0-9a-f-]{20}\|P\|2\.3\.1\|{6}8859\/1$/,
      ),
      "MSA|AA|CTL1",
      "",
    ]);
    const [item, ...others] = await items();
    expect(others).toEqual([]);
    const code = (value: string, meaning: string) => [
      { CodeValue: value, CodingSchemeDesignator: "L", CodeMeaning: meaning },
    ];
    expect(recordOfItem(item?.attributes ?? {})).toEqual({
      PatientName: "LEFÈVRE^NOÉMIE^ANNE^MME",
      PatientID: "P-001",
      IssuerOfPatientID: "CHU",
      OtherPatientIDsSequence: [{ PatientID: "277", IssuerOfPatientID: "INS", TypeOfPatientID: "TEXT" }],
      PatientBirthDate: "19720303",
      PatientSex: "F",
      PatientAddress: "12 rue Étroite PARIS 75013",
      PatientTelephoneNumbers: "01 42 16 00 00",
      PatientState: "Diabète",
      MedicalAlerts: "Allergie & asthme",
      Allergies: "Pénicilline",
      PregnancyStatus: 3,
      AdmissionID: "V77",
      CurrentPatientLocation: "CARDIO 12 A",
      ReferringPhysicianName: "DUPONT^ÉRIC^^DR",
      AccessionNumber: "A1001",
      PlacerOrderNumberImagingServiceRequest: "PL1",
      FillerOrderNumberImagingServiceRequest: "FI1",
      RequestingPhysician: "LOEWE^ANAÏS",
      RequestingService: "Cardiologie",
      OrderEnteredBy: "ADMIN^ANNE",
      OrderEntererLocation: "Accueil",
      OrderCallbackPhoneNumber: "0142160001",
      IssueDateOfImagingServiceRequest: "20260701",
      IssueTimeOfImagingServiceRequest: "083000",
      StudyInstanceUID: "1.2.826.0.1.3680043.8.498.8.1",
      RequestedProcedureID: "RP1",
      RequestedProcedureDescription: "Scanner thoracique",
      RequestedProcedureCodeSequence: code("TDMTHO", "Scanner thoracique"),
      RequestedProcedurePriority: "STAT",
      PatientTransportArrangements: "WALK",
      ReasonForTheRequestedProcedure: "Dyspnée d'effort",
      ScheduledProcedureStepSequence: [
        {
          ScheduledStationAETitle: "CT1",
          ScheduledProcedureStepStartDate: "20260705",
          ScheduledProcedureStepStartTime: "093000",
          Modality: "CT",
          ScheduledPerformingPhysicianName: "MÜLLER^ZOË",
          ScheduledProcedureStepDescription: "Thorax sans injection",
          ScheduledProtocolCodeSequence: code("PROT1", "Thorax sans injection"),
          ScheduledProcedureStepID: "S1",
          ScheduledProcedureStepStatus: "SCHEDULED",
        },
      ],
    });
  });

  it.each([
    ["8859/1", "latin1", "LEFÈVRE^NOÉMIE^ANNE^MME"],
    ["UNICODE UTF-8", "utf8", "LEFÈVRE^NOÉMIE^ANNE^MME"],
    ["", "latin1", undefined],
    ["ASCII", "latin1", undefined],
    // Latin-1 bytes that say that they are UTF-8 would be another name.
    ["UNICODE UTF-8", "latin1", undefined],
    ["KLINGON", "latin1", undefined],
  ] as const)("character set %s in %s", async (characterSet, encoding, name) => {
    const answer = await sender.send(latin(order({}, characterSet)), encoding);
    const [item] = await items();
    expect(answer).toMatch(name === undefined ? /\rMSA\|AR\|.*\rERR\|.*MSH\^1\^18/ : /\rMSA\|AA\|CTL1\r/);
    expect(item && recordOfItem(item.attributes)["PatientName"]).toBe(name);
    expect(log).not.toMatch(/LEF|NO.MIE/);
  });

  it("a name in 8859/15, which has Œ: its bytes", async () => {
    const bytes = Buffer.from(order({}, "8859/15"), "latin1");
    // Buffer writes the low byte of U+0152; 8859-15 has it at BC.
    bytes[bytes.indexOf("L\x52WE", 0, "latin1") + 1] = 0xbc;
    sender.write(Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)]));
    expect(String(await sender.answer())).toContain("MSA|AA|CTL1");
    expect(recordOfItem((await items())[0]?.attributes ?? {})["RequestingPhysician"]).toBe("LŒWE^ANAÏS");
  });

  it("XO changes an item, which keeps its state and Study Instance UID; CA, DC and SC end it or move it on", async () => {
    await sender.send(latin(order({ ZDS: "" })));
    const [before] = await items();
    const common = (control: string, status: string) => `ORC|${control}|PL1|FI1||${status}||1^once^^20260706100000^^R`;
    const change = (control: string, status = "") =>
      sender.send(latin(order({ ORC: common(control, status), ZDS: "" })));
    expect(await change("XO")).toContain("MSA|AA");
    const [after] = await items();
    expect(after?.id).toBe(before?.id);
    expect(textOf(after?.attributes ?? {}, "0020000D")).toMatch(/^2\.25\.\d+$/);
    expect(textOf(after?.attributes ?? {}, "0020000D")).toBe(textOf(before?.attributes ?? {}, "0020000D"));
    expect(textOf(firstItemOf(after?.attributes ?? {}, "00400100") ?? {}, "00400002")).toBe("20260706");
    for (const [control, status, state] of [
      ["SC", "IP", "started"],
      ["XO", "", "started"],
      ["SC", "CM", "completed"],
      ["XO", "", "completed"],
      ["NW", "", "scheduled"],
      ["CA", "", "cancelled"],
      ["NW", "", "scheduled"],
      ["DC", "", "discontinued"],
      ["SC", "SC", "scheduled"],
    ] as const) {
      expect(await change(control, status), control).toContain("MSA|AA");
      expect(await states(), control).toEqual([`S1 ${state}`]);
    }
  });

  it("a cancellation by order numbers alone ends every step; of another patient, or of nothing, none", async () => {
    const second = { OBR: order().split("\r")[5]?.replace("|S1|", "|S2|") ?? "" };
    await sender.send(latin(order()));
    await sender.send(latin(order(second)));
    const cancel = (changes: Record<string, string>) =>
      sender.send(latin(order({ ORC: "ORC|CA|PL1|FI1", OBR: "", ZDS: "", ...changes })));
    expect(await cancel({ PID: "PID|||P-002||OTHER^ONE" })).toMatch(/MSA\|AE\|CTL1\|.*\rERR\|ORC\^1\^3\^204&/);
    expect(await cancel({ ORC: "ORC|CA|PL9|FI9" })).toMatch(/MSA\|AE\|CTL1/);
    expect(await cancel({ ORC: "ORC|CA" })).toMatch(/MSA\|AE\|CTL1\|.*\rERR\|ORC\^1\^3\^101&/);
    expect(await states()).toEqual(["S1 scheduled", "S2 scheduled"]);
    expect(await cancel({})).toContain("MSA|AA");
    expect(await states()).toEqual(["S1 cancelled", "S2 cancelled"]);
  });

  it("several orders are one: all of them or none", async () => {
    const obr = order().split("\r")[5] ?? "";
    const both = (stepId: string, modality: string) =>
      latin(
        order({
          OBR: `${obr}\r${order().split("\r")[4]}\r${obr.replace("|S1|", `|${stepId}|`).replace("|CT|", `|${modality}|`)}`,
        }),
      );
    expect(await sender.send(both("S2", ""))).toMatch(/MSA\|AE\|CTL1\|.*\rERR\|OBR\^1\^24\^101&/);
    expect(await states()).toEqual([]);
    expect(await sender.send(both("S2", "CT"))).toContain("MSA|AA");
    expect(await states()).toEqual(["S1 scheduled", "S2 scheduled"]);
    const uids = (await items()).map(({ attributes }) => textOf(attributes, "0020000D"));
    expect(new Set(uids)).toEqual(new Set(["1.2.826.0.1.3680043.8.498.8.1"]));
  });

  it("OMI^O23: IPC names the steps, TQ1 their time; ERR has fields", async () => {
    const imaging = {
      MSH: "MSH|^~\\&|RIS|CHU|ETALON|IMG|20260701083000||OMI^O23^OMI_O23|CTL2|P|2.5.1||||||UNICODE UTF-8",
      ORC: "ORC|NW|PL2|FI2||SC||||20260701083000",
      TQ1: "TQ1|1||||||20260708140000||A",
      OBR: "OBR|1|PL2|FI2|IRMC^IRM cardiaque^L",
      ZDS: "",
      IPC: "IPC|A2001|RP2|1.2.826.0.1.3680043.8.498.8.2|S1|MR|P1^Ciné^L|IRM 1|Salle 3|MR1\rIPC|A2001|RP2|1.2.826.0.1.3680043.8.498.8.2|S2|MR|P2^Perfusion^L|IRM 1|Salle 3|MR1",
    };
    expect(await sender.send(order(imaging), "utf8")).toContain("MSA|AA|CTL2");
    expect((await items()).map(({ attributes }) => recordOfItem(attributes)["ScheduledProcedureStepSequence"])).toEqual(
      [
        ["S1", "Ciné", "P1"],
        ["S2", "Perfusion", "P2"],
      ].map(([id, text, code]) => [
        {
          ScheduledStationAETitle: "MR1",
          ScheduledProcedureStepStartDate: "20260708",
          ScheduledProcedureStepStartTime: "140000",
          Modality: "MR",
          ScheduledProcedureStepDescription: text,
          ScheduledStationName: "IRM 1",
          ScheduledProcedureStepLocation: "Salle 3",
          ScheduledProtocolCodeSequence: [{ CodeValue: code, CodingSchemeDesignator: "L", CodeMeaning: text }],
          ScheduledProcedureStepID: id,
          ScheduledProcedureStepStatus: "SCHEDULED",
        },
      ]),
    );
    expect(await sender.send(order({ ...imaging, TQ1: "" }), "utf8")).toMatch(
      /\rMSA\|AE\|CTL2\|ORC-7: date.*\rERR\|\|ORC\^1\^7\|101\^Required field missing\^HL70357\|E\|\|\|\|ORC-7: date/,
    );
  });

  it.each([
    ["no message", "hello", /^MSH.*\rMSA\|AR\|\|.*\rERR\|\|MSH\^1\|100\^/],
    ["nothing", "", /\rMSA\|AR\|/],
    ["separators missing", "MSH|", /\rMSA\|AR\|/],
    ["another type", order().replace("ORM^O01", "ADT^A08"), /\rMSA\|AR\|CTL1\|.*\rERR\|MSH\^1\^9\^200&/],
    ["another event", order().replace("ORM^O01", "ORM^O99"), /\rMSA\|AR\|CTL1\|.*\rERR\|MSH\^1\^9\^201&/],
    ["version 3", order().replace("|2.3.1|", "|3|"), /\rMSA\|AR\|CTL1\|.*\rERR\|\|MSH\^1\^12\|203\^/],
    ["no control id", order().replace("|CTL1|", "||"), /\rMSA\|AR\|\|.*\rERR\|MSH\^1\^10\^101&/],
    ["no patient", order({ PID: "" }), /\rMSA\|AE\|CTL1\|.*\rERR\|PID\^1\^\^100&/],
    ["no name", order({ PID: "PID|||P1" }), /\rMSA\|AE\|CTL1\|.*\rERR\|PID\^1\^5\^101&/],
    ["no order", order({ ORC: "", OBR: "" }), /\rMSA\|AE\|CTL1\|.*\rERR\|ORC\^1\^\^100&/],
    ["an unknown control", order({ ORC: "ORC|ZZ|PL1" }), /\rMSA\|AE\|CTL1\|.*\rERR\|ORC\^1\^1\^103&/],
    ["a date that is none", order({ PID: "PID|||P1||DOE^JOHN||19721399" }), /\rMSA\|AE\|CTL1\|.*\rERR\|PID\^1\^\^102&/],
    ["a UID that is none", order({ ZDS: "ZDS|../../etc/passwd" }), /\rMSA\|AE\|CTL1\|.*\rERR\|(PID|OBR)\^1\^\^102&/],
    [
      "a patient id too long",
      order({ PID: `PID|||${"9".repeat(65)}||DOE^JOHN` }),
      /\rMSA\|AE\|CTL1\|.*\rERR\|(PID|OBR)\^1\^\^102&/,
    ],
  ])(
    "%s: refused with its reason, the connection goes on, nothing is kept or logged",
    async (_name, message, expected) => {
      expect(await sender.send(latin(message))).toMatch(expected);
      expect(await items()).toEqual([]);
      expect(log).not.toMatch(/DOE|LEF|P-001|1972|passwd|9999/);
      expect(await sender.send(latin(order()))).toContain("MSA|AA|CTL1");
    },
  );

  it("is answered in order, byte by byte or many at once, with other separators and line ends", async () => {
    const framed = (text: string) =>
      Buffer.concat([Buffer.of(0x0b), Buffer.from(latin(text), "latin1"), Buffer.of(0x1c, 0x0d)]);
    for (const byte of framed(order())) sender.write(Buffer.of(byte));
    expect(String(await sender.answer())).toContain("MSA|AA|CTL1");
    const many = Array.from({ length: 20 }, (_, at) => framed(order().replace("|CTL1|", `|M${at}|`)));
    sender.write(Buffer.concat([...many, Buffer.from("\r\n")]));
    for (const at of many.keys()) expect(String(await sender.answer())).toContain(`MSA|AA|M${at}\r`);
    const other = order().replaceAll("|", "#").replaceAll("\r", "\r\n").replace("#CTL1#", "#CTL9#");
    expect(await sender.send(latin(other))).toMatch(/^MSH#\^~\\&#ETALON#.*\rMSA#AA#CTL9\r$/);
    expect(await states()).toEqual(["S1 scheduled"]);
  });

  it("too long: refused before it is read whole", async () => {
    await relisten({ maxMessageBytes: 4096 });
    sender.write(Buffer.concat([Buffer.of(0x0b), Buffer.alloc(5000, "x")]));
    expect(String(await sender.answer())).toMatch(/MSA\|AR\|.*too long/);
    expect(await sender.answer()).toBeUndefined();
  });

  it("bytes outside a message end the connection; another one goes on", async () => {
    sender.write(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    expect(String(await sender.answer())).toContain("MSA|AR|");
    expect(await sender.answer()).toBeUndefined();
    sender = await openHl7Sender(server.port);
    expect(await sender.send(latin(order()))).toContain("MSA|AA|CTL1");
  });

  it("who is silent, or sends a message too slowly, is given up", async () => {
    await relisten({ messageMs: 200 });
    sender.write(Buffer.of(0x0b));
    const slowly = setInterval(() => sender.write(Buffer.from("x")), 50);
    expect(await sender.answer()).toBeUndefined();
    clearInterval(slowly);
    await relisten({ idleMs: 100 });
    expect(await sender.answer()).toBeUndefined();
    expect(log.match(/silent or slow/g)).toHaveLength(2);
  });

  it("50 senders at once, of the same step: one item", async () => {
    const senders = await Promise.all(Array.from({ length: 50 }, () => openHl7Sender(server.port)));
    const answers = await Promise.all(senders.map((one) => one.send(latin(order({ ZDS: "" })))));
    for (const one of senders) one.end();
    expect(answers.filter((answer) => answer.includes("MSA|AA|CTL1"))).toHaveLength(50);
    expect(await states()).toEqual(["S1 scheduled"]);
  });

  it("a database that fails is AR, and its words are nobody's", async () => {
    sender.end();
    await server.close();
    const broken = { transaction: () => ({ execute: () => Promise.reject(new Error("NOÉMIE")) }) };
    const lines = { write: keepLine };
    // Only `transaction` is called.
    const place = {
      database: broken as unknown as TestDatabase["kysely"],
      scope: scope(),
      log: createLog("info", lines),
    };
    server = await startHl7Server({ ...place, clock: () => new Date(0), host: "127.0.0.1", port: 0 });
    sender = await openHl7Sender(server.port);
    expect(await sender.send(latin(order()))).toMatch(/\rMSA\|AR\|CTL1\|.*\rERR\|MSH\^1\^\^207&/);
    expect(log).not.toContain("NOÉMIE");
  });
});

function stepOf(attributes: DataSet): string {
  return textOf(firstItemOf(attributes, "00400100") ?? {}, "00400009") ?? "";
}
