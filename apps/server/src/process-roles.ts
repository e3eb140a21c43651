/** What a process of the server may do: any of them, or all. */
export const processRoles = ["web", "dimse", "worker"] as const;

/**
 * `web` serves HTTP: DICOMweb, the API, accounts. `dimse` takes DICOM associations and HL7 orders. `worker` watches what
 * arrives and measures it.
 */
export type ProcessRole = (typeof processRoles)[number];

/** "web,worker" as a set; `undefined` for what names none, or another. */
export function readRoles(text: string): ReadonlySet<ProcessRole> | undefined {
  const roles = new Set<ProcessRole>();
  for (const name of text.split(",")) {
    const role = processRoles.find((known) => known === name.trim());
    if (role === undefined) return undefined;
    roles.add(role);
  }
  return roles;
}
