/** Text Size ก ก ก of public pages: the choice works without script (site.css); this carries it to the next page. */
const COOKIE = "text_size";

export function keepTextSize(root: Document): void {
  const kept = new RegExp(`(?:^|; )${COOKIE}=([123])`).exec(root.cookie)?.[1];
  for (const choice of root.querySelectorAll<HTMLInputElement>("[data-text-size-choice] input")) {
    if (choice.value === kept) choice.checked = true;
    choice.addEventListener("change", () => {
      const secure = root.location.protocol === "https:" ? "; secure" : "";
      root.cookie = `${COOKIE}=${choice.value}; path=/; max-age=31536000; samesite=lax${secure}`;
    });
  }
}
