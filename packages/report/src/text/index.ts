export { exclusionPhrases, statusPhrases } from "./candidate-phrases.ts";
export { categoryPhrases } from "./category-phrases.ts";
export { fillText } from "./fill-text.ts";
export { noteSentences } from "./note-sentences.ts";
export { capitalised, categoryText, protocolWords } from "./protocol-words.ts";
export { qualitySentences } from "./quality-sentences.ts";
export { reasonPhrases } from "./reason-phrases.ts";
export { shownNumber } from "./shown-number.ts";
export { shownUnit } from "./shown-unit.ts";
