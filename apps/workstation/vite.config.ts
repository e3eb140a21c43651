import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** What index.html imports when the first picture has been asked for is fetched at once, and started then. */
const preloadApp: Plugin = {
  name: "preload-app",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle, path }) => {
      const chunks = Object.values(bundle ?? {}).filter((one) => one.type === "chunk");
      const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("/app/start-app.tsx"));
      if (app === undefined || !path.endsWith("index.html")) return [];
      return [app.fileName, ...app.imports].map((file) => ({
        tag: "link",
        attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` },
        injectTo: "head",
      }));
    },
  },
};

/** Addresses are relative and routes stand after "#": the same files work under any path, on any static host. */
export default defineConfig({
  base: "./",
  root: import.meta.dirname,
  plugins: [react(), preloadApp],
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
