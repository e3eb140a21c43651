import { type RawBuilder, sql } from "kysely";

/** What a site has of the patient of a study: patients are told apart by ID and issuer (PS3.4 table C.3-1). */
function ofPatient(counted: RawBuilder<unknown>): RawBuilder<never> {
  return sql`(SELECT ${counted}::integer FROM study other WHERE other.site_id = study.site_id
    AND other.patient_id = study.patient_id AND other.issuer_of_patient_id IS NOT DISTINCT FROM study.issuer_of_patient_id)`;
}

/** NumberOfPatientRelatedStudies, …Series and …Instances, counted when they are asked for; of a study without a PatientID 0. */
export const patientCounts: ReadonlyMap<string, RawBuilder<never>> = new Map([
  ["00201200", ofPatient(sql`count(*)`)],
  ["00201202", ofPatient(sql`coalesce(sum(other.series_count), 0)`)],
  ["00201204", ofPatient(sql`coalesce(sum(other.instance_count), 0)`)],
]);
