import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { serverUrl } from "../api/server-url.ts";
import type { KeyImageRef } from "../marks/reading-draft.ts";
import type { Reading } from "../panel/reading-context.ts";
import { useRoomContext, useRoomState, useShownStack } from "../reading/room-context.ts";
import { useTexts } from "../text/language.tsx";
import styles from "./report.module.css";
import { reportTexts } from "./report-texts.ts";

/** Pictures that one report shows at most. */
const most = 12;

/** The images that the reader chose for the report, with the window they were seen with. */
export function KeyImageList({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(reportTexts);
  const { store, views } = useRoomContext();
  const { keyImages } = reading.draft;
  const stack = useShownStack(useRoomState((state) => state.active));
  const take = (): void => {
    const { active, cells } = store.now();
    const picture = stack?.pictures[cells[active]?.index ?? 0];
    if (picture === undefined) return;
    const range = views.get(active)?.state()?.range;
    const window =
      range === undefined
        ? {}
        : { window: { center: (range.lower + range.upper) / 2, width: range.upper - range.lower } };
    const image: KeyImageRef = {
      sopInstanceUid: picture.header.sopInstanceUid,
      frame: picture.frame.frameIndex + 1,
      ...window,
    };
    reading.edit({ keyImages: [...keyImages, image] });
  };
  return (
    <section aria-label={texts.keyImages}>
      <h3 className={styles.heading}>{texts.keyImages}</h3>
      <div className={styles.keyImages}>
        {keyImages.map((image, at) => (
          <KeyImage key={`${image.sopInstanceUid}/${image.frame}`} image={image} at={at} reading={reading} />
        ))}
      </div>
      <button
        type="button"
        className={styles.button}
        disabled={stack === undefined || reading.isLocked || keyImages.length >= most}
        onClick={take}
        data-testid="add-key-image"
      >
        {texts.addKeyImage}
      </button>
    </section>
  );
}

function KeyImage({
  image,
  at,
  reading,
}: {
  readonly image: KeyImageRef;
  readonly at: number;
  readonly reading: Reading;
}): ReactNode {
  const texts = useTexts(reportTexts);
  const { stacks } = useRoomContext();
  const { keyImages } = reading.draft;
  const { sopInstanceUid, frame, window, caption } = image;
  const picture = stacks
    .flatMap(({ pictures }) => pictures)
    .find((one) => one.header.sopInstanceUid === sopInstanceUid && one.frame.frameIndex + 1 === frame);
  const shown = window === undefined ? "" : `&window=${window.center},${window.width},linear`;
  const replace = (by: readonly KeyImageRef[]): readonly KeyImageRef[] => keyImages.toSpliced(at, 1, ...by);
  return (
    <figure>
      {picture === undefined ? null : (
        <img src={serverUrl(`${picture.path}/rendered?viewport=160,160${shown}`)} alt={caption ?? texts.keyImages} />
      )}
      <TextInput
        size="xs"
        placeholder={texts.caption}
        aria-label={texts.caption}
        value={caption ?? ""}
        readOnly={reading.isLocked}
        onChange={(event) => {
          const { caption: _before, ...rest } = image;
          const said = event.currentTarget.value;
          reading.edit({ keyImages: replace([said === "" ? rest : { ...rest, caption: said }]) }, `caption ${at}`);
        }}
      />
      <button
        type="button"
        className={styles.remove}
        aria-label={texts.remove}
        title={texts.remove}
        disabled={reading.isLocked}
        onClick={() => reading.edit({ keyImages: replace([]) })}
      >
        ×
      </button>
    </figure>
  );
}
