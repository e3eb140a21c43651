import { readFile } from "node:fs/promises";
import { EtalonError } from "@etalon/base";
import { z } from "zod";
import type { RegisteredPlane, RigidMovement, RigidRegistration } from "./rigid-registration.ts";

/** 72 MB with all it needs, and so no dependency of ours: who registers installs it (docs/decisions/0016). */
const packageName = "@itk-wasm/elastix";
const testedVersion = "1.0.1";

type Call = (...given: readonly unknown[]) => Promise<unknown>;
const call = z.custom<Call>((value) => typeof value === "function");
const moduleSchema = z.object({ defaultParameterMapNode: call, elastixNode: call });
const mapSchema = z.object({ parameterMap: z.record(z.string(), z.array(z.string())) });
const numbers = (count: number) => z.array(z.coerce.number()).length(count);
const foundSchema = z.object({
  transformParameterObject: z.tuple([
    z.object({
      Transform: z.tuple([z.literal("EulerTransform")]),
      TransformParameters: numbers(3),
      CenterOfRotationPoint: numbers(2),
    }),
  ]),
});

/**
 * Elastix in WebAssembly, where it is installed beside Etalon: rigid, by mutual information, three resolutions.
 *
 * @throws {EtalonError} `registration-missing`
 * @see Klein S, Staring M, Murphy K, Viergever MA, Pluim JPW. IEEE Trans Med Imaging 2010;29:196-205
 */
export async function loadElastix(): Promise<RigidRegistration> {
  const { defaultParameterMapNode, elastixNode } = moduleSchema.parse(await importPackage());
  const { parameterMap } = mapSchema.parse(await defaultParameterMapNode("rigid", { numberOfResolutions: 3 }));
  return {
    name: `${packageName} ${await installedVersion()}, rigid`,
    register: async (reference, image) =>
      movementOf(
        await elastixNode([{ ...parameterMap, WriteResultImage: ["false"] }], {
          fixed: asItkImage(reference),
          moving: asItkImage(image),
        }),
      ),
  };
}

/** The movement in elastix' answer: an Euler transform of angle (radians) and shift about a centre. */
export function movementOf(answer: unknown): RigidMovement {
  const [{ TransformParameters, CenterOfRotationPoint }] = foundSchema.parse(answer).transformParameterObject;
  const [angle = 0, x = 0, y = 0] = TransformParameters;
  const [cx = 0, cy = 0] = CenterOfRotationPoint;
  return { angleDeg: (angle * 180) / Math.PI, centerMm: [cx, cy], translationMm: [x, y] };
}

async function importPackage(): Promise<unknown> {
  try {
    return await import(packageName);
  } catch {
    throw new EtalonError("registration-missing", {
      field: "--register",
      received: packageName,
      details: { command: `npm install --no-save ${packageName}@${testedVersion}` },
    });
  }
}

async function installedVersion(): Promise<string> {
  const manifest = new URL("../package.json", import.meta.resolve(packageName));
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, "utf8"))).version;
}

function asItkImage({ columns, rows, columnSpacingMm, rowSpacingMm, originMm, values }: RegisteredPlane): unknown {
  return {
    imageType: { dimension: 2, componentType: "float32", pixelType: "Scalar", components: 1 },
    name: "image",
    origin: [...originMm],
    spacing: [columnSpacingMm, rowSpacingMm],
    direction: Float64Array.of(1, 0, 0, 1),
    size: [columns, rows],
    data: values,
    metadata: new Map(),
  };
}
