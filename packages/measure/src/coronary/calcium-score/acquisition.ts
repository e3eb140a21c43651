import type { Stack } from "@etalon/volume";

/** What the scanner says of how a stack was made; several values where its frames disagree. */
export interface Acquisition {
  readonly tubeVoltagesKv: readonly number[];
  readonly kernels: readonly string[];
  readonly contrastAgents: readonly string[];
  readonly sliceThicknessesMm: readonly number[];
}

/** What technologists write where no agent was given. */
const NO_AGENT = /^(none|no|non|without|without contrast|sans|sans injection|n\/a)$/i;

/** Reads the acquisition of a stack off its frames; each list is sorted and holds each value once. */
export function acquisitionOf(stack: Stack): Acquisition {
  const voltages = new Set<number>();
  const kernels = new Set<string>();
  const agents = new Set<string>();
  const thicknesses = new Set<number>();
  for (const { header, instance } of stack.frames) {
    const { tubeVoltageKv, convolutionKernel, contrastBolusAgent } = instance.header;
    if (tubeVoltageKv !== undefined) voltages.add(tubeVoltageKv);
    if (convolutionKernel !== undefined && convolutionKernel !== "") kernels.add(convolutionKernel);
    const agent = contrastBolusAgent?.trim() ?? "";
    if (agent !== "" && !NO_AGENT.test(agent)) agents.add(agent);
    if (header.sliceThicknessMm !== undefined) thicknesses.add(header.sliceThicknessMm);
  }
  return {
    tubeVoltagesKv: [...voltages].sort((a, b) => a - b),
    kernels: [...kernels].sort(),
    contrastAgents: [...agents].sort(),
    sliceThicknessesMm: [...thicknesses].sort((a, b) => a - b),
  };
}

/**
 * Reconstruction kernels known to sharpen edges, which raises the peaks that the weights are taken from: Canon FC30 and
 * above; Siemens B/Br/Bv/Hr/Ur… 50 and above; GE LUNG, BONE, EDGE, DETAIL; Philips D, E, YB…YD, L. Names from the vendors' lists as
 * commonly seen in headers; an unknown name is not called sharp.
 */
export function isSharpKernel(kernel: string): boolean {
  const name = kernel.trim().toUpperCase();
  const canon = /^FC(\d{2})$/.exec(name);
  if (canon !== null) return Number(canon[1]) >= 30;
  const siemens = /^[A-Z]{1,2}(\d{2})[A-Z]?(\\.*)?$/.exec(name);
  if (siemens !== null) return Number(siemens[1]) >= 50;
  return ["LUNG", "BONE", "BONEPLUS", "EDGE", "DETAIL", "D", "E", "L", "YB", "YC", "YD"].includes(name);
}
