import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createFhirValidator, debianPython, describeWithPeer, hasProgram } from "@etalon/testing";
import { expect, test } from "vitest";
import { addressClass } from "./address-class.ts";
import { auditActions, type RecordedEvent } from "./audit-event.ts";
import { dicomAuditMessage } from "./dicom-audit-message.ts";
import { fhirAuditBundle, fhirAuditEvent } from "./fhir-audit-event.ts";
import { openSyslog } from "./open-syslog.ts";
import { syslogMessage } from "./syslog-message.ts";

const always = {
  site: 1,
  actor: "7",
  purpose: "dicomweb",
  address: "private",
  at: "2026-01-02T03:04:05.678Z",
} as const;

/** One of each action, with and without what may be absent. */
const events: readonly RecordedEvent[] = [
  ...auditActions.map((action, index) => ({ ...always, action, outcome: "success" as const, position: index + 1 })),
  { ...always, action: "read", outcome: "success", position: 20, object: { kind: "study", id: "12" }, count: 3 },
  {
    ...always,
    action: "login",
    outcome: "refused",
    position: 21,
    object: { kind: "account", id: "7" },
    error: "retained",
  },
  { ...always, action: "query", outcome: "failed", position: 22, object: { kind: "audit" }, actor: `<"&'>` },
];

test("every event is a valid FHIR R4 AuditEvent, and a page of them a valid Bundle", async () => {
  const validate = await createFhirValidator();
  for (const event of events) expect(validate(fhirAuditEvent(event, "ETALON"))).toEqual([]);
  expect(validate(fhirAuditBundle({ total: 30, events }, "ETALON"))).toEqual([]);
  expect(validate(fhirAuditBundle({ total: 0, events: [] }, "ETALON"))).toEqual([]);
  const [first] = events.map((event) => fhirAuditEvent(event, "ETALON"));
  expect(validate({ ...first, action: "X" })).not.toEqual([]);
}, 60_000);

/**
 * What of the schema of PS3.15 section A.5.1 these messages use: of each element its attributes, those that must be there
 * first, and its children in their order.
 */
const schema = {
  AuditMessage: [
    [],
    [],
    ["EventIdentification", "ActiveParticipant", "AuditSourceIdentification", "ParticipantObjectIdentification"],
  ],
  EventIdentification: [
    ["EventDateTime", "EventOutcomeIndicator"],
    ["EventActionCode"],
    ["EventID", "EventTypeCode", "EventOutcomeDescription"],
  ],
  ActiveParticipant: [
    ["UserID", "UserIsRequestor"],
    ["AlternativeUserID", "UserName", "NetworkAccessPointID", "NetworkAccessPointTypeCode"],
    ["RoleIDCode"],
  ],
  AuditSourceIdentification: [["AuditSourceID"], ["AuditEnterpriseSiteID"], []],
  ParticipantObjectIdentification: [
    ["ParticipantObjectID"],
    ["ParticipantObjectTypeCode", "ParticipantObjectTypeCodeRole"],
    ["ParticipantObjectIDTypeCode", "ParticipantObjectName", "ParticipantObjectQuery", "ParticipantObjectDetail"],
  ],
  ParticipantObjectDetail: [["type", "value"], [], []],
  EventOutcomeDescription: [[], [], []],
  ...Object.fromEntries(
    ["EventID", "EventTypeCode", "RoleIDCode", "ParticipantObjectIDTypeCode"].map((name) => [
      name,
      [["csd-code", "codeSystemName", "originalText"], ["displayName"], []],
    ]),
  ),
};

const checker = `
import json, sys
import xml.etree.ElementTree as tree
schema, messages = json.load(sys.stdin)
def check(node):
    needed, allowed, children = schema[node.tag]
    assert set(needed) <= set(node.attrib) <= set(needed + allowed), (node.tag, node.attrib)
    order = [children.index(child.tag) for child in node]
    assert order == sorted(order), (node.tag, order)
    for child in node: check(child)
found = []
for message in messages:
    root = tree.fromstring(message)
    check(root)
    event, kind = root.find(".//EventID"), root.find(".//EventTypeCode")
    found.append([event.get("csd-code"), None if kind is None else kind.get("csd-code"), root[1].get("UserID")])
print(json.dumps(found))`;

describeWithPeer("DICOM audit messages", { name: "python3", isPresent: hasProgram(debianPython) }, () => {
  test("are XML of PS3.15's schema, with the codes of section A.5.3", () => {
    const messages = events.map((event) => dicomAuditMessage(event, "ETALON"));
    const input = JSON.stringify([schema, messages]);
    const found: unknown = JSON.parse(execFileSync(debianPython, ["-c", checker], { input, encoding: "utf8" }));
    expect(found).toEqual([
      ["110100", "110120", "7"],
      ["110100", "110121", "7"],
      ["110114", "110122", "7"],
      ["110114", "110123", "7"],
      ["110112", null, "7"],
      ["110103", null, "7"],
      ["110106", null, "7"],
      ["110106", null, "7"],
      ["110104", null, "7"],
      ["110105", null, "7"],
      ["110113", "110132", "7"],
      ["110113", "110132", "7"],
      ["110111", null, "7"],
      ["110111", null, "7"],
      ["110111", null, "7"],
      ["110113", "110137", "7"],
      ["110103", null, "7"],
      ["110114", "110122", "7"],
      ["110101", null, `<"&'>`],
    ]);
  });
});

test("a syslog message has the header of RFC 5424, and goes in one datagram", async () => {
  const text = "<AuditMessage/>";
  const said = { at: always.at, hostname: "pacs é1", processId: 42, messageId: "DICOM+RFC3881", text };
  const message = syslogMessage(said);
  // Facility 10, severity 5: 85. The byte order mark is EF BB BF.
  expect(message.toString("latin1")).toBe(
    `<85>1 2026-01-02T03:04:05.678Z pacs1 etalon 42 DICOM+RFC3881 - \u00ef\u00bb\u00bf${text}`,
  );
  const collector = createSocket("udp4");
  collector.bind(0, "127.0.0.1");
  await once(collector, "listening");
  const syslog = openSyslog(`udp://127.0.0.1:${collector.address().port}`);
  const received = once(collector, "message");
  await syslog.send([message]);
  expect((await received)[0]).toEqual(message);
  syslog.close();
  collector.close();
});

test.each([
  ["127.0.0.1", "loopback"],
  ["127.9.9.9", "loopback"],
  ["::1", "loopback"],
  ["::ffff:127.0.0.1", "loopback"],
  ["10.1.2.3", "private"],
  ["172.31.255.255", "private"],
  ["172.32.0.0", "public"],
  ["::ffff:192.168.1.1", "private"],
  ["fd00::7", "private"],
  ["fe80::1", "private"],
  ["8.8.8.8", "public"],
  ["2001:db8::1", "public"],
  ["pacs", "unknown"],
  [undefined, "unknown"],
])("%s is %s", (address, expected) => {
  expect(addressClass(address)).toBe(expected);
});
