import { shownUnit, typeset } from "@etalon/report/text";
import { NativeSelect, NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useRoomContext } from "../reading/room-context.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";
import type { Reading } from "./reading-context.ts";
import { type RoleMatching, roleChoice } from "./role-candidates.ts";

/** What a protocol measures: a series for each role, and numbers. */
export function InputList({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const { roles, protocol, draft, edit } = reading;
  return (
    <section className={styles.section} aria-label={texts.inputs}>
      <h2 className={styles.title}>{texts.inputs}</h2>
      <div className={styles.fields}>
        {roles.map((matching) => (
          <RoleField key={matching.id} matching={matching} reading={reading} />
        ))}
        {Object.entries(protocol.roles).map(([id, role]) =>
          role.kind === "number" ? (
            <NumberInput
              key={id}
              size="xs"
              label={typeset(role.title[language], language)}
              suffix={` ${shownUnit(role.unit, language)}`}
              value={draft.numbers[id] ?? ""}
              onChange={(value) => {
                const { [id]: _before, ...others } = draft.numbers;
                const numbers = typeof value === "number" ? { ...others, [id]: value } : others;
                edit({ numbers }, `number ${id}`);
              }}
            />
          ) : null,
        )}
      </div>
    </section>
  );
}

function RoleField({ matching, reading }: { readonly matching: RoleMatching; readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const { open } = useRoomContext();
  const { id, role, candidates, chosen, phase, series: given } = matching;
  const { draft, edit } = reading;
  const set = (uid: string | undefined, at: number | undefined): void => {
    const { [id]: _before, ...others } = draft.roles;
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
