/** Register tables by keyboard and clipboard: Enter and arrows move, a block pasted from Excel fills rows and adds what is missing. */
import { answerText, controls, isNumeric, make, readAnswer, showMissing, wake } from "./page";
import { plainNumber, withCommas } from "./numbers";

const MOST_ROWS = 5000;

export interface GridActions {
  rowAdded(row: HTMLElement, after: string | null): void;
  rowDeleted(row: HTMLElement): void;
  answered(question: HTMLElement): void;
}

export class Grid {
  constructor(
    private readonly form: HTMLElement,
    private readonly actions: GridActions,
    private readonly newId: () => string,
  ) {}

  /** Enter: the cell below, or the next field of the form. True when the key was used. */
  key(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement;
    if (event.isComposing || !target.matches("input, select")) return false;
    const cell = target.closest<HTMLElement>("tr[data-row] [data-question]");
    if (event.key === "Enter") {
      if (cell) this.moveDown(cell, 1, true);
      else this.nextField(target);
      return true;
    }
    if (!cell || target.matches("select") || event.altKey || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return this.moveDown(cell, event.key === "ArrowDown" ? 1 : -1);
    return this.moveSideways(event, cell, target as HTMLInputElement);
  }

  /** Paste of a block (tabs or several lines) into a register's cell. True when it was a block. */
  paste(event: ClipboardEvent): boolean {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("tr[data-row] [data-question]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    if (!cell || (lines.length === 1 && !text.includes("\t"))) return false;
    const column = cellsOf(rowOf(cell)).indexOf(cell);
    let row: HTMLElement | null = rowOf(cell);
    for (const [index, line] of lines.entries()) {
      row = index === 0 ? row : (row && nextRow(row)) ?? this.addRow(registerOf(cell), false);
      if (!row) break;
      this.fill(row, column, line.split("\t"));
    }
    return true;
  }

  /** Put a row back, or where somebody else put it: below another, or first. */
  placeRow(register: HTMLElement, row: HTMLElement, after: HTMLElement | null): void {
    if (after) after.after(row);
    else register.querySelector("tbody")?.prepend(row);
    this.renumber(register);
  }

  /** Take a row away that somebody else deleted. */
  dropRow(row: HTMLElement): void {
    const register = registerOf(row);
    row.remove();
    this.renumber(register);
  }

  /** Put an empty row at the end of a register; null when the register is full. */
  addRow(register: HTMLElement, focus = true): HTMLElement | null {
    const template = register.querySelector<HTMLTemplateElement>("template[data-new-row]");
    const body = register.querySelector("tbody");
    if (!template || !body || body.rows.length >= MOST_ROWS) return null;
    const last = [...body.querySelectorAll<HTMLElement>("tr[data-row]")].at(-1);
    const row = this.insertRow(register, this.newId());
    if (!row) return null;
    this.actions.rowAdded(row, last?.dataset.row ?? null);
    if (focus) focusCell(cellsOf(row)[0]);
    return row;
  }

  /** Put a row with a known id at the end (a new one, or one kept from before the page was loaded again). */
  insertRow(register: HTMLElement, id: string): HTMLElement | null {
    const template = register.querySelector<HTMLTemplateElement>("template[data-new-row]");
    const body = register.querySelector("tbody");
    const row = template?.content.querySelector("tr")?.cloneNode(true) as HTMLElement | undefined;
    if (!row || !body) return null;
    row.dataset.row = id;
    row.dataset.rowSeq = "0";
    row.id = `row-${id}`;
    body.append(row);
    this.renumber(register);
    return row;
  }

  /** Take a row away; what waited for it is dropped with it. */
  deleteRow(row: HTMLElement): void {
    const register = registerOf(row);
    const neighbour = nextRow(row) ?? (row.previousElementSibling as HTMLElement | null);
    this.actions.rowDeleted(row);
    row.remove();
    this.renumber(register);
    const target = neighbour?.matches("[data-row]") ? cellsOf(neighbour)[0] : undefined;
    if (target) focusCell(target);
    else register.querySelector<HTMLElement>("[data-add-row]")?.focus();
  }

  private renumber(register: HTMLElement): void {
    const rows = register.querySelectorAll<HTMLElement>("tbody tr[data-row]");
    rows.forEach((row, index) => {
      const spot = row.querySelector("[data-row-number]");
      if (spot) spot.textContent = String(index + 1);
    });
    for (const spot of register.querySelectorAll("[data-row-count]")) spot.textContent = withCommas(String(rows.length));
    const empty = register.querySelector<HTMLElement>("[data-no-rows]");
    if (empty) empty.hidden = rows.length > 0;
    const none = register.querySelector<HTMLSelectElement>("[data-kind=register] [data-missing]");
    if (none) {
      none.disabled = rows.length > 0;
      if (rows.length > 0) none.value = "";
    }
  }

  private moveDown(cell: HTMLElement, step: number, mayAdd = false): boolean {
    const column = cellsOf(rowOf(cell)).indexOf(cell);
    let row = (step > 0 ? nextRow(rowOf(cell)) : rowOf(cell).previousElementSibling) as HTMLElement | null;
    if (!row?.matches("[data-row]")) row = mayAdd && hasAnswers(rowOf(cell)) ? this.addRow(registerOf(cell), false) : null;
    if (!row) return false;
    focusCell(cellsOf(row)[column]);
    return true;
  }

  private moveSideways(event: KeyboardEvent, cell: HTMLElement, input: HTMLInputElement): boolean {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || event.shiftKey || input.selectionStart !== input.selectionEnd) return false;
    const atEdge = step > 0 ? input.selectionStart === input.value.length : input.selectionStart === 0;
    const cells = cellsOf(rowOf(cell));
    const next = cells[cells.indexOf(cell) + step];
    if (!atEdge || !next) return false;
    focusCell(next);
    return true;
  }

  private nextField(from: HTMLElement): void {
    const fields = [...this.form.querySelectorAll<HTMLElement>("input, select, textarea")].filter(
      (field) => !field.matches("[type=hidden], :disabled") && field.offsetParent !== null,
    );
    const next = fields[fields.indexOf(from) + 1];
    next?.focus();
    if (next instanceof HTMLInputElement && next.type === "text") next.select();
  }

  private fill(row: HTMLElement, column: number, values: string[]): void {
    const cells = cellsOf(row);
    for (const [index, value] of values.entries()) {
      const cell = cells[column + index];
      if (!cell || !setTyped(cell, value.trim())) continue;
      this.actions.answered(cell);
    }
  }
}

/** Put a typed text into a cell: a choice by its code or its label. False when the cell takes nothing or not this. */
function setTyped(cell: HTMLElement, text: string): boolean {
  const [control] = controls(cell);
  if (!control) return false;
  const missing = cell.querySelector<HTMLSelectElement>("[data-missing]");
  if (missing) missing.value = "";
  showMissing(cell);
  if (control instanceof HTMLSelectElement) {
    const option = [...control.options].find((one) => one.value === text || one.text.trim() === text);
    if (!option && text !== "") return refuse(cell, text);
    control.value = option?.value ?? "";
  } else {
    control.value = isNumeric(cell) && plainNumber(text) !== null ? withCommas(text) : text;
  }
  cell.querySelector(":scope > .paste-refused")?.remove();
  return true;
}

function refuse(cell: HTMLElement, text: string): false {
  cell.querySelector(":scope > .paste-refused")?.remove();
  cell.append(make("p", { className: "finding paste-refused" }, `✕ “${text}” ไม่มีในรายการ โปรดเลือกเอง`));
  return false;
}

function rowOf(cell: HTMLElement): HTMLElement {
  return cell.closest<HTMLElement>("tr[data-row]") as HTMLElement;
}

function registerOf(element: HTMLElement): HTMLElement {
  return element.closest<HTMLElement>("[data-register]") as HTMLElement;
}

function nextRow(row: HTMLElement): HTMLElement | null {
  const next = row.nextElementSibling as HTMLElement | null;
  return next?.matches("[data-row]") ? next : null;
}

/** A row's cells that take an answer. */
function cellsOf(row: HTMLElement): HTMLElement[] {
  wake(row);
  return [...row.querySelectorAll<HTMLElement>("[data-question]")].filter((cell) => controls(cell).length > 0);
}

function hasAnswers(row: HTMLElement): boolean {
  return cellsOf(row).some((cell) => readAnswer(cell) !== null && answerText(cell, readAnswer(cell)) !== "");
}

export function focusCell(cell: HTMLElement | undefined): void {
  const control = cell && (controls(cell).find((one) => !one.disabled) ?? cell.querySelector<HTMLElement>("select"));
  control?.focus();
  if (control instanceof HTMLInputElement && control.type === "text") control.select();
}

