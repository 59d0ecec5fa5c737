/** Suggestions under a search field with `data-suggest` (an address of JSON): a listbox that the arrows walk (ARIA combobox).
 * Enter without a choice sends the form as ever; without this script nothing else changes. */
interface Line {
  label: string;
  note: string;
  url: string;
}
interface Answer {
  words: string;
  items: Line[];
}

const WAIT = 180; // ms after the last letter
const LEAST = 2; // letters

export function suggest(root: Document): void {
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-suggest]")) new Suggester(field, root);
}

class Suggester {
  private readonly list: HTMLUListElement;
  private readonly known = new Map<string, Answer>();
  private chosen = -1;
  private timer = 0;
  private asked: AbortController | undefined;

  constructor(
    private readonly field: HTMLInputElement,
    private readonly root: Document,
  ) {
    const holder = root.createElement("span");
    holder.className = "suggest";
    const hadFocus = root.activeElement === field;
    field.before(holder);
    this.list = root.createElement("ul");
    this.list.id = `${field.id}-suggestions`;
    this.list.className = "suggest-list";
    this.list.role = "listbox";
    this.list.hidden = true;
    this.list.setAttribute("aria-label", field.labels?.[0]?.textContent?.trim() ?? "");
    holder.append(field, this.list);
    if (hadFocus) field.focus();
    field.autocomplete = "off";
    field.role = "combobox";
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("input", (event) => {
      if (!(event as InputEvent).isComposing) this.later();
    });
    field.addEventListener("compositionend", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[data-url]");
      if (option) this.go(option);
    });
  }

  private later(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    const text = this.field.value.trim().replace(/\s+/g, " ");
    if (text.length < LEAST) return this.close();
    this.timer = setTimeout(() => void this.ask(text), WAIT);
  }

  private async ask(text: string): Promise<void> {
    let answer = this.known.get(text);
    if (!answer) {
      this.asked = new AbortController();
      try {
        const url = `${this.field.dataset.suggest}?text=${encodeURIComponent(text)}`;
        const response = await fetch(url, { signal: this.asked.signal, headers: { Accept: "application/json" } });
        if (!response.ok) return this.close();
        answer = (await response.json()) as Answer;
        this.known.set(text, answer);
      } catch {
        return; // another letter came, or the line is cut: the search button is there
      }
    }
    if (this.root.activeElement === this.field) this.show(answer);
  }

  private show(answer: Answer): void {
    this.chosen = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...answer.items.map((line, index) => this.option(line, index)));
    this.list.hidden = answer.items.length === 0;
    this.field.setAttribute("aria-expanded", String(answer.items.length > 0));
    const announcer = this.root.getElementById("announcer");
    if (announcer) announcer.textContent = answer.words;
  }

  private option(line: Line, index: number): HTMLLIElement {
    const option = this.root.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.role = "option";
    option.ariaSelected = "false";
    option.dataset.url = line.url;
    const note = this.root.createElement("small");
    note.textContent = line.note;
    option.append(line.label, " ", note);
    return option;
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing || this.list.hidden) return;
    const options = this.list.children.length;
    if (event.key === "ArrowDown") this.choose((this.chosen + 1) % options);
    else if (event.key === "ArrowUp") this.choose((Math.max(this.chosen, 0) + options - 1) % options);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.chosen >= 0) this.go(this.list.children[this.chosen] as HTMLElement);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private choose(index: number): void {
    this.chosen = index;
    Array.from(this.list.children).forEach((one, at) => (one.ariaSelected = String(at === index)));
    const option = this.list.children[index];
    if (!option) return;
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  private go(option: HTMLElement): void {
    this.root.location.assign(option.dataset.url ?? "");
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.chosen = -1;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}
