/** Adds the fonts of printed papers (localgov/ui/paper.py) to the build: Typst reads TrueType, not the pages' WOFF2. */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const SOURCE = "node_modules/@expo-google-fonts/sarabun";
const FONTS = ["400Regular/Sarabun_400Regular.ttf", "700Bold/Sarabun_700Bold.ttf"];

/** The Vite plugin that writes assets/dist/paper/*.ttf. */
export function paperFonts(): Plugin {
  return {
    name: "localgov-paper-fonts",
    apply: "build",
    generateBundle() {
      for (const font of FONTS) {
        this.emitFile({ type: "asset", fileName: `paper/${font.split("/")[1]}`, source: readFileSync(`${SOURCE}/${font}`) });
      }
    },
  };
}
