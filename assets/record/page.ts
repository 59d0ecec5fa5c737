/**
 * The page's markup, read and written. The server prints, this module only finds:
 *
 *   form[data-record][data-save-url][data-filing][data-sheet][data-user]   with input[name=csrfmiddlewaretoken]
 *     [data-question="code"][data-kind][data-seq]          a question: its control(s), and as they apply
 *         select[data-missing] (values "", NONE, NO_DATA) · input[data-reason] · [data-use] (a button bringing a value)
 *         · [data-confirm] (a button on an answer carried from last year) · data-note="…" on the question itself
 *     [data-register="village"]                            a register: table > tbody > tr[data-row="uuid"][data-row-seq],
 *         cells td[data-question][data-kind][data-seq] · template[data-new-row] · button[data-add-row] · button[data-delete-row]
 *     [data-progress-of="sheet" | "<section>"]             with [data-count=required|answered|errors|warnings], progress
 *     [data-findings-summary]                              a list, filled here · [data-record-status] one line, filled here
 *
 * data-kind: integer, decimal, text, date, choice (select or radios), point (two inputs [data-part=lat|lon]), register.
 * A row's cells are text (td[data-asleep], a choice's code in data-held) until the row is woken; see wake.
 * A cell has no select[data-missing]: ไม่มี and "ไม่มีข้อมูล: เหตุผล" are typed into it.
 * A question without a control (linked, computed) shows its value in [data-value].
 */
import type { Answer } from "./contract";
import { plainNumber, withCommas } from "./numbers";

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface Where {
  code: string;
  register?: string;
  row?: string;
}

export function questionOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>("[data-question]");
}

/** Code, register and row of a question. */
export function whereIs(question: HTMLElement): Where {
  const code = question.dataset.question ?? "";
  const row = question.closest<HTMLElement>("[data-row]")?.dataset.row;
  const register = question.closest<HTMLElement>("[data-register]")?.dataset.register;
  return row && register ? { code, register, row } : { code };
}

export function findQuestion(form: HTMLElement, code: string, row?: string | null): HTMLElement | null {
  const scope = row ? findRow(form, row) : form;
  return scope?.querySelector<HTMLElement>(`[data-question="${CSS.escape(code)}"]`) ?? null;
}

export function findRow(form: HTMLElement, row: string): HTMLElement | null {
  return form.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`);
}

export function isNumeric(question: HTMLElement): boolean {
  return question.dataset.kind === "integer" || question.dataset.kind === "decimal";
}

/** The control(s) that hold the answer itself. */
export function controls(question: HTMLElement): Control[] {
  const all = question.querySelectorAll<Control>("input, select, textarea");
  return [...all].filter(
    (control) => control.type !== "hidden" && !control.matches("[data-missing], [data-reason], [data-note-input]"),
  );
}

/** The answer as it stands in the page, as the server takes it. */
export function readAnswer(question: HTMLElement): Answer {
  const missing = question.querySelector<HTMLSelectElement>("[data-missing]")?.value ?? "";
  if (missing === "NONE") return { missing: "NONE" };
  if (missing === "NO_DATA") {
    const reason = question.querySelector<HTMLInputElement>("[data-reason]")?.value.trim() ?? "";
    return { missing: "NO_DATA", reason };
  }
  if (question.dataset.kind === "point") return readPoint(question);
  const typed = readControl(controls(question));
  if (typed === "") return null;
  const words = question.matches("td") ? missingIn(question, typed) : null;
  if (words) return words;
  return isNumeric(question) ? (plainNumber(typed) ?? typed) : typed;
}

/** ไม่มี (of a number) or ไม่มีข้อมูล with its reason, typed into a cell. */
function missingIn(question: HTMLElement, typed: string): Answer {
  if (typed === "ไม่มี" && isNumeric(question)) return { missing: "NONE" };
  const matched = /^ไม่มีข้อมูล\s*[:：]?\s*(.*)$/s.exec(typed);
  return matched ? { missing: "NO_DATA", reason: matched[1] ?? "" } : null;
}

function readPoint(question: HTMLElement): Answer {
  const part = (name: string): string =>
    question.querySelector<HTMLInputElement>(`[data-part="${name}"]`)?.value.trim() ?? "";
  const [lat, lon] = [part("lat"), part("lon")];
  return lat || lon ? { lat, lon } : null;
}

function readControl(all: Control[]): string {
  if (all[0]?.type === "radio" || all[0]?.type === "checkbox") {
    return all.find((control) => (control as HTMLInputElement).checked)?.value ?? "";
  }
  return all[0]?.value.trim() ?? "";
}

/** Show an answer in the page. */
export function writeAnswer(question: HTMLElement, answer: Answer | number | undefined): void {
  const missing = typeof answer === "object" && answer !== null && "missing" in answer ? answer : null;
  if (question.dataset.asleep !== undefined) wake(question.closest("tr") as HTMLElement);
  const select = question.querySelector<HTMLSelectElement>("[data-missing]");
  if (select) select.value = missing?.missing ?? "";
  const reason = question.querySelector<HTMLInputElement>("[data-reason]");
  if (reason) reason.value = missing?.missing === "NO_DATA" ? missing.reason : "";
  if (question.dataset.kind === "point") {
    const point = typeof answer === "object" && answer !== null && "lat" in answer ? answer : null;
    for (const part of question.querySelectorAll<HTMLInputElement>("[data-part]")) {
      part.value = point ? point[part.dataset.part as "lat" | "lon"] : "";
    }
  } else {
    const text = missing && question.matches("td") ? missingWords(missing) : missing ? "" : wordsOf(question, answer);
    for (const control of controls(question)) {
      if (question.matches("td") && control instanceof HTMLSelectElement) offer(control, text);
    }
    writeControl(controls(question), text);
  }
  const shown = question.querySelector<HTMLElement>("[data-value]");
  if (shown) shown.textContent = answerText(question, answer);
  showMissing(question);
}

function writeControl(all: Control[], text: string): void {
  for (const control of all) {
    if (control.type === "radio" || control.type === "checkbox") {
      (control as HTMLInputElement).checked = control.value === text;
    } else {
      control.value = text;
    }
  }
}

function missingWords(answer: { missing: string; reason?: string }): string {
  if (answer.missing === "NONE") return "ไม่มี";
  return answer.reason ? `ไม่มีข้อมูล: ${answer.reason}` : "ไม่มีข้อมูล";
}

/**
 * Turn a row's cells into boxes, as the pattern of a new row has them. Rows come as text, which a browser lays out many
 * times faster than boxes; a row wakes when it is entered, pasted into, or jumped to.
 */
export function wake(row: HTMLElement): void {
  const register = row.closest<HTMLElement>("[data-register]");
  const pattern = register?.querySelector<HTMLTemplateElement>("template[data-new-row]")?.content;
  for (const cell of row.querySelectorAll<HTMLElement>("td[data-question][data-asleep]")) {
    delete cell.dataset.asleep;
    cell.removeAttribute("tabindex");
    const boxes = pattern?.querySelector(`[data-question="${CSS.escape(cell.dataset.question ?? "")}"]`)?.cloneNode(true);
    const held = cell.dataset.held ?? cell.firstChild?.nodeValue ?? "";
    if (cell.firstChild instanceof Text) cell.firstChild.remove();
    cell.prepend(...(boxes?.childNodes ?? []));
    hold(cell, held.trim());
    for (const control of controls(cell)) {
      if (cell.dataset.finding === "error") control.setAttribute("aria-invalid", "true");
    }
  }
}

/** Put what the server had written into a cell's box; a list takes what is no choice of it as one more. */
function hold(cell: HTMLElement, text: string): void {
  const [control, second] = controls(cell);
  if (!control) {
    const shown = cell.querySelector("[data-value]");
    if (shown) shown.textContent = text;
  } else if (second && cell.dataset.kind === "point") {
    const [lat = "", lon = ""] = text.split(",");
    [control.value, second.value] = [lat.trim(), lon.trim()];
  } else {
    if (control instanceof HTMLSelectElement) offer(control, text);
    control.value = text;
  }
}

function offer(list: HTMLSelectElement, text: string): void {
  if (text && ![...list.options].some((option) => option.value === text)) list.append(new Option(text, text));
}

function wordsOf(question: HTMLElement, answer: Answer | number | undefined): string {
  if (answer === null || answer === undefined || typeof answer === "object") return "";
  return isNumeric(question) ? withCommas(String(answer)) : String(answer);
}

/** An answer as a sentence shows it: a choice by its label, ไม่มี, ไม่มีข้อมูล. */
export function answerText(question: HTMLElement, answer: Answer | number | undefined): string {
  if (answer === null || answer === undefined || answer === "") return "(ไม่ได้ตอบ)";
  if (typeof answer === "object") {
    if ("lat" in answer) return `${answer.lat}, ${answer.lon}`;
    return answer.missing === "NONE" ? "ไม่มี" : `ไม่มีข้อมูล (${answer.reason})`;
  }
  const text = String(answer);
  const option = [...question.querySelectorAll("option")].find((one) => one.value === text);
  const radio = controls(question).find((control) => control.type === "radio" && control.value === text);
  return option?.textContent?.trim() || radio?.labels?.[0]?.textContent?.trim() || wordsOf(question, answer);
}

/** ไม่มี and ไม่มีข้อมูล put the control away; ไม่มีข้อมูล asks for its reason. */
export function showMissing(question: HTMLElement): void {
  const select = question.querySelector<HTMLSelectElement>("[data-missing]");
  if (!select) return;
  const missing = select.value;
  question.dataset.gone = missing;
  for (const control of controls(question)) control.disabled = missing !== "";
  question.toggleAttribute("data-answer-missing", missing !== "");
  const reason = question.querySelector<HTMLElement>("[data-reason]");
  if (reason) reason.hidden = missing !== "NO_DATA";
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
