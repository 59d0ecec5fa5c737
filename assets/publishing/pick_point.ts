/** A press on the map, or the arrow keys while it has the focus, puts the mark there and its degrees into the boxes. */
export function pickPoint(root: Document): void {
  const holder = root.querySelector<HTMLElement>("[data-pick-point]");
  const map = holder?.querySelector<SVGSVGElement>("svg");
  const mark = holder?.querySelector<SVGGElement>("[data-pick-mark]");
  const latitude = root.querySelector<HTMLInputElement>("#id_latitude");
  const longitude = root.querySelector<HTMLInputElement>("#id_longitude");
  if (!holder || !map || !mark || !latitude || !longitude) return;
  const known = (name: string): number => Number(holder.dataset[name]);
  const [west, north, margin] = [known("west"), known("north"), known("margin")];
  const [eastUnits, northUnits] = [known("eastUnits"), known("northUnits")];
  const { width, height } = map.viewBox.baseVal;
  let at = { x: width / 2, y: height / 2 };

  const show = (): void => {
    mark.removeAttribute("hidden");
    mark.setAttribute("transform", `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
  };
  const put = (x: number, y: number): void => {
    at = { x: Math.min(Math.max(x, 0), width), y: Math.min(Math.max(y, 0), height) };
    latitude.value = (north - (at.y - margin) / northUnits).toFixed(6);
    longitude.value = (west + (at.x - margin) / eastUnits).toFixed(6);
    latitude.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  };
  const follow = (): void => {
    const pair = latitude.value.match(/^\s*([0-9.]+)\s*,\s*([0-9.]+)\s*$/);
    if (pair) [latitude.value, longitude.value] = [pair[1], pair[2]];
    const [lat, lon] = [Number(latitude.value), Number(longitude.value)];
    if (!latitude.value || !longitude.value || Number.isNaN(lat) || Number.isNaN(lon)) return;
    at = { x: (lon - west) * eastUnits + margin, y: (north - lat) * northUnits + margin };
    show();
  };

  map.setAttribute("tabindex", "0");
  map.setAttribute("role", "application");
  map.addEventListener("click", (event) => {
    const box = map.getBoundingClientRect();
    put(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height);
  });
  map.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 12 : 1;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    put(at.x + move[0], at.y + move[1]);
  });
  latitude.addEventListener("change", follow);
  longitude.addEventListener("change", follow);
  follow();
}
