import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ShownMap } from "../../measuring/measuring-messages.ts";
import { useTexts } from "../../text/language.tsx";
import panel from "../panel.module.css";
import { MapChoice, RangeFields, SliceSlider } from "./map-controls.tsx";
import { MapDownloads } from "./map-downloads.tsx";
import { MapFigure } from "./map-figure.tsx";
import { MapReadout } from "./map-readout.tsx";
import { mapTexts } from "./map-texts.ts";
import styles from "./maps.module.css";
import { type MapView, useMapView } from "./use-map-view.ts";

/** The maps of a result: small in the panel, large in a dialog. */
export function MapSection({ maps }: { readonly maps: readonly ShownMap[] }): ReactNode {
  const texts = useTexts(mapTexts);
  const view = useMapView(maps);
  const [isLarge, setIsLarge] = useState(false);
  if (view === undefined) return null;
  return (
    <section className={panel.section} aria-label={texts.title} data-testid="maps">
      <h2 className={panel.title}>{texts.title}</h2>
      <MapChoice view={view} />
      <MapPair view={view} ticks={3} />
      <SliceSlider view={view} />
      <MapReadout view={view} />
      <div className={styles.actions}>
        <Button size="compact-xs" variant="default" onClick={() => setIsLarge(true)} data-testid="enlarge-maps">
          {texts.enlarge}
        </Button>
        <MapDownloads view={view} />
      </div>
      <Modal
        opened={isLarge}
        onClose={() => setIsLarge(false)}
        title={texts.title}
        size="min(96vw, 1400px)"
        closeButtonProps={{ "aria-label": texts.close }}
        transitionProps={{ duration: 0 }}
      >
        <div className={styles.large} data-testid="large-maps">
          <MapChoice view={view} />
          <MapPair view={view} ticks={7} />
          <SliceSlider view={view} />
          <MapReadout view={view} />
          <div className={styles.ranges}>
            <RangeFields map={view.group.quantity} view={view} />
            {view.quality === undefined ? null : <RangeFields map={view.quality} view={view} />}
          </div>
          <p className={panel.note}>{texts.unpainted}</p>
        </div>
      </Modal>
    </section>
  );
}

/** A quantity and how good it is, beside each other. */
function MapPair({ view, ticks }: { readonly view: MapView; readonly ticks: number }): ReactNode {
  const texts = useTexts(mapTexts);
  const { group, quality } = view;
  return (
    <div className={styles.pair}>
      <MapFigure map={group.quantity} view={view} ticks={ticks} />
      {quality === undefined ? (
        <p className={panel.note}>{texts.noQuality}</p>
      ) : (
        <MapFigure map={quality} view={view} ticks={ticks} />
      )}
    </div>
  );
}
