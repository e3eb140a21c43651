/**
 * Who asks, from which site, for what: an argument of every archive function, so that none can be asked without. Accounts
 * decide what it holds; until then everything on this machine's loopback address is one user of one site.
 */
export interface AccessScope {
  /** Internal id of the site whose studies may be seen. */
  readonly siteId: number;
  /** Internal id of who asks, as the audit log names it: never a person's name. */
  readonly actor: string;
  /** Why: "dicomweb", "dimse:MODALITY1", "cli". */
  readonly purpose: string;
  /** Where from, for the audit log; `unknown` where absent. */
  readonly addressClass?: "loopback" | "private" | "public" | "unknown";
  /** Which of the site's studies: `all` where absent, as for devices and programs of the server itself. */
  readonly studies?: "all" | StudyGrantee | ShareVisitor;
}

/** Who came by a share link, and sees its studies as long as it is good. */
export interface ShareVisitor {
  readonly shareId: number;
}

/** Who sees what was granted to the account or to its role, and no more. */
export interface StudyGrantee {
  readonly accountId: number;
  readonly role: string;
}
