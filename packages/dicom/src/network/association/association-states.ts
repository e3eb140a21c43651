/** States of an association (PS3.8 section 9.2.1): Sta1 is idle, Sta6 transfers data, Sta13 waits for the peer to close. */
export type AssociationState = `Sta${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13}`;

/** Events (PS3.8 table 9-10): primitives of the user, PDUs and the connection's own. */
export type AssociationEvent =
  `Evt${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19}`;

/** Actions (PS3.8 tables 9-6 to 9-9). */
export type AssociationAction =
  | `AE-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
  | `DT-${1 | 2}`
  | `AR-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10}`
  | `AA-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`;

type Row = Readonly<Partial<Record<AssociationState, AssociationAction>>>;

/** The same action in Sta6 to Sta12, where an association stands or is being released. */
function whileAssociated(action: AssociationAction): Row {
  return {
    Sta6: action,
    Sta7: action,
    Sta8: action,
    Sta9: action,
    Sta10: action,
    Sta11: action,
    Sta12: action,
  };
}

/** A PDU that has no place: abort; while nothing but the end of the connection is awaited, pass it over. */
const unexpectedPdu: Row = { Sta2: "AA-1", Sta3: "AA-8", Sta5: "AA-8", ...whileAssociated("AA-8"), Sta13: "AA-6" };

/** The state transition table, PS3.8 table 9-10: what is done at an event in a state. An empty cell cannot occur. */
const transitions: Readonly<Record<AssociationEvent, Row>> = {
  // A-ASSOCIATE request of the local user; connection confirmed
  Evt1: { Sta1: "AE-1" },
  Evt2: { Sta4: "AE-2" },
  // A-ASSOCIATE-AC, A-ASSOCIATE-RJ
  Evt3: { ...unexpectedPdu, Sta5: "AE-3" },
  Evt4: { ...unexpectedPdu, Sta5: "AE-4" },
  // Connection indication; A-ASSOCIATE-RQ; the local user accepts, rejects
  Evt5: { Sta1: "AE-5" },
  Evt6: { ...unexpectedPdu, Sta2: "AE-6", Sta13: "AA-7" },
  Evt7: { Sta3: "AE-7" },
  Evt8: { Sta3: "AE-8" },
  // P-DATA request of the local user; P-DATA-TF
  Evt9: { Sta6: "DT-1", Sta8: "AR-7" },
  Evt10: { ...unexpectedPdu, Sta6: "DT-2", Sta7: "AR-6" },
  // A-RELEASE request of the local user; A-RELEASE-RQ; A-RELEASE-RP; A-RELEASE response of the local user
  Evt11: { Sta6: "AR-1" },
  Evt12: { ...unexpectedPdu, Sta6: "AR-2", Sta7: "AR-8" },
  Evt13: { ...unexpectedPdu, Sta7: "AR-3", Sta10: "AR-10", Sta11: "AR-3" },
  Evt14: { Sta8: "AR-4", Sta9: "AR-9", Sta12: "AR-4" },
  // A-ABORT request of the local user; A-ABORT
  Evt15: { Sta3: "AA-1", Sta4: "AA-2", Sta5: "AA-1", ...whileAssociated("AA-1") },
  Evt16: { Sta2: "AA-2", Sta3: "AA-3", Sta5: "AA-3", ...whileAssociated("AA-3"), Sta13: "AA-2" },
  // Connection closed; ARTIM timer expired; unrecognized or invalid PDU
  Evt17: {
    Sta2: "AA-5",
    Sta3: "AA-4",
    Sta4: "AA-4",
    Sta5: "AA-4",
    ...whileAssociated("AA-4"),
    Sta13: "AR-5",
  },
  Evt18: { Sta2: "AA-2", Sta13: "AA-2" },
  Evt19: { ...unexpectedPdu, Sta13: "AA-7" },
};

/** The action at an event in a state, `undefined` where PS3.8 table 9-10 has an empty cell. */
export function actionAt(event: AssociationEvent, state: AssociationState): AssociationAction | undefined {
  return transitions[event][state];
}
