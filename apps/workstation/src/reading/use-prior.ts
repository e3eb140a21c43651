import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { everyStudy, findStudies, type Study } from "../api/studies.ts";
import { type OpenStudy, useOpenStudy } from "./use-stacks.ts";

/** The most studies of one patient that are offered. */
const mostStudies = 200;

/** Other studies of the patient, and the one that is shown beside. */
export interface Prior {
  /** Newest first. */
  readonly others: readonly Study[];
  readonly chosen: string | undefined;
  readonly choose: (studyInstanceUid: string | undefined) => void;
  /** Absent where none is chosen. */
  readonly open: OpenStudy | undefined;
}

/** The other studies of a study's patient: one identifier, and no birth date that says otherwise. */
export function usePrior(study: Study | undefined): Prior {
  const [chosen, choose] = useState<string>();
  const patientId = study?.patientId ?? "";
  const others = useQuery({
    queryKey: ["studies-of", patientId],
    queryFn: () => findStudies({ ...everyStudy, patientId }, { limit: mostStudies, offset: 0 }),
    enabled: patientId !== "",
  });
  const open = useOpenStudy(chosen);
  const found = others.data?.studies;
  return useMemo(
    () => ({
      others: (found ?? []).filter((other) => isOther(other, study)),
      chosen,
      choose,
      open: chosen === undefined ? undefined : open,
    }),
    [found, study, chosen, open],
  );
}

function isOther(other: Study, study: Study | undefined): boolean {
  const { patientId, birthDate, studyInstanceUid } = other;
  if (study === undefined || patientId !== study.patientId || studyInstanceUid === study.studyInstanceUid) return false;
  return birthDate === "" || study.birthDate === "" || birthDate === study.birthDate;
}
