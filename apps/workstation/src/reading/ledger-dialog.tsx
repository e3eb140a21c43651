import { reasonPhrases } from "@etalon/report/text";
import type { Ledger, LedgerEntry } from "@etalon/volume";
import { Modal, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./ledger.module.css";
import { ledgerTexts } from "./ledger-texts.ts";
import { useRoomContext } from "./room-context.ts";
import type { OpenSeries } from "./use-stacks.ts";

/** Opens the ledger of the study: every object of every series, with its place or the reason why it has none. */
export function LedgerButton(): ReactNode {
  const { open } = useRoomContext();
  const texts = useTexts(ledgerTexts);
  const [isOpen, setIsOpen] = useState(false);
  const read = open.series.flatMap(({ ledger }) => ledger?.entries ?? []);
  const placed = read.filter(({ reason }) => reason === undefined).length;
  return (
    <>
      <button type="button" className={styles.button} onClick={() => setIsOpen(true)} data-testid="ledger">
        {texts.short(placed, read.length)}
      </button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={texts.title}
        size="lg"
        closeButtonProps={{ "aria-label": texts.close }}
        transitionProps={{ duration: 0 }}
      >
        <Text size="sm" mb="sm">
          {texts.what}
        </Text>
        {open.series.map((series) => (
          <SeriesLedger key={series.summary.seriesInstanceUid} series={series} />
        ))}
      </Modal>
    </>
  );
}

function SeriesLedger({ series: { summary, ledger } }: { readonly series: OpenSeries }): ReactNode {
  const texts = useTexts(ledgerTexts);
  const { number, description, modality, instanceCount } = summary;
  const title = [number, description || modality].filter((part) => part !== undefined).join(" · ");
  if (ledger === undefined) return <Text size="sm">{`${title}: ${texts.reading(instanceCount)}`}</Text>;
  const groups = [...Map.groupBy(ledger.entries, placeKey)];
  return (
    <section className={styles.series}>
      <h3 className={styles.title}>{title}</h3>
      {ledger.entries.length === instanceCount ? null : (
        <Text size="xs" c="orange">
          {texts.unlike(instanceCount, ledger.entries.length)}
        </Text>
      )}
      {groups.map(([key, entries]) => (
        <Group key={key} entries={entries} ledger={ledger} />
      ))}
    </section>
  );
}

/** Objects of one stack, or left out for one reason: how many, and on demand each. */
function Group({ entries, ledger }: { readonly entries: readonly LedgerEntry[]; readonly ledger: Ledger }): ReactNode {
  const texts = useTexts(ledgerTexts);
  const { language } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const reason = entries[0]?.reason;
  const stackId = entries[0]?.places[0]?.stackId;
  const slices = ledger.stacks.find(({ id }) => id === stackId)?.slicePositionsMm.length ?? 0;
  const said = reason === undefined ? texts.placed(slices) : reasonPhrases[reason.code][language];
  return (
    <details className={styles.group} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{texts.objects(entries.length, said)}</summary>
      {isOpen ? (
        <ul className={styles.objects}>
          {entries.map(({ path, places }) => (
            <li key={path}>
              <code>{path}</code> {texts.slices(places.flatMap(({ sliceIndexes }) => sliceIndexes.map((at) => at + 1)))}
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

function placeKey({ reason, places }: LedgerEntry): string {
  return reason?.code ?? places.map(({ stackId }) => stackId).join(" ");
}
