/**
 * Several people at one domain: says where this person is, shows who else is there, and brings what they saved into the page.
 *
 * The page speaks with every batch, and otherwise every 20 seconds while it is looked at; a hidden page is silent and forgotten.
 * An answer that is being typed, waits to be sent or is disputed is left alone: saving it shows both values.
 */
import type { Heard, News } from "./contract";
import { make, questionOf } from "./page";

const SPEAK_MS = 20_000;
const FIRST_MS = 1_500;

export interface TogetherActions {
  token(): string;
  /** Write one answer of somebody else's into the page; false: not now, it is being worked on here. */
  bring(news: News): boolean;
  /** What the checks say after it. */
  judge(heard: Heard): void;
}

export class Together {
  private timer: number | undefined;
  private since: number;
  private lock: number;
  /** Batches that this page sent: their changes are no news. */
  private readonly own = new Set<string>();
  /** News that could not be written yet, by place. */
  private held: News[] = [];

  constructor(
    private readonly form: HTMLFormElement,
    private readonly actions: TogetherActions,
  ) {
    this.since = Number(form.dataset.since ?? 0);
    this.lock = Number(form.dataset.lock ?? 0);
  }

  start(): void {
    if (!this.form.dataset.togetherUrl) return;
    document.addEventListener("visibilitychange", () => this.later(document.hidden ? undefined : FIRST_MS));
    addEventListener("pagehide", () => void this.speak({ leaving: true }));
    this.later(FIRST_MS);
  }

  /** What the page says of itself, beside a batch or alone. */
  words(batch?: string): Record<string, unknown> {
    if (!this.form.dataset.togetherUrl) return {};
    if (batch) this.own.add(batch);
    const field = document.activeElement;
    const question = field && this.form.contains(field) ? questionOf(field) : null;
    return {
      page: this.form.dataset.page,
      place: question?.dataset.question ?? "",
      typing: question?.dataset.typing !== undefined,
      since: this.since,
      lock: this.lock,
    };
  }

  /** The server's answer: who is there, and what they changed. */
  hear(heard: Heard | undefined): void {
    if (!heard) return;
    this.since = heard.newest;
    this.lock = heard.lock;
    this.showOthers(heard);
    const news = [...this.held, ...(heard.changed ?? []).filter((one) => !this.own.has(one.batch))];
    this.held = news.filter((one) => !this.actions.bring(one));
    if (heard.judged) this.actions.judge(heard);
    if (heard.reload) this.offerReload(heard.reload);
    this.later(SPEAK_MS);
  }

  private later(wait: number | undefined): void {
    clearTimeout(this.timer);
    if (wait === undefined || document.hidden) return;
    this.timer = setTimeout(() => void this.speak(), wait) as unknown as number;
  }

  private async speak(more: Record<string, unknown> = {}): Promise<void> {
    try {
      const response = await fetch(this.form.dataset.togetherUrl ?? "", {
        method: "POST",
        body: JSON.stringify({ ...this.words(), ...more }),
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.actions.token() },
        credentials: "same-origin",
        redirect: "manual",
        keepalive: more.leaving === true,
      });
      if (response.ok) return this.hear((await response.json()) as Heard);
    } catch {
      // No line, or no answer that can be read: the next turn may hear more. What is typed is kept elsewhere.
    }
    this.later(SPEAK_MS);
  }

  private showOthers(heard: Heard): void {
    for (const line of this.form.querySelectorAll<HTMLElement>("[data-presence]")) {
      const names = line.querySelector("[data-presence-names]");
      const text = heard.others.map((one) => one.text).join(" · ");
      if (names && names.textContent !== text) names.textContent = text;
      line.hidden = text === "";
    }
    for (const mark of this.form.querySelectorAll(".question-busy")) mark.remove();
    for (const other of heard.others) {
      const question = other.place && this.form.querySelector<HTMLElement>(`.question[data-question="${CSS.escape(other.place)}"]`);
      if (!question || !other.typing) continue;
      question.querySelector(".question-answer")?.append(make("span", { className: "question-busy" }, `${other.name} กำลังกรอก`));
    }
  }

  private offerReload(reason: string): void {
    const box = this.form.querySelector<HTMLElement>("[data-reload]") ?? make("div", { className: "notice" });
    box.dataset.reload = "";
    box.dataset.kind = "warning";
    box.setAttribute("role", "alert");
    const again = make("a", { className: "btn btn-small", href: location.pathname }, "เปิดหน้านี้ใหม่");
    box.replaceChildren(make("div", {}, `${reason} หน้านี้แสดงข้อมูลเดิมอยู่ `, again));
    this.form.querySelector(".record-main")?.prepend(box);
  }
}
