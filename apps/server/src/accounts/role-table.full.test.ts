import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallPhantom } from "../jobs/testing/small-phantom.ts";
import { actions, type Role, roleRights, roles } from "./roles.ts";
import { type ServedAccounts, serveAccounts } from "./testing/served-accounts.ts";

/**
 * Who may do what, written a second time, as a hospital would: one letter a role, in the order administrator, radiologist,
 * physician, technologist, researcher, guest.
 */
const table: Readonly<Record<(typeof actions)[number], string>> = {
  "view-studies": "ARPTSG",
  "view-identity": "ARPT-G",
  upload: "AR-T--",
  delete: "A-----",
  hold: "A-----",
  "run-analysis": "ARPTS-",
  "edit-readings": "ARPT--",
  sign: "-RP---",
  export: "ARP---",
  "export-deidentified": "ARP-S-",
  share: "ARP---",
  "manage-projects": "AR----",
  "patient-rights": "A-----",
  "view-worklist": "AR-T--",
  "edit-worklist": "AR-T--",
  "read-audit": "A-----",
  "read-metrics": "A-----",
  "manage-accounts": "A-----",
};

const reading = "api/studies/1.2/readings/coronary/calcium-score";

/** Requests that need each action, and what they answer where they are let through: nothing of what they name is there. */
const requests: readonly (readonly [(typeof actions)[number], string, string, number])[] = [
  ["view-studies", "GET", "api/analyses", 200],
  ["view-studies", "GET", "api/analyses/9", 404],
  ["view-studies", "GET", "api/analyses/9/events", 404],
  ["view-identity", "GET", "dicom-web/studies", 200],
  ["view-identity", "GET", "dicom-web/studies/1.2/series", 200],
  ["view-identity", "GET", "dicom-web/series", 200],
  ["view-identity", "GET", "dicom-web/instances", 200],
  ["view-identity", "GET", "dicom-web/studies/1.2", 404],
  ["view-identity", "GET", "dicom-web/studies/1.2/metadata", 404],
  ["view-identity", "GET", "dicom-web/studies/1.2/rendered", 404],
  ["view-identity", "GET", "dicom-web/studies/1.2/thumbnail", 404],
  ["view-identity", "GET", "dicom-web/studies/1.2/series/1.3/instances/1.4/frames/1", 404],
  ["view-identity", "GET", "dicom-web/studies/1.2/series/1.3/instances/1.4/bulkdata/7FE00010", 404],
  ["view-identity", "GET", "api/results", 200],
  ["view-identity", "GET", `api/results/${"0".repeat(64)}`, 404],
  ["upload", "POST", "dicom-web/studies", 415],
  ["upload", "POST", "dicom-web/studies/1.2", 415],
  ["delete", "DELETE", "dicom-web/studies/1.2", 404],
  ["delete", "DELETE", "dicom-web/studies/1.2/series/1.3", 404],
  ["delete", "DELETE", "dicom-web/studies/1.2/series/1.3/instances/1.4", 404],
  ["hold", "GET", "api/holds", 200],
  ["hold", "POST", "api/holds", 400],
  ["hold", "POST", "api/holds/9/lift", 400],
  ["run-analysis", "POST", "api/analyses", 400],
  ["run-analysis", "POST", "api/analyses/9/cancel", 404],
  ["view-identity", "GET", "api/reading-list", 200],
  ["view-identity", "POST", "api/reading-list", 400],
  ["view-identity", "GET", "api/studies/1.2/protocols", 404],
  ["view-identity", "GET", "api/studies/1.2/readings", 404],
  ["view-identity", "GET", reading, 404],
  ["view-identity", "GET", `${reading}/report.pdf`, 404],
  ["view-identity", "GET", `${reading}/report.html`, 404],
  ["view-identity", "GET", `${reading}/patient.pdf`, 404],
  ["view-identity", "GET", `${reading}/patient.html`, 404],
  ["view-identity", "GET", `${reading}/report.csv`, 404],
  ["view-identity", "GET", `${reading}/curves.csv`, 404],
  ["view-identity", "GET", `${reading}/report.fhir.json`, 404],
  ["view-identity", "GET", `${reading}/report.sr.dcm`, 404],
  ["view-identity", "GET", `${reading}/report.seg.dcm`, 404],
  ["view-studies", "GET", "api/protocols/coronary/calcium-score/facts", 200],
  ["edit-readings", "GET", `${reading}/document`, 404],
  ["edit-readings", "GET", `${reading}/document/versions`, 404],
  ["edit-readings", "GET", `${reading}/document/versions/1`, 404],
  ["edit-readings", "PUT", `${reading}/document`, 428],
  ["edit-readings", "PUT", "api/studies/1.2/priority", 400],
  ["edit-readings", "POST", `${reading}/runs`, 400],
  ["edit-readings", "POST", `${reading}/preliminary`, 400],
  ["edit-readings", "POST", `${reading}/verdicts`, 404],
  ["edit-readings", "POST", `${reading}/preview`, 400],
  ["edit-readings", "GET", `${reading}/comparison`, 404],
  ["sign", "POST", `${reading}/signatures`, 400],
  ["sign", "POST", `${reading}/addenda`, 400],
  ["share", "GET", "api/shares", 200],
  ["share", "POST", "api/shares", 400],
  ["share", "DELETE", "api/shares/999", 404],
  ["export-deidentified", "GET", "api/projects", 200],
  ["export-deidentified", "POST", "api/exports", 400],
  ["manage-projects", "POST", "api/projects", 400],
  ["manage-projects", "POST", "api/projects/999/key", 404],
  ["manage-projects", "DELETE", "api/projects/999", 404],
  ["patient-rights", "POST", "api/patients/export", 400],
  ["patient-rights", "POST", "api/patients/erasure", 400],
  ["patient-rights", "GET", "api/patients/erasures", 200],
  ["view-worklist", "GET", "api/worklist", 200],
  ["view-worklist", "GET", "api/worklist/9", 404],
  ["edit-worklist", "POST", "api/worklist", 400],
  ["edit-worklist", "PATCH", "api/worklist/9", 400],
  ["edit-worklist", "DELETE", "api/worklist/9", 404],
  ["read-audit", "GET", "api/audit", 200],
  ["read-audit", "GET", "api/audit/verify", 200],
  ["read-metrics", "GET", "metrics", 200],
  ["manage-accounts", "GET", "api/accounts", 200],
  ["manage-accounts", "GET", "api/accounts/999", 404],
  ["manage-accounts", "POST", "api/accounts", 400],
  ["manage-accounts", "PATCH", "api/accounts/999", 404],
  ["manage-accounts", "GET", "api/grants", 200],
  ["manage-accounts", "POST", "api/grants", 400],
  ["manage-accounts", "DELETE", "api/grants/999", 404],
];

test("the table of roles and actions is the one that was decided", () => {
  for (const action of actions) {
    const letters = roles.map((role, at) => (roleRights[role].actions.includes(action) ? "ARPTSG".charAt(at) : "-"));
    expect([action, letters.join("")]).toEqual([action, table[action]]);
  }
  const reach = roles.filter((role) => roleRights[role].reach === "all");
  expect(reach).toEqual(["administrator", "radiologist", "technologist"]);
});

describe("over HTTP", () => {
  let served: ServedAccounts;
  const bearers = new Map<Role, string>();

  beforeAll(async () => {
    served = await serveAccounts();
    for (const role of roles) bearers.set(role, await served.bearer(await served.account(`one.${role}`, role)));
  });

  afterAll(() => served.close());

  async function ask(method: string, path: string, authorization: string): Promise<Response> {
    const body = method === "POST" || method === "PATCH" ? "{}" : null;
    const headers = { authorization, ...(body === null ? {} : { "content-type": "application/json" }) };
    return fetch(`${served.url}/${path}`, { method, headers, body });
  }

  test.each(requests)("%s: %s %s", async (...[action, method, path, status]) => {
    for (const [at, role] of roles.entries()) {
      const answer = await ask(method, path, bearers.get(role) ?? "");
      const isAllowed = table[action].charAt(at) !== "-";
      expect([role, answer.status]).toEqual([role, isAllowed ? status : 403]);
      await answer.body?.cancel();
    }
    const nobody = await ask(method, path, "Bearer nobody");
    expect(nobody.status).toBe(401);
    await nobody.body?.cancel();
  });

  test("whoever sees only what is granted sees it everywhere, and nothing else anywhere", async () => {
    const uids = [];
    for (const columns of [16, 24]) {
      const { files } = smallPhantom({ columns, rows: 16 });
      const [first] = files;
      if (first === undefined) throw new Error("no image");
      const bytes = (async function* () {
        yield first.bytes;
      })();
      const stored = await served.archive.store(served.scope, { form: "part10", bytes });
      if (stored.kind === "refused") throw new Error(stored.message);
      uids.push(stored);
    }
    const [one, other] = uids;
    if (one === undefined || other === undefined || one.studyInstanceUid === other.studyInstanceUid) {
      throw new Error("two studies are needed");
    }
    const guest = bearers.get("guest") ?? "";
    const administrator = bearers.get("administrator") ?? "";
    const path = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: typeof one): string =>
      `dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
    const seen = async (): Promise<readonly number[]> => {
      const list: unknown = await (await ask("GET", "dicom-web/studies", guest)).json();
      const counts = [Array.isArray(list) ? list.length : -1];
      for (const each of [one, other]) {
        for (const part of ["", "/metadata", "/frames/1", "/rendered"]) {
          const answer = await ask("GET", `${path(each)}${part}`, guest);
          counts.push(answer.status);
          await answer.body?.cancel();
        }
      }
      return counts;
    };
    const no = [404, 404, 404, 404];
    const yes = [200, 200, 200, 200];
    expect(await seen()).toEqual([0, ...no, ...no]);
    const grant = async (to: object, what: object): Promise<number> => {
      const headers = { authorization: administrator, "content-type": "application/json" };
      const body = JSON.stringify({ ...to, ...what });
      const answer = await fetch(`${served.url}/api/grants`, { method: "POST", headers, body });
      expect(answer.status).toBe(201);
      const made: unknown = await answer.json();
      return typeof made === "object" && made !== null && "id" in made ? Number(made.id) : 0;
    };
    const id = await grant({ role: "guest" }, { studyInstanceUid: one.studyInstanceUid });
    expect(await seen()).toEqual([1, ...yes, ...no]);
    const past = new Date(Date.now() - 1000).toISOString();
    await grant({ role: "guest" }, { studyInstanceUid: other.studyInstanceUid, expiresAt: past });
    await grant({ role: "physician" }, { all: true });
    expect(await seen()).toEqual([1, ...yes, ...no]);
    const all = await grant({ role: "guest" }, { all: true });
    expect(await seen()).toEqual([2, ...yes, ...yes]);
    expect((await ask("DELETE", `api/grants/${all}`, administrator)).status).toBe(204);
    expect((await ask("DELETE", `api/grants/${id}`, administrator)).status).toBe(204);
    expect(await seen()).toEqual([0, ...no, ...no]);
  });
});
