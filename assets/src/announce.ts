/** After a partial update, reads its one-line summary ([data-announce]) to screen readers from a lasting live region. */
export function announceUpdates(root: Document): void {
  root.addEventListener("htmx:afterSwap", (event) => {
    const summary = (event.target as HTMLElement).querySelector("[data-announce]");
    const region = root.getElementById("announcer");
    if (summary && region) region.textContent = summary.textContent;
  });
  root.addEventListener("htmx:sendError", () => {
    const region = root.getElementById("announcer");
    if (region) region.textContent = "ติดต่อเครื่องแม่ข่ายไม่ได้ โปรดตรวจการเชื่อมต่อแล้วลองอีกครั้ง";
  });
}
