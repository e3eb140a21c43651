import { createQueries } from "./app/create-queries.ts";
import { showStudyEarly } from "./early/show-study-early.ts";
import { parseRoute } from "./route/route.ts";

/** Milliseconds that the page waits for the picture it begins with, at most. */
const earlyMs = 700;

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const queries = createQueries();
const route = parseRoute(location.hash);
if (route.page === "study") {
  // Whoever asks for a study sees its first picture before the page takes the time to start.
  await Promise.race([
    showStudyEarly(queries, route.studyInstanceUid),
    new Promise((settle) => setTimeout(settle, earlyMs)),
  ]);
}
const { startApp } = await import("./app/start-app.tsx");
startApp(root, queries);
