import type { ChosenPicture } from "@etalon/report";
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { refusalOf, send } from "../api/request.ts";
import type { KeyImageRef } from "../marks/reading-draft.ts";
import type { PictureStack } from "../reading/picture-stacks.ts";

/** Longer side of a picture in the preview, pixels. */
const side = 640;

/** The pictures that the reader chose, drawn by the server; those that are not there yet are left out. */
export function useKeyPictures(
  images: readonly KeyImageRef[],
  stacks: readonly PictureStack[],
): readonly ChosenPicture[] {
  const paths = useMemo(
    () =>
      new Map(
        stacks
          .flatMap(({ pictures }) => pictures)
          .map(({ header, frame, path }) => [`${header.sopInstanceUid}/${frame.frameIndex + 1}`, path]),
      ),
    [stacks],
  );
  const drawn = useQueries({
    queries: images.map(({ sopInstanceUid, frame, window }) => {
      const path = paths.get(`${sopInstanceUid}/${frame}`);
      const shown = window === undefined ? "" : `&window=${window.center},${window.width},linear`;
      return {
        queryKey: ["key-image", path, shown],
        queryFn: () => readPng(`${path}/rendered?viewport=${side},${side}${shown}`),
        enabled: path !== undefined,
        staleTime: Number.POSITIVE_INFINITY,
        structuralSharing: false,
      };
    }),
  });
  const pngs = drawn.map(({ data }) => data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is made anew each time, its pictures are not.
  return useMemo(
    () =>
      images.flatMap(({ sopInstanceUid, frame, caption }, at): ChosenPicture[] => {
        const png = pngs[at];
        if (png === undefined) return [];
        return [{ ...png, sopInstanceUid, frame, ...(caption === undefined ? {} : { caption }) }];
      }),
    [images, ...pngs],
  );
}

/** Offset of width and height in a PNG (its first chunk, ISO/IEC 15948 section 11.2.2). */
const sizeAt = 16;

async function readPng(path: string): Promise<Pick<ChosenPicture, "png" | "width" | "height">> {
  const answer = await send(path, { headers: { accept: "image/png" } });
  if (!answer.ok) throw await refusalOf(answer);
  const png = new Uint8Array(await answer.arrayBuffer());
  const view = new DataView(png.buffer);
  return { png, width: view.getUint32(sizeAt), height: view.getUint32(sizeAt + 4) };
}
