import { defineTexts } from "../text/define-texts.ts";

/** Texts of the protocol panel. */
export const panelTexts = defineTexts(
  {
    title: "Protocol",
    empty: "No protocol has measured this study.",
    provisional: "provisional: awaits a reader’s marks",
  },
  {
    title: "Protocole",
    empty: "Aucun protocole n’a mesuré cet examen.",
    provisional: "provisoire : attend les marques d’un lecteur",
  },
);
