/** A form that acts (method post) is sent once: a second click while the first is on its way does nothing. */
export function guardDoubleSubmit(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
  });
  // Coming back by the browser's history shows the page as it was: it may be sent again.
  root.defaultView?.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll<HTMLFormElement>("form[data-sending]")) delete form.dataset.sending;
  });
}
