/** The public check of certificates: the SHA-256 of a chosen file, computed here; the file never leaves the machine. */
export function hashChosenFile(root: Document): void {
  const holder = root.querySelector<HTMLElement>("[data-hash-file]");
  const chooser = holder?.querySelector<HTMLInputElement>("input[type=file]");
  const target = root.querySelector<HTMLInputElement>("#id_code");
  if (!holder || !chooser || !target || !window.crypto?.subtle) return;
  holder.hidden = false;
  chooser.addEventListener("change", async () => {
    const file = chooser.files?.[0];
    if (!file) return;
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    target.value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    target.focus();
  });
}
