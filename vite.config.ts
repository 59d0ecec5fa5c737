/** Builds assets/dist (hashed files and manifest.json) from assets/; see docs/adr/0005-front-end-pieces.md. */
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { icons } from "./assets/tools/icons.ts";
import { paperFonts } from "./assets/tools/paper_fonts.ts";
import { provinces } from "./assets/tools/provinces.ts";

export default defineConfig({
  root: "assets",
  base: "/static/",
  plugins: [tailwindcss(), icons(), paperFonts(), provinces()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // the Content-Security-Policy has no data: for fonts and styles
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 600, // kB: the chart library, on the pages that draw (docs/adr/0021)
    rolldownOptions: {
      input: {
        app: "assets/src/app.ts",
        site: "assets/site/main.ts",
        record: "assets/record/main.ts",
        chart: "assets/chart/main.ts",
        filings: "assets/record/filings.css",
        publishing: "assets/publishing/main.ts",
        travel: "assets/travel/main.ts",
        items: "assets/publishing/main.css",
      },
      checks: { eval: false }, // htmx holds an eval that allowEval: false (and the policy) never reaches
    },
  },
});
