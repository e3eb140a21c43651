import { sql } from "kysely";
import type { AccessScope } from "./access-scope.ts";
import type { SqlCondition } from "./search/sql-condition.ts";

/**
 * The condition that a row of `study` may be seen by who asks: of the scope's site, and granted where not all of it is. To be
 * part of every query that reads studies for somebody.
 */
export function isVisible({ siteId, studies = "all" }: AccessScope): SqlCondition {
  const isOfSite: SqlCondition = sql`study.site_id = ${siteId}`;
  if (studies === "all") return isOfSite;
  if ("shareId" in studies) {
    return sql`(${isOfSite} AND EXISTS (SELECT FROM share_study JOIN share ON share.id = share_study.share_id
      WHERE share_study.study_id = study.id AND share.id = ${studies.shareId} AND share.site_id = study.site_id
        AND share.revoked_at IS NULL AND share.expires_at > now()))`;
  }
  const { accountId, role } = studies;
  return sql`(${isOfSite} AND EXISTS (SELECT FROM study_grant
    WHERE study_grant.site_id = study.site_id AND (study_grant.account_id = ${accountId} OR study_grant.role = ${role})
      AND (study_grant.expires_at IS NULL OR study_grant.expires_at > now())
      AND (study_grant.covers = 'all'
        OR study_grant.study_instance_uid = study.study_instance_uid
        OR (study_grant.patient_id = study.patient_id
          AND study_grant.issuer_of_patient_id IS NOT DISTINCT FROM study.issuer_of_patient_id))))`;
}
