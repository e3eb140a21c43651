import {
  cache,
  Enums,
  imageLoader,
  init,
  metaData,
  RenderingEngine,
  StackViewport,
  setVolumesForViewports,
  type Types,
  utilities,
  volumeLoader,
} from "@cornerstonejs/core";

/**
 * A page as Cornerstone's own examples are: the metadata of the series are read, its images become a list of names, a loader
 * fetches each by WADO-RS when it is asked for, and a stack viewport shows the first. The images are native 16-bit slices, so
 * that its loader has nothing to decompress and turns them in the page itself.
 */

type Json = Readonly<Record<string, { readonly Value?: readonly unknown[] }>>;

const [study = "", series = ""] = location.hash.slice(1).split("/");
const root = `${location.origin}/dicom-web/studies/${study}/series/${series}`;
const bySop = new Map<string, Json>();

const numbers = (json: Json, tag: string): number[] => (json[tag]?.Value ?? []).map(Number);
const text = (json: Json, tag: string): string => String(json[tag]?.Value?.[0] ?? "");
const jsonOf = (imageId: string): Json => bySop.get(imageId.slice("plain:".length)) ?? {};

async function pixelsOf(sop: string): Promise<Int16Array> {
  const accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
  const answer = await fetch(`${root}/instances/${sop}/frames/1`, { headers: { accept } });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const end = bytes.findIndex(
    (byte, at) => byte === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10,
  );
  const length =
    2 *
    numbers(jsonOf(`plain:${sop}`), "00280010").concat(1)[0] *
    numbers(jsonOf(`plain:${sop}`), "00280011").concat(1)[0];
  return new Int16Array(bytes.slice(end + 4, end + 4 + length).buffer);
}

async function load(imageId: string): Promise<Types.IImage> {
  const json = jsonOf(imageId);
  const values = await pixelsOf(imageId.slice("plain:".length));
  const [rows = 1] = numbers(json, "00280010");
  const [columns = 1] = numbers(json, "00280011");
  const [slope = 1] = numbers(json, "00281053");
  const [intercept = 0] = numbers(json, "00281052");
  let [min, max] = [32767, -32768];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] * slope + intercept;
    values[at] = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const [spacing = 1] = numbers(json, "00280030");
  return {
    imageId,
    isPreScaled: true,
    preScale: { enabled: true, scaled: true },
    minPixelValue: min,
    maxPixelValue: max,
    slope: 1,
    intercept: 0,
    windowCenter: 40,
    windowWidth: 400,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    getPixelData: () => values,
    getCanvas: () => document.createElement("canvas"),
    rows,
    columns,
    height: rows,
    width: columns,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    columnPixelSpacing: spacing,
    rowPixelSpacing: spacing,
    invert: false,
    photometricInterpretation: "MONOCHROME2",
    sizeInBytes: values.byteLength,
    dataType: "Int16Array",
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      width: columns,
      height: rows,
      scalarData: values,
      numberOfComponents: 1,
    }),
  };
}

function describe(type: string, imageId: unknown): unknown {
  if (typeof imageId !== "string" || !imageId.startsWith("plain:")) return undefined;
  const json = jsonOf(imageId);
  const [rows, columns] = [numbers(json, "00280010")[0], numbers(json, "00280011")[0]];
  const [rowSpacing, columnSpacing] = numbers(json, "00280030");
  const orientation = numbers(json, "00200037");
  if (type === Enums.MetadataModules.IMAGE_PLANE) {
    return {
      frameOfReferenceUID: text(json, "00200052"),
      rows,
      columns,
      imageOrientationPatient: orientation,
      rowCosines: orientation.slice(0, 3),
      columnCosines: orientation.slice(3),
      imagePositionPatient: numbers(json, "00200032"),
      rowPixelSpacing: rowSpacing,
      columnPixelSpacing: columnSpacing,
      pixelSpacing: [rowSpacing, columnSpacing],
    };
  }
  if (type === Enums.MetadataModules.IMAGE_PIXEL) {
    return {
      samplesPerPixel: 1,
      photometricInterpretation: "MONOCHROME2",
      rows,
      columns,
      bitsAllocated: 16,
      bitsStored: 16,
      highBit: 15,
      pixelRepresentation: 1,
    };
  }
  if (type === Enums.MetadataModules.GENERAL_SERIES) return { modality: "CT", seriesInstanceUID: series };
  return undefined;
}

function element(): HTMLDivElement {
  const one = document.createElement("div");
  one.style.cssText = "width: 420px; height: 320px; float: left";
  document.body.append(one);
  return one;
}

/** What the benchmark reads and calls. */
interface Plain {
  firstMs?: number;
  allMs?: number;
  scroll: (count: number) => Promise<number>;
  planes: () => Promise<number>;
}

/** Opens the series in a stack viewport, then loads the rest. */
export async function openPlainPage(): Promise<void> {
  init();
  cache.setMaxCacheSize(4 * 2 ** 30);
  imageLoader.registerImageLoader("plain", (imageId: string) => ({ promise: load(imageId) }));
  metaData.addProvider(describe, 10_000);
  const answer = await fetch(`${root}/metadata`, { headers: { accept: "application/dicom+json" } });
  const metadata: readonly Json[] = await answer.json();
  for (const json of metadata) bySop.set(text(json, "00080018"), json);
  const imageIds = [...bySop.keys()].map((sop) => `plain:${sop}`);
  const engine = new RenderingEngine("plain");
  const stackElement = document.createElement("div");
  stackElement.style.cssText = "width: 850px; height: 690px";
  document.body.append(stackElement);
  engine.enableElement({ viewportId: "stack", element: stackElement, type: Enums.ViewportType.STACK });
  const viewport = engine.getViewport("stack");
  if (!(viewport instanceof StackViewport)) throw new Error("no stack");
  const drawn = (): Promise<void> =>
    new Promise((settle) => stackElement.addEventListener(Enums.Events.IMAGE_RENDERED, () => settle(), { once: true }));
  const first = drawn();
  await viewport.setStack(imageIds, 0);
  viewport.render();
  await first;
  const plain: Plain = {
    firstMs: performance.now(),
    scroll: async (count) => {
      const start = performance.now();
      for (let at = 1; at <= count; at += 1) {
        const next = drawn();
        await viewport.setImageIdIndex(at);
        await next;
      }
      return (performance.now() - start) / count;
    },
    planes: () => openPlanes(engine, imageIds),
  };
  Reflect.set(globalThis, "plain", plain);
  await Promise.all(imageIds.map((imageId) => imageLoader.loadAndCacheImage(imageId)));
  plain.allMs = performance.now();
}

async function openPlanes(engine: RenderingEngine, imageIds: string[]): Promise<number> {
  const start = performance.now();
  const planes = [Enums.OrientationAxis.AXIAL, Enums.OrientationAxis.SAGITTAL, Enums.OrientationAxis.CORONAL];
  const shown = planes.map((orientation, at) => {
    const own = element();
    const viewportId = `plane-${at}`;
    engine.enableElement({
      viewportId,
      element: own,
      type: Enums.ViewportType.ORTHOGRAPHIC,
      defaultOptions: { orientation },
    });
    return {
      viewportId,
      drawn: new Promise((settle) => own.addEventListener(Enums.Events.IMAGE_RENDERED, settle, { once: true })),
    };
  });
  await volumeLoader.createAndCacheVolumeFromImages("plain-volume", imageIds);
  await setVolumesForViewports(
    engine,
    [{ volumeId: "plain-volume" }],
    shown.map(({ viewportId }) => viewportId),
  );
  engine.renderViewports(shown.map(({ viewportId }) => viewportId));
  await Promise.all(shown.map(({ drawn }) => drawn));
  return performance.now() - start;
}
