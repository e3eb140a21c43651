import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textOf } from "../../attribute-values.ts";
import type { DataSet } from "../../data-set.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import { storageCommitmentInstance, storageCommitmentSopClass } from "../sop-classes.ts";
import { contextForGet, contextOf, type Loopback, loopback, uids } from "../testing/loopback.ts";
import type { ActionRequest, EventReportRequest } from "./handlers.ts";

const transactionUid = "00081195";
const subject = { sopClassUid: storageCommitmentSopClass, sopInstanceUid: storageCommitmentInstance };
const information: DataSet = { [transactionUid]: { vr: "UI", Value: ["1.2.3"] } };
const asScu = contextOf(storageCommitmentSopClass);
const asScp = contextForGet(storageCommitmentSopClass);

let net: Loopback;

beforeEach(() => {
  net = loopback();
});
afterEach(() => net.close());

describe("N-ACTION", () => {
  it.each([uids.implicit, uids.explicit])("brings information and a reply in %s", async (syntax) => {
    const asked: ActionRequest[] = [];
    const server = await net.serve({
      action: async (request) => {
        asked.push(request);
        return { status: 0, information };
      },
    });
    const association = await net.open(server, [contextOf(storageCommitmentSopClass, syntax)]);
    const reply = await association.action({ ...subject, actionTypeId: 1, information });
    expect(reply.status).toBe(0);
    expect(textOf(reply.information, transactionUid)).toBe("1.2.3");
    expect(asked).toMatchObject([{ ...subject, actionTypeId: 1, peer: { callingAeTitle: "CT1" } }]);
    expect(textOf(asked[0].information, transactionUid)).toBe("1.2.3");
  });

  it("may come without information, and be answered without", async () => {
    const server = await net.serve({
      action: async ({ information: sent }) => ({ status: Object.keys(sent).length === 0 ? 0 : 0x0110 }),
    });
    const association = await net.open(server, [asScu]);
    expect(await association.action({ ...subject, actionTypeId: 1 })).toEqual({ status: 0, information: {} });
  });

  it("is answered before what it reports on the same association, which the requestor takes", async () => {
    const order: string[] = [];
    const reported = Promise.withResolvers<unknown>();
    const server = await net.serve({
      action: async (request) => {
        // It waits for the answer by itself: a handler need not know when that is out.
        request.report({ ...subject, eventTypeId: 1, information }).then(reported.resolve, reported.reject);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { status: 0 };
      },
    });
    const events: EventReportRequest[] = [];
    const association = await net.open(server, [asScu], {
      eventReport: async (event) => {
        order.push("event");
        events.push(event);
        return { status: 0, information };
      },
    });
    await association.action({ ...subject, actionTypeId: 1 });
    order.push("answer");
    expect(await reported.promise).toMatchObject({
      status: 0,
      information: { [transactionUid]: { Value: ["1.2.3"] } },
    });
    expect(events).toMatchObject([
      { ...subject, eventTypeId: 1, information: { [transactionUid]: { Value: ["1.2.3"] } } },
    ]);
    // Both may be in one read of the socket: the answer is at most a turn of the event loop behind.
    expect(order.sort()).toEqual(["answer", "event"]);
  });

  it("reports nothing to a peer that has gone, or takes no events", async () => {
    const requests: ActionRequest[] = [];
    const server = await net.serve({
      action: async (request) => {
        requests.push(request);
        return { status: 0 };
      },
    });
    const association = await net.open(server, [asScu]);
    await association.action({ ...subject, actionTypeId: 1 });
    const report = { ...subject, eventTypeId: 1 };
    await expect(requests[0].report(report)).rejects.toThrow(expect.objectContaining({ status: 0x0211 }));
    await association.release();
    await expect(requests[0].report(report)).rejects.toThrow(expect.objectContaining({ code: "association-ended" }));
  });

  it.each([
    ["a refusal of its handler", { ...subject, actionTypeId: 2 }, 0x0123],
    ["a defect of its handler", { ...subject, actionTypeId: 3 }, 0x0110],
    ["no instance", { ...subject, sopInstanceUid: "", actionTypeId: 1 }, 0x0117],
  ])("answers %s with its status", async (_, action, status) => {
    const server = await net.serve({
      action: async ({ actionTypeId }) => {
        if (actionTypeId === 2) throw new DimseError(0x0123, "no such action");
        throw new Error("a defect");
      },
    });
    const association = await net.open(server, [asScu]);
    await expect(association.action(action)).rejects.toThrow(expect.objectContaining({ status }));
    expect(net.events.filter(({ kind }) => kind === "failed")).toHaveLength(status === 0x0110 ? 1 : 0);
  });

  it("is not of other SOP classes", async () => {
    const server = await net.serve({ action: async () => ({ status: 0 }), store: async () => ({ status: 0 }) });
    const association = await net.open(server, [asScu, contextOf(uids.ct)]);
    const ofCt = association.action({ ...subject, sopClassUid: uids.ct, actionTypeId: 1 });
    await expect(ofCt).rejects.toThrow(expect.objectContaining({ status: 0x0211 }));
  });
});

describe("N-EVENT-REPORT", () => {
  it("goes from a requestor in the role of SCP", async () => {
    const events: EventReportRequest[] = [];
    const server = await net.serve({
      eventReport: async (event) => {
        events.push(event);
        return { status: event.eventTypeId === 2 ? 0x0113 : 0 };
      },
    });
    const association = await net.open(server, [asScp]);
    expect(association.agreement.contexts.get(1)).toMatchObject({ isScu: false, isScp: true });
    expect(await association.eventReport({ ...subject, eventTypeId: 1, information })).toEqual({
      status: 0,
      information: {},
    });
    expect(events).toMatchObject([{ ...subject, eventTypeId: 1 }]);
    const unknown = association.eventReport({ ...subject, eventTypeId: 2 });
    await expect(unknown).rejects.toThrow(expect.objectContaining({ status: 0x0113 }));
    await expect(association.action({ ...subject, actionTypeId: 1 })).rejects.toThrow(
      expect.objectContaining({ code: "context-not-accepted" }),
    );
  });

  it.each([
    ["a requestor that is SCU, by a side that keeps nothing", asScu, {}],
    ["a requestor that is SCP, by a side that asks for nothing", asScp, { action: async () => ({ status: 0 }) }],
    ["a requestor that is SCU, by a side that only asks", asScu, { eventReport: async () => ({ status: 0 }) }],
  ])("is not offered to %s", async (_, context, handlers) => {
    const server = await net.serve(handlers);
    const association = await net.open(server, [context]);
    const { contexts } = association.agreement;
    expect([...contexts.values()].filter(({ isScu, isScp }) => isScu || isScp)).toEqual([]);
  });
});
