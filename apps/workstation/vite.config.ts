import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Addresses are relative and routes stand after "#": the same files work under any path, on any static host. */
export default defineConfig({
  base: "./",
  root: import.meta.dirname,
  plugins: [react()],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    // The page of a server, the page without one, and the page of a share.
    rolldownOptions: {
      input: ["index.html", "alone.html", "share.html"].map((page) => `${import.meta.dirname}/${page}`),
    },
    target: "es2023",
    // Colours of both themes stand side by side, light-dark(…), as these know.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    sourcemap: false,
    // Cornerstone and vtk.js are one piece of a megabyte, loaded with the first image.
    chunkSizeWarningLimit: 3000,
  },
});
