import type { Session } from "../api/session.ts";

/** Who opened a share's link: sees, and does nothing else. */
export const visitor: Session = {
  ...{ accountId: 0, name: "", displayName: "", role: "visitor", actions: [] },
  ...{ mustChangePassword: false, expiresAt: "", csrfToken: null },
};
