import { describeWithPeer, hasProgram, runProgram } from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openHl7Sender } from "../hl7/testing/hl7-sender.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "../testing/running-server.ts";
import { smallItem } from "./testing/example-items.ts";

describeWithPeer("the server's worklist", { name: "dcmtk", isPresent: hasProgram("findscu") }, () => {
  let folder: string;
  let server: ServerProcess;
  let url: string;

  beforeAll(async () => {
    folder = await temporaryDataFolder();
    server = spawnServer(folder, { ETALON_HL7_PORT: "0" });
    url = await server.url();
  });
  afterAll(async () => {
    server?.child.kill("SIGTERM");
    await server?.ended;
    await removeDataFolder(folder);
  });

  it("what comes over HTTP and over HL7 is what findscu finds, until it is completed; a restart keeps it", async () => {
    const port = (name: string): number =>
      Number(new RegExp(`^ +${name} +\\S+:(\\d+)$`, "m").exec(server.output())?.[1]);
    const find = async (): Promise<readonly string[]> => {
      const asked = ["AccessionNumber", "PatientName", "ScheduledProcedureStepSequence[0].Modality=CT"];
      const args = [
        "-W",
        "-v",
        "-aec",
        "ETALON",
        "127.0.0.1",
        String(port("DICOM")),
        ...asked.flatMap((key) => ["-k", key]),
      ];
      const place = { cwd: folder, env: { ...process.env, TCP_NODELAY: "1" } };
      const { output } = await runProgram("findscu", args, place);
      expect(output).toContain("Received Final Find Response (Success)");
      return [...output.matchAll(/\(0010,0010\) PN \[([^\]]*?) ?\]/g)].flatMap(([, name]) => name ?? []);
    };
    const headers = { "content-type": "application/json" };
    const posted = await fetch(`${url}/api/worklist`, { method: "POST", headers, body: JSON.stringify(smallItem()) });
    expect(posted.status).toBe(201);
    const sender = await openHl7Sender(port("HL7"));
    const order = [
      "MSH|^~\\&|RIS||||||ORM^O01|C1|P|2.3.1",
      "PID|||P2||MARTIN^JEAN",
      "ORC|NW||F1||||^^^20260706",
      "OBR||||C^Coeur^L||||||||||||||||||||CT",
    ].join("\r");
    expect(await sender.send(order)).toContain("MSA|AA|C1");
    expect(await find()).toEqual(["Doe^Jane", "MARTIN^JEAN"]);
    const { id } = await posted.json();
    const change = { method: "PATCH", headers, body: '{"state":"completed"}' };
    expect((await fetch(`${url}/api/worklist/${id}`, change)).status).toBe(200);
    expect(await find()).toEqual(["MARTIN^JEAN"]);
    // An HL7 connection that is open keeps no server from ending in good order.
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    server = spawnServer(folder, { ETALON_HL7_PORT: "0" });
    url = await server.url();
    expect(await find()).toEqual(["MARTIN^JEAN"]);
  });
});
