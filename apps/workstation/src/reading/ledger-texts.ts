import { defineTexts } from "../text/define-texts.ts";

/** Texts of the ledger. */
export const ledgerTexts = defineTexts(
  {
    title: "Ledger: nothing is dropped",
    short: (placed: number, all: number) => `Ledger: ${placed} of ${all} placed`,
    what: "Every object of every series: its place among the slices, or why it has none. An image without a place is shown, and enters no volume.",
    reading: (count: number) => `${count} ${count === 1 ? "object" : "objects"}, being read`,
    unlike: (said: number, read: number) => `Objects announced: ${said}; read: ${read}.`,
    placed: (slices: number) => `in a stack of ${slices} ${slices === 1 ? "slice" : "slices"}`,
    objects: (count: number, said: string) => (count === 1 ? `1 object, ${said}` : `${count} objects, ${said}`),
    slices: (slices: readonly number[]) => (slices.length === 0 ? "" : `slice ${ranges(slices)}`),
    close: "Close",
  },
  {
    title: "Registre : rien n’est perdu",
    short: (placed: number, all: number) => `Registre : ${placed} ${placed < 2 ? "placé" : "placés"} sur ${all}`,
    what: "Chaque objet de chaque série : sa place parmi les coupes, ou pourquoi il n’en a pas. Une image sans place est montrée et n’entre dans aucun volume.",
    reading: (count: number) => `${count} ${count < 2 ? "objet" : "objets"}, en cours de lecture`,
    unlike: (said: number, read: number) => `Objets annoncés : ${said} ; lus : ${read}.`,
    placed: (slices: number) => `dans une pile de ${slices} ${slices < 2 ? "coupe" : "coupes"}`,
    objects: (count: number, said: string) => (count === 1 ? `1 objet, ${said}` : `${count} objets, ${said}`),
    slices: (slices: readonly number[]) => (slices.length === 0 ? "" : `coupe ${ranges(slices)}`),
    close: "Fermer",
  },
);

/** "1–3, 7". */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
