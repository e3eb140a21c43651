import type { AnyProtocol } from "@etalon/measure";
import { z } from "zod";
import { fittingSeries } from "./fitting-series.ts";
import type { Database } from "./reading-place.ts";
import { readingStatuses } from "./reading-tables.ts";

const textSchema = z.object({ en: z.string(), fr: z.string() });

/** A protocol that a study can be measured with, as the API shows it. */
export const measurableSchema = z.object({
  protocol: z.string(),
  version: z.string(),
  title: textSchema,
  roles: z.array(
    z.object({
      role: z.string(),
      kind: z.enum(["series", "number"]),
      title: textSchema,
      unit: z.string(),
      isOptional: z.boolean(),
      /** Series that fit, the best first. */
      series: z.array(z.object({ seriesInstanceUid: z.string(), rank: z.number() })),
    }),
  ),
  reading: z.object({ status: z.enum(readingStatuses), version: z.number() }).nullable(),
});

/** See {@link measurableSchema}. */
export type MeasurableProtocol = z.output<typeof measurableSchema>;

/** The protocols of which every role that must be played has a series of the study that fits. */
export async function measurableProtocols(database: Database, studyId: number): Promise<readonly MeasurableProtocol[]> {
  const readings = await database
    .selectFrom("reading")
    .select(["protocol", "status", "version"])
    .where("study_id", "=", studyId)
    .execute();
  const begun = new Map(readings.map(({ protocol, status, version }) => [protocol, { status, version }]));
  const fitting = await fittingSeries(database, studyId);
  return [...fitting]
    .map(([protocol, roles]) => measurableOf(protocol, roles, begun.get(protocol.id) ?? null))
    .filter(({ roles }) =>
      roles.every(({ kind, isOptional, series }) => kind === "number" || isOptional || series.length > 0),
    );
}

function measurableOf(
  protocol: AnyProtocol,
  fitting: ReadonlyMap<string, readonly { readonly seriesInstanceUid: string; readonly rank: number }[]>,
  reading: MeasurableProtocol["reading"],
): MeasurableProtocol {
  return {
    protocol: protocol.id,
    version: protocol.version,
    title: { ...protocol.title },
    roles: Object.entries(protocol.roles).map(([id, role]) => ({
      role: id,
      kind: role.kind,
      title: { ...role.title },
      unit: role.unit,
      isOptional: role.isOptional === true,
      series: [...(fitting.get(id) ?? [])],
    })),
    reading,
  };
}
