import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../../database/schema.ts";

/**
 * Fills the index with `count` studies of a site, made by PostgreSQL itself: five a patient, ten years with one study in
 * twenty out of order, names of French syllables, three series of a hundred instances each. Rows as ingest writes them; no
 * instance and no file.
 */
export async function fillStudies(database: Kysely<ArchiveDatabase>, siteId: number, count: number): Promise<void> {
  await sql`
    INSERT INTO study (site_id, study_instance_uid, patient_name_folded, patient_name, patient_id, patient_birth_date,
      patient_sex, study_date, study_time, accession_number, study_id, study_description, referring_physician_folded,
      modalities, sop_classes, series_count, instance_count, attributes)
    SELECT ${siteId}::integer, uid, family || ' ' || given, family || '^' || given, patient, birth, sex, date, time,
      accession, 'S' || n, description, 'MEDECIN ' || n % 300, ARRAY[modality], ARRAY['1.2.840.10008.5.1.4.1.1.2'], 3, 300,
      jsonb_build_object(
        '00080020', jsonb_build_object('vr', 'DA', 'Value', jsonb_build_array(date)),
        '00080030', jsonb_build_object('vr', 'TM', 'Value', jsonb_build_array(time)),
        '00080050', jsonb_build_object('vr', 'SH', 'Value', jsonb_build_array(accession)),
        '00080090', jsonb_build_object('vr', 'PN', 'Value',
          jsonb_build_array(jsonb_build_object('Alphabetic', 'Médecin^' || n % 300))),
        '00081030', jsonb_build_object('vr', 'LO', 'Value', jsonb_build_array(description)),
        '00081032', jsonb_build_object('vr', 'SQ', 'Value', jsonb_build_array(
          jsonb_build_object('00080100', jsonb_build_object('vr', 'SH', 'Value', jsonb_build_array('P' || n % 997))))),
        '00100010', jsonb_build_object('vr', 'PN', 'Value',
          jsonb_build_array(jsonb_build_object('Alphabetic', family || '^' || given))),
        '00100020', jsonb_build_object('vr', 'LO', 'Value', jsonb_build_array(patient)),
        '00100030', jsonb_build_object('vr', 'DA', 'Value', jsonb_build_array(birth)),
        '00100040', jsonb_build_object('vr', 'CS', 'Value', jsonb_build_array(sex)),
        '0020000D', jsonb_build_object('vr', 'UI', 'Value', jsonb_build_array(uid)),
        '00200010', jsonb_build_object('vr', 'SH', 'Value', jsonb_build_array('S' || n)))
    FROM (
      SELECT n, '1.2.826.0.1.3680043.10.1.' || n AS uid,
        syllables[1 + p * 7 % 31] || syllables[1 + p * 11 % 29] || syllables[1 + p * 13 % 23] AS family,
        syllables[1 + p * 17 % 31] || syllables[1 + p * 19 % 27] AS given,
        'P' || lpad(p::text, 6, '0') AS patient,
        to_char(date '1930-01-01' + p * 31 % 29000, 'YYYYMMDD') AS birth,
        CASE WHEN p % 2 = 0 THEN 'M' ELSE 'F' END AS sex,
        to_char(date '2015-01-01' + CASE WHEN n % 20 = 0 THEN n * 17 % 3650 ELSE n * 3650::bigint / ${count} END::integer,
          'YYYYMMDD') AS date,
        to_char(time '07:00' + n * 37 % 43200 * interval '1 second', 'HH24MISS') AS time,
        'ACC' || lpad(n::text, 8, '0') AS accession,
        (ARRAY['Scanner coronaire', 'IRM cardiaque', 'Echographie', 'Radio thorax', 'Scanner thoracique'])[1 + n % 5]
          AS description,
        (ARRAY['CT', 'MR', 'US', 'DX', 'CT'])[1 + n % 5] AS modality
      FROM (SELECT n, (n::bigint * 7919 % (${count}::bigint / 5))::integer AS p, ${syllables}::text[] AS syllables
        FROM generate_series(1, ${count}::integer) n) numbered) said`.execute(database);
  await sql`
    INSERT INTO series (study_id, series_instance_uid, modality, series_number, instance_count, attributes)
    SELECT study.id, study.study_instance_uid || '.' || number, study.modalities[1], number, 100, jsonb_build_object(
      '00080060', jsonb_build_object('vr', 'CS', 'Value', jsonb_build_array(study.modalities[1])),
      '00200011', jsonb_build_object('vr', 'IS', 'Value', jsonb_build_array(number)),
      '00400275', jsonb_build_object('vr', 'SQ', 'Value', jsonb_build_array(jsonb_build_object(
        '00400009', jsonb_build_object('vr', 'SH', 'Value', jsonb_build_array('SPS' || study.id))))))
    FROM study, generate_series(1, 3) number WHERE study.site_id = ${siteId}`.execute(database);
  await sql`VACUUM (ANALYZE) study, series`.execute(database);
}

const syllables: readonly string[] =
  `DU MAR LE BER NARD PE TIT RO BERT RI CHARD MO REAU SI MON LAU RENT GAR CIA DA VID TRAND ROUX VIN CENT FOUR NIER GI RARD BON
   NET`.split(/\s+/);
