/** An answer that somebody else wrote meanwhile: both values, who wrote, and two buttons. The person decides. */
import type { Answer, RefusedItem } from "./contract";
import { answerText, make, readAnswer } from "./page";

export function showConflict(question: HTMLElement, item: RefusedItem, decide: (value: Answer, mine: boolean) => void): void {
  removeConflict(question);
  const mine = item.note ? item.mine : readAnswer(question);
  const theirs = item.theirs ?? null;
  const words = (value: Answer): string => (item.note ? `เหตุผล “${String(value ?? "")}”` : answerText(question, value));
  const use = (label: string, value: Answer, isMine: boolean): HTMLElement => {
    const button = make("button", { type: "button", className: "btn btn-small" }, label);
    button.addEventListener("click", () => {
      removeConflict(question);
      decide(value, isMine);
    });
    return button;
  };
  const box = make(
    "div",
    { className: "conflict" },
    make("p", {}, make("strong", {}, item.reason)),
    make("p", {}, `ของฉัน: ${words(mine)}`),
    make("p", {}, `ของ${item.by || "เขา"}: ${words(theirs)}`),
    make("div", { className: "button-row" }, use("ใช้ของฉัน", mine, true), use("ใช้ของเขา", theirs, false)),
  );
  box.setAttribute("role", "alert");
  question.append(box);
}

export function removeConflict(question: HTMLElement): void {
  question.querySelector(":scope > .conflict")?.remove();
}

/** A change that the server will not take at all, with its reason. */
export function showRefusal(question: HTMLElement, reason: string, ...more: HTMLElement[]): void {
  question.querySelector(":scope > .refusal")?.remove();
  const line = make("p", { className: "finding refusal" }, `✕ ไม่ได้บันทึก: ${reason} `, ...more);
  line.setAttribute("role", "alert");
  question.append(line);
}
