import type { FrameHeader } from "@etalon/dicom";
import type { SideFile } from "@etalon/inputs";
import type { ReceivedInstance, ReceivedOther } from "./received.ts";

/**
 * NIfTI instances with what the side files beside them say, noted; the side file of `x.nii.gz` and `x.nii` is `x.json`.
 * Every object is a new one.
 */
export function attachSideFiles(
  received: readonly (ReceivedInstance | ReceivedOther)[],
): (ReceivedInstance | ReceivedOther)[] {
  const beside = new Map<string, { readonly path: string; readonly sideFile: SideFile }>();
  for (const one of received) {
    if ("sideFile" in one && one.sideFile !== undefined) {
      beside.set(one.path.slice(0, -".json".length), { path: one.path, sideFile: one.sideFile });
    }
  }
  return received.map((one) => {
    const found =
      "header" in one && one.kind === "nifti" ? beside.get(one.path.replace(/\.nii(\.gz)?$/i, "")) : undefined;
    return found === undefined || !("header" in one) ? { ...one } : attach(one, found);
  });
}

function attach(
  instance: ReceivedInstance,
  { path, sideFile }: { readonly path: string; readonly sideFile: SideFile },
): ReceivedInstance {
  const { header } = instance;
  const { modality, bodyPartExamined, seriesDescription, manufacturer, imageType, fieldStrengthT } = sideFile;
  const planes = new Set(header.frames.map((frame) => frame.axes.temporalPositionIndex ?? 1)).size;
  const said = { ...(sideFile.repetitionTimeMs === undefined ? {} : { repetitionTimeMs: sideFile.repetitionTimeMs }) };
  return {
    ...instance,
    header: {
      ...header,
      ...(modality === undefined ? {} : { modality }),
      ...(bodyPartExamined === undefined ? {} : { bodyPartExamined }),
      ...(seriesDescription === undefined ? {} : { seriesDescription }),
      ...(manufacturer === undefined ? {} : { manufacturer }),
      ...(imageType === undefined ? {} : { imageType }),
      ...(fieldStrengthT === undefined ? {} : { fieldStrengthT }),
      frames: header.frames.map((frame) => ({
        ...frame,
        ...said,
        axes: { ...frame.axes, ...axesOf(sideFile, frame, planes) },
      })),
    },
    repairs: [
      ...(instance.repairs ?? []),
      { code: "side-file-read", details: { sideFile: path.split(/[/\\]/).at(-1) ?? path, said: saidIn(sideFile) } },
    ],
  };
}

/** Coordinates of a frame: of a list as long as the file has volumes, its volume's; a single value holds for all. */
function axesOf(sideFile: SideFile, frame: FrameHeader, volumes: number): FrameHeader["axes"] {
  const volume = (frame.axes.temporalPositionIndex ?? 1) - 1;
  const at = (values: readonly number[] | undefined): number | undefined => {
    if (values === undefined) return undefined;
    return values.length === volumes ? values[volume] : values.length === 1 ? values[0] : undefined;
  };
  const [echoTimeMs, inversionTimeMs, flipAngleDeg] = [
    at(sideFile.echoTimesMs),
    at(sideFile.inversionTimesMs),
    at(sideFile.flipAnglesDeg),
  ];
  return {
    ...(echoTimeMs === undefined ? {} : { echoTimeMs }),
    ...(inversionTimeMs === undefined ? {} : { inversionTimeMs }),
    ...(flipAngleDeg === undefined ? {} : { flipAngleDeg }),
  };
}

function saidIn({ echoTimesMs, inversionTimesMs, flipAnglesDeg, repetitionTimeMs }: SideFile): string {
  const list = (name: string, values: readonly number[] | undefined, unit: string): readonly string[] =>
    values === undefined ? [] : [`${name} ${values.join(", ")} ${unit}`];
  return [
    ...list("TE", echoTimesMs, "ms"),
    ...list("TI", inversionTimesMs, "ms"),
    ...list("TR", repetitionTimeMs === undefined ? undefined : [repetitionTimeMs], "ms"),
    ...list("FA", flipAnglesDeg, "deg"),
  ].join("; ");
}
