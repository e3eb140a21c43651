/** What somebody is, which decides what they may do. */
export const roles = ["administrator", "radiologist", "physician", "technologist", "researcher", "guest"] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** What can be done; each route names those that it takes. */
export const actions = [
  "view-studies",
  "view-identity",
  "upload",
  "delete",
  "hold",
  "run-analysis",
  "edit-readings",
  "sign",
  "export",
  "export-deidentified",
  "share",
  "manage-projects",
  "patient-rights",
  "view-worklist",
  "edit-worklist",
  "read-audit",
  "read-metrics",
  "manage-accounts",
] as const;

/** One of {@link actions}. */
export type Action = (typeof actions)[number];

/** Which studies a role may act on: all of its site, or those granted to the account or to its role. */
export type Reach = "all" | "granted";

/** What a role may do, and on which studies. */
export interface RoleRights {
  readonly reach: Reach;
  readonly actions: readonly Action[];
}

const reading = ["view-studies", "view-identity", "run-analysis", "export", "export-deidentified"] as const;

/**
 * The table of roles and actions: all that is not in it is refused. An administrator runs the archive and signs nothing; a
 * technologist prepares readings that others sign; a researcher never sees who a patient is; a physician reads and signs the
 * studies that were granted, a guest looks at those and no more.
 */
export const roleRights: Readonly<Record<Role, RoleRights>> = {
  administrator: { reach: "all", actions: actions.filter((action) => action !== "sign") },
  radiologist: {
    reach: "all",
    actions: [
      ...reading,
      "upload",
      "edit-readings",
      "sign",
      "share",
      "manage-projects",
      "view-worklist",
      "edit-worklist",
    ],
  },
  physician: { reach: "granted", actions: [...reading, "edit-readings", "sign", "share"] },
  technologist: {
    reach: "all",
    actions: [
      "view-studies",
      "view-identity",
      "upload",
      "run-analysis",
      "edit-readings",
      "view-worklist",
      "edit-worklist",
    ],
  },
  researcher: { reach: "granted", actions: ["view-studies", "run-analysis", "export-deidentified"] },
  guest: { reach: "granted", actions: ["view-studies", "view-identity"] },
};

/** Whether a role may do something, by {@link roleRights}. */
export function mayDo(role: Role, action: Action): boolean {
  return roleRights[role].actions.includes(action);
}
