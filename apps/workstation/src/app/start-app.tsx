import "@mantine/core/styles.css";
import "../main.css";
import type { QueryClient } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

/** Draws the page, which goes on with what was asked for already. */
export function startApp(root: HTMLElement, queries: QueryClient): void {
  createRoot(root).render(<App queries={queries} />);
}
