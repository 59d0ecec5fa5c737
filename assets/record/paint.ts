/** Shows what the server answered: findings beside their questions and in the summary, computed values, relevance, progress. */
import { type Answer, type Counts, type Finding, type Judged, place } from "./contract";
import { answerText, controls, findQuestion, findRow, isNumeric, make, wake, writeAnswer } from "./page";
import { withCommas } from "./numbers";

const MOST_IN_SUMMARY = 100;

export class Painter {
  /** Places that carry findings now, with what was painted, so that only differences touch the page. */
  private painted = new Map<string, string>();
  private off: ReadonlySet<string> = new Set();

  constructor(private readonly form: HTMLElement) {}

  /** The page came as the server judged it: only remember it, and write what a server without script need not. */
  adopt(judged: Judged): void {
    const findings = this.complained(judged);
    this.painted = new Map([...byPlaceOf(findings)].map(([key, here]) => [key, JSON.stringify(here)]));
    this.off = new Set(judged.hidden_cells.map(([row, column]) => place(column, row)));
    this.summary(findings);
    this.hindrance(judged.hindrance);
  }

  paint(judged: Judged): void {
    for (const [code, value] of Object.entries(judged.computed)) this.computed(code, value);
    this.visible(new Set(judged.visible));
    this.cellsOff(new Set(judged.hidden_cells.map(([row, column]) => place(column, row))));
    const findings = this.complained(judged);
    this.findings(findings);
    this.summary(findings);
    this.counts("sheet", judged.progress);
    for (const [section, counts] of Object.entries(judged.progress.sections)) this.counts(section, counts);
    this.carried(judged.carried);
    this.hindrance(judged.hindrance);
  }

  private computed(key: string, value: Answer | number): void {
    const [code = "", row] = key.split("@");
    const question = findQuestion(this.form, code, row);
    if (question) writeAnswer(question, value);
  }

  /** Show what is asked, hide the rest; a section is there as long as anything in it is. */
  private visible(codes: ReadonlySet<string>): void {
    for (const register of this.form.querySelectorAll<HTMLElement>("[data-register]")) {
      register.hidden = !codes.has(register.dataset.register ?? "");
    }
    for (const question of this.form.querySelectorAll<HTMLElement>(".question[data-question]:not([data-kind=register])")) {
      question.hidden = !codes.has(question.dataset.question ?? "");
    }
    for (const section of this.form.querySelectorAll<HTMLElement>("[data-section]")) {
      const asks = section.querySelector("[data-register]:not([hidden]), .question[data-question]:not([hidden])") !== null;
      section.hidden = !asks;
      const code = CSS.escape(section.dataset.section ?? "");
      for (const link of this.form.querySelectorAll<HTMLElement>(`[data-section-link="${code}"]`)) link.hidden = !asks;
    }
  }

  private cellsOff(places: ReadonlySet<string>): void {
    for (const key of this.off) {
      if (!places.has(key)) this.cellAt(key)?.removeAttribute("data-off");
    }
    for (const key of places) {
      if (!this.off.has(key)) this.cellAt(key)?.setAttribute("data-off", "");
    }
    this.off = places;
  }

  private cellAt(key: string): HTMLElement | null {
    const [code = "", row] = key.split("@");
    return findQuestion(this.form, code, row);
  }

  private carried(count: number): void {
    for (const bar of document.querySelectorAll<HTMLElement>("[data-carried-bar]")) bar.hidden = count === 0;
    for (const spot of document.querySelectorAll("[data-carried-count]")) spot.textContent = withCommas(String(count));
  }

  /** The step forward opens as soon as nothing stands in its way, and says what does. */
  private hindrance(reason: string): void {
    for (const link of document.querySelectorAll<HTMLElement>("a[data-submit-step]")) {
      if (reason) {
        link.removeAttribute("href");
        link.setAttribute("aria-disabled", "true");
      } else {
        link.setAttribute("href", link.dataset.href ?? "");
        link.removeAttribute("aria-disabled");
      }
      const spot = document.querySelector("[data-hindrance]");
      if (!spot) continue;
      const list = make("a", { className: "link-text", href: link.dataset.href ?? "" }, "ดูรายการ");
      spot.replaceChildren(...(reason ? [`${reason} `, list] : []));
    }
  }

  private findings(findings: readonly Finding[]): void {
    const byPlace = byPlaceOf(findings);
    for (const key of this.painted.keys()) {
      if (!byPlace.has(key)) this.paintPlace(key, []);
    }
    for (const [key, here] of byPlace) {
      if (this.painted.get(key) !== JSON.stringify(here)) this.paintPlace(key, here);
    }
    this.painted = new Map([...byPlace].map(([key, here]) => [key, JSON.stringify(here)]));
  }

  /** What is complained of: a merely missing answer only when the person asked to check. */
  private complained(judged: Judged): Finding[] {
    const checks = this.form.dataset.check !== undefined;
    return judged.findings.filter((finding) => checks || !finding.missing);
  }

  private paintPlace(key: string, findings: Finding[]): void {
    const [code = "", row] = key.split("@");
    const question = this.elementOf(code, row);
    if (!question) return;
    question.querySelector(":scope > .finding-box")?.remove();
    const worst = findings.some((finding) => finding.severity === "error") ? "error" : findings[0]?.severity;
    if (worst) question.dataset.finding = worst;
    else delete question.dataset.finding;
    const id = `f-${key.replace(/\W/g, "-")}`;
    for (const control of controls(question)) {
      control.toggleAttribute("aria-invalid", false);
      if (worst === "error") control.setAttribute("aria-invalid", "true");
      if (findings.length > 0) control.setAttribute("aria-describedby", id);
      else control.removeAttribute("aria-describedby");
    }
    if (findings.length > 0) question.append(findingBox(id, question, findings));
  }

  private elementOf(code: string, row: string | undefined): HTMLElement | null {
    return (
      this.form.querySelector<HTMLElement>(`[data-register="${CSS.escape(code)}"]`) ?? findQuestion(this.form, code, row)
    );
  }

  private summary(findings: readonly Finding[]): void {
    const list = this.form.querySelector<HTMLElement>("[data-findings-summary]");
    if (!list) return;
    const sorted = [...findings].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
    const lines = sorted.slice(0, MOST_IN_SUMMARY).map((finding) => this.summaryLine(finding));
    if (sorted.length > MOST_IN_SUMMARY) lines.push(make("li", {}, `และอีก ${sorted.length - MOST_IN_SUMMARY} ข้อ`));
    list.replaceChildren(...lines);
    list.hidden = lines.length === 0;
    for (const part of this.form.querySelectorAll<HTMLElement>("[data-findings-part]")) part.hidden = lines.length === 0;
    const none = this.form.querySelector<HTMLElement>("[data-no-findings]");
    if (none) none.hidden = lines.length > 0;
  }

  private summaryLine(finding: Finding): HTMLElement {
    const button = make("button", { type: "button", className: "summary-jump" }, labelOf(this.form, finding));
    button.addEventListener("click", () => this.jump(finding));
    const line = make("li", {}, button, make("span", { className: "summary-message" }, finding.message));
    line.dataset.severity = finding.severity;
    return line;
  }

  private jump(finding: Finding): void {
    const question = this.elementOf(finding.question, finding.row_id ?? undefined);
    const row = question?.closest<HTMLElement>("tr[data-row]");
    if (row) wake(row);
    question?.scrollIntoView({ block: "center" });
    const control = question && controls(question).find((one) => !one.disabled);
    (control ?? question?.querySelector<HTMLElement>("select, input, button"))?.focus();
  }

  private counts(name: string, counts: Counts): void {
    for (const box of this.form.querySelectorAll(`[data-progress-of="${CSS.escape(name)}"]`)) {
      for (const key of ["required", "answered", "errors", "warnings"] as const) {
        for (const spot of box.querySelectorAll<HTMLElement>(`[data-count="${key}"]`)) {
          spot.textContent = withCommas(String(counts[key]));
          const line = spot.closest<HTMLElement>("[data-hide-zero]");
          if (line) line.hidden = counts[key] === 0;
        }
      }
      const bar = box.querySelector("progress");
      if (bar) Object.assign(bar, { max: Math.max(counts.required, 1), value: counts.answered });
      (box as HTMLElement).dataset.optional = String(counts.required === 0);
      (box as HTMLElement).dataset.complete = String(counts.answered >= counts.required && counts.errors === 0);
    }
  }
}

function byPlaceOf(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = place(finding.question, finding.row_id);
    found.set(key, [...(found.get(key) ?? []), finding]);
  }
  return found;
}

/** A cell came without the box for the reason of a doubtful value: give it one as soon as it is entered. */
export function offerNote(cell: HTMLElement): void {
  const box = cell.querySelector<HTMLElement>(":scope > .finding-box");
  if (cell.dataset.finding && box?.querySelector('[data-severity="warning"]') && !box.querySelector("[data-note-input]")) {
    box.append(noteInput(cell));
  }
}

function findingBox(id: string, question: HTMLElement, findings: Finding[]): HTMLElement {
  const box = make("div", { className: "finding-box", id });
  for (const finding of findings) {
    const line = make("p", { className: "finding" }, `${finding.severity === "error" ? "✕" : "⚠"} ${finding.message} `);
    line.dataset.severity = finding.severity;
    if (finding.suggestion !== undefined && finding.suggestion !== null) line.append(useButton(question, finding));
    box.append(line);
  }
  if (findings.some((finding) => finding.severity === "warning")) box.append(noteInput(question));
  return box;
}

function useButton(question: HTMLElement, finding: Finding): HTMLElement {
  const value = finding.suggestion ?? null;
  const shown = isNumeric(question) ? withCommas(String(value)) : answerText(question, value);
  const button = make("button", { type: "button", className: "btn btn-small" }, `ใช้ ${shown}`);
  button.dataset.use = JSON.stringify(typeof value === "number" ? String(value) : value);
  return button;
}

/** A warning may be right as it stands: its reason is kept with the answer. */
function noteInput(question: HTMLElement): HTMLElement {
  const input = make("input", { type: "text", className: "control", value: question.dataset.note ?? "", maxLength: 1000 });
  input.dataset.noteInput = "";
  return make("label", { className: "finding-note" }, "ถ้าถูกต้องแล้ว เหตุผล: ", input);
}

function labelOf(form: HTMLElement, finding: Finding): string {
  const row = finding.row_id ? findRow(form, finding.row_id) : null;
  const question = findQuestion(form, finding.question, finding.row_id) ?? form.querySelector<HTMLElement>(
    `[data-register="${CSS.escape(finding.question)}"]`,
  );
  const label =
    question?.dataset.label ??
    question?.querySelector("[data-label-text]")?.textContent ??
    question?.querySelector("label, legend")?.textContent?.trim() ??
    finding.question;
  return row && finding.row ? `${label} แถวที่ ${finding.row}` : label;
}
