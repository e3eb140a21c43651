import type { ChoiceParameter } from "./protocol.ts";

/** Which voxel size of a NIfTI file to believe; every protocol that takes such files declares it, and the reader of files asks it. */
export const niftiSpacingParameter: ChoiceParameter & { readonly choices: readonly ("affine" | "pixdim")[] } = {
  kind: "choice",
  title: { en: "Voxel size of NIfTI files", fr: "Taille de voxel des fichiers NIfTI" },
  default: "affine",
  choices: ["affine", "pixdim"],
  source:
    "nifti1.h: the affine says where voxels lie; a file whose affine contradicts its pixdim is refused until a reader says which is right",
};
