/** Writes assets/dist/icons.json: the Lucide icons named in assets/icons.txt as small decorative SVG, by name (localgov/ui/icons.py). */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const SOURCE = "node_modules/lucide-static/icons";
const FRAME =
  '<svg class="icon" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ' +
  'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">';

/** The shapes of one icon without the package's own frame and licence comment. */
function shapes(name: string): string {
  return readFileSync(`${SOURCE}/${name}.svg`, "utf8")
    .replace(/<!--.*?-->/gs, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .trim();
}

/** The Vite plugin that adds icons.json to the build. */
export function icons(): Plugin {
  return {
    name: "localgov-icons",
    apply: "build",
    generateBundle() {
      const names = readFileSync("assets/icons.txt", "utf8").split("\n").filter(Boolean);
      const drawn = Object.fromEntries(names.map((name) => [name, `${FRAME}${shapes(name)}</svg>`]));
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(drawn) });
    },
  };
}
