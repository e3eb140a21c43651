import { defineTexts } from "../../text/define-texts.ts";

/** Texts of the contours. */
export const contourTexts = defineTexts(
  {
    title: "Contours",
    hint: "Choose a structure, draw round it; a drag that begins and ends on a contour corrects that piece. A click chooses a contour.",
    remove: "Delete the chosen contour",
    count: (count: number) => `${count}`,
  },
  {
    title: "Contours",
    hint: "Choisissez une structure, dessinez-en le tour ; un tracé qui part d’un contour et y revient corrige ce morceau. Un clic choisit un contour.",
    remove: "Supprimer le contour choisi",
    count: (count: number) => `${count}`,
  },
);
