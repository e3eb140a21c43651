import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ownAnswerer } from "../../api/own-answers.ts";
import { mapUrl } from "../../api/readings.ts";
import { appTexts } from "../../app/app-texts.ts";
import { explain } from "../../app/explain.ts";
import { saveFile } from "../../app/save-file.ts";
import { MeasuringError } from "../../measuring/create-measuring.ts";
import type { MapFormat } from "../../measuring/measuring-messages.ts";
import { runOnServer, serverDigest } from "../../report/run-on-server.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import panel from "../panel.module.css";
import { useReading } from "../reading-context.ts";
import { mapTexts } from "./map-texts.ts";
import styles from "./maps.module.css";
import type { MapView } from "./use-map-view.ts";

/** Takes a map down as the server computes it, which it does first where it has not; where there is none, as the page did. */
export function MapDownloads({ view }: { readonly view: MapView }): ReactNode {
  const texts = useTexts(mapTexts);
  const common = useTexts(appTexts);
  const reading = useReading();
  const [working, setWorking] = useState<MapFormat>();
  const [failure, setFailure] = useState<string>();
  const { language } = useLanguage();
  if (reading === undefined) return null;
  const { sync, run } = reading;
  const mapId = view.group.quantity.id;
  const isHere = ownAnswerer() !== undefined;
  const digest = run.isCurrent ? run.measured?.result.digest : undefined;
  const takeHere = async (format: MapFormat): Promise<void> => {
    if (digest === undefined) return;
    const createdAt = new Date().toISOString();
    const made = await reading.makeMap({ digest, mapId, format, language, createdAt });
    if (made !== "superseded") saveFile(made);
  };
  const takeFromServer = async (format: MapFormat): Promise<void> => {
    let state = sync.state;
    if (!reading.isLocked && serverDigest(state) !== digest) {
      state = await runOnServer(sync.place, await sync.flush());
      sync.setState(state);
    }
    if (serverDigest(state) === digest) follow(mapUrl(sync.place, mapId, format));
    else setFailure(texts.differs);
  };
  const take = async (format: MapFormat): Promise<void> => {
    setWorking(format);
    setFailure(undefined);
    try {
      await (isHere ? takeHere(format) : takeFromServer(format));
    } catch (error) {
      setFailure(error instanceof MeasuringError ? error.refusal.message[language] : explain(error, common));
    } finally {
      setWorking(undefined);
    }
  };
  const button = (format: MapFormat, name: string): ReactNode => (
    <Button
      size="compact-xs"
      variant="default"
      title={isHere ? texts.downloadHere : texts.download}
      disabled={digest === undefined}
      loading={working === format}
      onClick={() => take(format)}
      data-testid={`download-map-${format}`}
    >
      {name}
    </Button>
  );
  return (
    <div className={styles.downloads}>
      {button("nifti", texts.nifti)}
      {button("parametric-map", texts.parametricMap)}
      {working === undefined || isHere ? null : (
        <span className={panel.note} role="status">
          {texts.computing}
        </span>
      )}
      {failure === undefined ? null : (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}

/** The answer says under which name it is kept. */
function follow(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}
