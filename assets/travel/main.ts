/** The public travel site: what a script makes easier. Every page works without it. */
import "./travel.css";

/** "ใช้ตำแหน่งปัจจุบัน": asks the browser only when pressed, writes the point into the field and sends the form. */
function locate(button: HTMLButtonElement): void {
  const form = button.form;
  const field = form?.querySelector<HTMLInputElement>("[name=near]");
  const words = document.getElementById("locate-words");
  if (!form || !field || !words || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    words.textContent = button.dataset.waiting ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`;
        form.requestSubmit();
      },
      () => {
        words.textContent = button.dataset.refused ?? "";
        field.focus();
      },
      { maximumAge: 300_000, timeout: 20_000 },
    );
  });
}

/** The gallery: one large picture, the small ones choose it. Without script all pictures stand one after another. */
function gallery(holder: HTMLElement): void {
  const pictures = Array.from(holder.querySelectorAll<HTMLElement>("[data-picture]"));
  const links = Array.from(holder.querySelectorAll<HTMLAnchorElement>("[data-choose]"));
  if (pictures.length < 2) return;
  holder.dataset.gallery = "one";
  const show = (index: number): void => {
    pictures.forEach((one, at) => (one.hidden = at !== index));
    links.forEach((one, at) => one.toggleAttribute("aria-current", at === index));
  };
  links.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(index);
    }),
  );
  show(0);
}

/** Where the browser can share or copy, a button does; the address of the page is its link. */
function share(button: HTMLButtonElement): void {
  const url = button.dataset.share ?? location.href;
  if (!navigator.share && !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (navigator.share) {
      await navigator.share({ title: document.title, url }).catch(() => undefined);
      return;
    }
    await navigator.clipboard.writeText(url);
    const words = document.getElementById("share-words");
    if (words) words.textContent = button.dataset.done ?? "";
  });
}

document.querySelectorAll<HTMLButtonElement>("[data-locate]").forEach(locate);
document.querySelectorAll<HTMLElement>("[data-gallery]").forEach(gallery);
document.querySelectorAll<HTMLButtonElement>("[data-share]").forEach(share);
