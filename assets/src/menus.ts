/** Menus open by themselves (details, :target); this closes them with Escape or a click outside. */
export function closeOnEscapeOrOutside(root: Document): void {
  root.addEventListener("click", (event) => {
    for (const menu of root.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
    const drawer = openDrawer(root);
    if (drawer && !drawer.contains(event.target as Node)) closeDrawer(root);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of root.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector<HTMLElement>("summary")?.focus();
    }
    if (openDrawer(root)) closeDrawer(root);
  });
}

/** The menu of a wide screen scrolls by itself: bring the line of this page into sight, without moving the page. */
export function showOwnLine(root: Document): void {
  const menu = root.getElementById("main-menu");
  const line = menu?.querySelector<HTMLElement>("[aria-current]");
  if (!menu || !line) return;
  const seen = Math.min(menu.getBoundingClientRect().bottom, root.documentElement.clientHeight);
  const below = line.getBoundingClientRect().bottom - seen;
  if (below > 0) menu.scrollTop += below + menu.clientHeight / 3;
}

function openDrawer(root: Document): HTMLElement | null {
  return root.querySelector<HTMLElement>("#main-menu:target");
}

function closeDrawer(root: Document): void {
  const opener = root.querySelector<HTMLElement>(".menu-open");
  if (!opener || getComputedStyle(opener).display === "none") return;
  root.defaultView?.location.replace("#content");
  opener.focus();
}
