import "@mantine/core/styles.css";
import "../main.css";
import { createRoot } from "react-dom/client";
import { answerHere } from "../api/own-answers.ts";
import { App } from "../app/app.tsx";
import { AloneBar } from "./alone-bar.tsx";
import { answerAlone } from "./answer-alone.ts";
import { createDocumentStore } from "./document-store.ts";
import { createLocalObjects } from "./local-objects.ts";
import { servedFolder } from "./served-folder.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("alone.html has no #root");
const documents = createDocumentStore(indexedDB);
answerHere(answerAlone(createLocalObjects(), documents));
createRoot(root).render(<App notice={<AloneBar documents={documents} />} givenFiles={servedFolder} />);
