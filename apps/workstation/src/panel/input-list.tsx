import { shownUnit, typeset } from "@etalon/report/text";
import { NativeSelect, NumberInput } from "@mantine/core";
import { memo, type ReactNode } from "react";
import type { ReadingDraft } from "../marks/reading-draft.ts";
import { useRoomContext } from "../reading/room-context.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";
import type { Reading } from "./reading-context.ts";
import { type RoleMatching, roleChoice } from "./role-candidates.ts";

interface ListProps extends Pick<Reading, "protocol" | "roles" | "edit"> {
  readonly numbers: ReadingDraft["numbers"];
  /** Series by role, where the reader chose. */
  readonly choices: ReadingDraft["roles"];
}

/** What a protocol measures: a series for each role, and numbers. */
export const InputList = memo(function InputList({ protocol, roles, numbers, choices, edit }: ListProps): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  return (
    <section className={styles.section} aria-label={texts.inputs}>
      <h2 className={styles.title}>{texts.inputs}</h2>
      <div className={styles.fields}>
        {roles.map((matching) => (
          <RoleField key={matching.id} matching={matching} choices={choices} edit={edit} />
        ))}
        {Object.entries(protocol.roles).map(([id, role]) =>
          role.kind === "number" ? (
            <NumberInput
              key={id}
              size="xs"
              label={typeset(role.title[language], language)}
              suffix={` ${shownUnit(role.unit, language)}`}
              value={numbers[id] ?? ""}
              onChange={(value) => {
                const { [id]: _before, ...others } = numbers;
                const given = typeof value === "number" ? { ...others, [id]: value } : others;
                edit({ numbers: given }, `number ${id}`);
              }}
            />
          ) : null,
        )}
      </div>
    </section>
  );
});

function RoleField({
  matching,
  choices,
  edit,
}: Pick<ListProps, "choices" | "edit"> & { readonly matching: RoleMatching }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const { open } = useRoomContext();
  const { id, role, candidates, chosen, phase, series: given } = matching;
  const set = (uid: string | undefined, at: number | undefined): void => {
    const { [id]: _before, ...others } = choices;
    edit({ roles: uid === undefined || uid === "" ? others : { ...others, [id]: roleChoice(uid, at) } });
  };
  const series = [...new Map(candidates.map((one) => [one.stack.seriesInstanceUid, one])).values()];
  const phases = chosen?.stack?.axes.reduce((product, { coordinates }) => product * coordinates.length, 1) ?? 1;
  const labelOf = (uid: string): string => {
    const summary = open.series.find((one) => one.summary.seriesInstanceUid === uid)?.summary;
    return [summary?.number, summary?.description || summary?.modality]
      .filter((part) => part !== undefined)
      .join(" · ");
  };
  return (
    <>
      <NativeSelect
        size="xs"
        label={`${typeset(role.title[language], language)}${role.isOptional === true ? ` (${texts.optional})` : ""}`}
        value={chosen?.seriesInstanceUid ?? ""}
        onChange={(event) => set(event.currentTarget.value, undefined)}
        data={[
          ...(chosen === undefined || role.isOptional === true
            ? [
                {
                  value: "",
                  label:
                    series.length === 0
                      ? texts.noSeries
                      : role.isOptional
                        ? texts.none
                        : given.length > 0
                          ? texts.together(given.length)
                          : texts.chooseSeries,
                },
              ]
            : []),
          ...series.map(({ stack, isByHandOnly }) => ({
            value: stack.seriesInstanceUid,
            label: `${labelOf(stack.seriesInstanceUid)}${isByHandOnly ? ` (${texts.byHand})` : ""}`,
          })),
        ]}
      />
      {role.isOnePhase === true && phases > 1 ? (
        <NumberInput
          size="xs"
          label={texts.phase}
          min={1}
          max={phases}
          value={phase ?? ""}
          onChange={(value) => set(chosen?.seriesInstanceUid, typeof value === "number" ? value : undefined)}
        />
      ) : null}
    </>
  );
}
