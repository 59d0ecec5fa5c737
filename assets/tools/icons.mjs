/** Copies the icons named in assets/icons.txt from the Lucide package into localgov/ui/svg, as small decorative SVG. */
import { readFileSync, rmSync, mkdirSync, writeFileSync } from "node:fs";

const source = "node_modules/lucide-static/icons";
const target = "localgov/ui/svg";
const names = readFileSync("assets/icons.txt", "utf8").split("\n").filter(Boolean);

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const name of names) {
  const shapes = readFileSync(`${source}/${name}.svg`, "utf8")
    .replace(/<!--.*?-->/gs, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .trim();
  writeFileSync(
    `${target}/${name}.svg`,
    `<svg class="icon" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shapes}</svg>\n`,
  );
}
writeFileSync(`${target}/LICENSE`, readFileSync("node_modules/lucide-static/LICENSE", "utf8"));
