/** Brings what somebody else saved into the open page, marked with the name; what is being worked on here is left alone. */
import type { News } from "./contract";
import type { Grid } from "./grid";
import { controls, findQuestion, findRow, make, writeAnswer } from "./page";

/** False: not now. */
export function bring(form: HTMLElement, grid: Grid, news: News): boolean {
  if (news.op === "delete") return dropRow(form, grid, news);
  if (news.row && !placeRow(form, grid, news)) return true;
  if (news.op === "row") return true;
  const question = findQuestion(form, news.code, news.row);
  if (!question || Number(question.dataset.seq ?? 0) > (news.seq ?? 0)) return true;
  if (isWorkedOn(question)) return false;
  writeAnswer(question, news.value);
  const [control] = controls(question);
  if (control?.matches("input:not([type=radio]):not([data-part]), textarea") && news.text) control.value = news.text;
  const echo = question.querySelector("[data-echo]");
  if (echo) echo.textContent = news.words === news.text ? "" : (news.words ?? "");
  question.dataset.seq = String(news.seq ?? 0);
  question.dataset.note = news.note ?? "";
  delete question.dataset.saving;
  if (!news.carried) unmarkCarried(question);
  for (const one of question.querySelectorAll<HTMLElement>("[data-bring]")) one.hidden = news.value !== null;
  mark(question, news);
  return true;
}

/** No longer brought from last year and waiting: confirmed, or written anew. */
export function unmarkCarried(question: HTMLElement): void {
  delete question.dataset.carried;
  question.querySelector("[data-carried-mark]")?.remove();
  question.querySelector("[data-confirm]")?.remove();
}

function isWorkedOn(place: HTMLElement): boolean {
  const own = '[data-saving="unsent"], [data-typing], .conflict, .refusal';
  return place.matches(own) || place.querySelector(own) !== null || place.contains(document.activeElement);
}

function dropRow(form: HTMLElement, grid: Grid, news: News): boolean {
  const row = findRow(form, news.row ?? "");
  if (!row) return true;
  if (isWorkedOn(row)) return false;
  grid.dropRow(row);
  return true;
}

/** The row of some news, put where it stands now; null when the page has no such register. */
function placeRow(form: HTMLElement, grid: Grid, news: News): HTMLElement | null {
  const register = form.querySelector<HTMLElement>(`[data-register="${CSS.escape(news.register ?? "")}"]`);
  if (!register || !news.row) return null;
  let row = findRow(form, news.row);
  if (!row) {
    row = grid.insertRow(register, news.row);
    if (row) grid.placeRow(register, row, news.after ? findRow(form, news.after) : null);
  }
  if (row && news.row_seq !== undefined) row.dataset.rowSeq = String(news.row_seq);
  return row;
}

function mark(question: HTMLElement, news: News): void {
  question.querySelector(".question-other")?.remove();
  const before = news.old ? ` เดิม ${news.old}` : "";
  const words = make("span", { className: "question-other" }, `${news.by} แก้เมื่อ ${news.when}${before}`);
  (question.querySelector(".question-answer") ?? question).append(words);
}
