/**
 * The recording page: answers are sent as their fields are left, kept until acknowledged, judged by the server, painted here.
 *
 * For whoever measures: the mark `record-usable` when every field works (since the navigation began, so with the server's time), and
 * a measure `record-round-trip` for each batch, from sending to the receipt's being shown.
 */
import { bring, unmarkCarried } from "./bring";
import { showConflict, showRefusal } from "./conflicts";
import { type Answer, type Change, type Judged, place, type RefusedItem, type Reply, type SavedItem } from "./contract";
import { focusCell, Grid } from "./grid";
import { newId } from "./ids";
import { plainNumber, withCommas } from "./numbers";
import {
  controls,
  findQuestion,
  findRow,
  isNumeric,
  make,
  questionOf,
  readAnswer,
  showMissing,
  wake,
  whereIs,
  writeAnswer,
} from "./page";
import { offerNote, Painter } from "./paint";
import { changesOf, Queue, type QueueState } from "./queue";
import { Sender } from "./sender";
import { Status } from "./status";
import { QueueStore } from "./store";
import { Together } from "./together";
import "./record.css";


class RecordingPage {
  private readonly store: QueueStore;
  private readonly queue: Queue;
  private readonly sender: Sender;
  private readonly grid: Grid;
  private readonly painter: Painter;
  private readonly status: Status;
  private readonly together: Together;
  /** Rows that were deleted here, until the server has done it too: the row, and the one above it. */
  private readonly removed = new Map<string, [HTMLElement, string]>();
  private isKept = true;
  private toKeep: QueueState | null = null;
  private token: string;

  constructor(private readonly form: HTMLFormElement) {
    const { saveUrl = "", filing = "", sheet = "", user = "", storeKey = "" } = form.dataset;
    this.token = tokenOf(form);
    this.store = new QueueStore({ filing, sheet, user }, localStorage, storeKey, newId);
    this.queue = new Queue((state) => this.keepSoon(state), newId);
    this.status = new Status(form);
    this.painter = new Painter(form);
    this.sender = new Sender(
      this.queue,
      saveUrl,
      () => this.token,
      () => this.renewToken(),
      (batch) => this.together.words(batch),
      (reply) => this.replied(reply),
      () => this.showStatus(),
    );
    this.grid = new Grid(
      form,
      {
        answered: (question) => this.answered(question),
        rowAdded: (row, after) => this.rowAdded(row, after),
        rowDeleted: (row) => this.rowDeleted(row),
      },
      newId,
    );
    this.together = new Together(form, {
      token: () => this.token,
      bring: (news) => bring(form, this.grid, news),
      judge: (heard) => heard.judged && this.painter.paint(heard.judged),
    });
  }

  async start(): Promise<void> {
    this.listen();
    for (const select of this.form.querySelectorAll("select[data-missing]")) {
      const question = questionOf(select);
      if (question) showMissing(question);
    }
    const judged = document.getElementById("record-state")?.textContent;
    if (judged && this.form.dataset.judged !== undefined) this.painter.adopt(JSON.parse(judged) as Judged);
    else if (judged) this.painter.paint(JSON.parse(judged) as Judged);
    this.store.hold(navigator.locks);
    const left = await this.store.leftBehind(navigator.locks);
    for (const change of left.flatMap(changesOf)) this.restore(change);
    this.queue.adopt(left);
    if (this.store.lost > 0) this.status.lost(this.store.lost);
    if (this.queue.unsent > 0) this.sender.soon(0);
    this.together.start();
    this.form.dataset.ready = "yes";
    performance.mark("record-usable");
  }

  /** Keep the queue once for all that one gesture changed (a pasted block is thousands of cells), before the gesture ends. */
  private keepSoon(state: QueueState): void {
    if (this.toKeep === null) {
      queueMicrotask(() => {
        const wasKept = this.isKept;
        this.isKept = this.toKeep === null || this.store.keep(this.toKeep);
        this.toKeep = null;
        if (this.isKept !== wasKept) this.showStatus();
      });
    }
    this.toKeep = state;
  }

  // --- what the person does ------------------------------------------------------------------------------------------

  private listen(): void {
    this.form.addEventListener("submit", (event) => {
      if (!(event as SubmitEvent).submitter) event.preventDefault();
    });
    this.form.addEventListener("change", (event) => this.fieldLeft(event.target as HTMLElement));
    this.form.addEventListener("click", (event) => {
      if (this.clicked(event.target as HTMLElement)) event.preventDefault(); // without script it posts or leads somewhere
    });
    this.form.addEventListener("focusin", (event) => this.entered(event.target as HTMLElement));
    this.form.addEventListener("keydown", (event) => {
      if (this.grid.key(event)) event.preventDefault();
    });
    this.form.addEventListener("paste", (event) => {
      if (this.grid.paste(event)) event.preventDefault();
    });
    addEventListener("online", () => void this.sender.again());
    this.form.addEventListener("input", (event) => {
      const question = questionOf(event.target as HTMLElement);
      if (question) question.dataset.typing = "";
    });
    addEventListener("pagehide", () => this.leaving());
    addEventListener("beforeunload", (event) => {
      this.takeFocused();
      if (this.queue.unsent > 0 || this.form.querySelector(".conflict")) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leaving();
    });
  }

  /** The page may not come back: take what is still being typed, and send without waiting. */
  private leaving(): void {
    this.takeFocused();
    void this.sender.send(true);
  }

  /** What stands in the field that has the focus was not sent yet, since the field was not left. */
  private takeFocused(): void {
    const field = document.activeElement as HTMLElement | null;
    const question = field && this.form.contains(field) ? questionOf(field) : null;
    if (field && question?.dataset.typing !== undefined) this.fieldLeft(field);
  }

  /** A cell that is entered has a box, and one for the reason of a doubtful value. */
  private entered(target: HTMLElement): void {
    const cell = target.closest<HTMLElement>("td[data-question]");
    if (!cell) return;
    offerNote(cell);
    if (cell.dataset.asleep === undefined) return;
    wake(cell.closest("tr") as HTMLElement);
    focusCell(cell);
  }

  private fieldLeft(field: HTMLElement): void {
    const question = questionOf(field);
    if (!question) return;
    delete question.dataset.typing;
    if (field.matches("[data-note-input]")) {
      const note = (field as HTMLInputElement).value.trim();
      const was = question.dataset.note ?? "";
      question.dataset.note = note;
      this.put(question, { op: "note", ...whereIs(question), note, was });
      return;
    }
    if (field.matches("[data-missing]")) {
      showMissing(question);
      const reason = question.querySelector<HTMLInputElement>("[data-reason]");
      if (reason && !reason.hidden && !reason.value) {
        reason.focus();
        return;
      }
    }
    this.answered(question);
  }

  /** What a button or link does here; false when it is none of ours. */
  private clicked(target: HTMLElement): boolean {
    const button = target.closest<HTMLElement>("button, a");
    if (!button) {
      this.entered(target);
      return false;
    }
    const question = questionOf(button);
    const { dataset } = button;
    if (dataset.use !== undefined && question) this.use(question, answerIn(dataset.use));
    else if (dataset.confirm !== undefined) this.confirm(dataset.confirm.split(" "));
    else if (dataset.addRow !== undefined) this.grid.addRow(button.closest("[data-register]") as HTMLElement);
    else if (dataset.deleteRow !== undefined) this.grid.deleteRow(button.closest("[data-row]") as HTMLElement);
    else if (dataset.sendAgain !== undefined) void this.sender.again();
    else if (dataset.discardUnsent !== undefined) this.discard();
    else return false;
    return true;
  }

  private discard(): void {
    if (!confirm("ทิ้งข้อมูลที่ยังไม่ได้ส่ง แล้วเปิดหน้านี้ใหม่ตามที่บันทึกไว้ล่าสุด")) return;
    this.queue.clear();
    location.reload();
  }

  private answered(question: HTMLElement): void {
    const [control] = controls(question);
    if (control && isNumeric(question) && plainNumber(control.value) !== null) control.value = withCommas(control.value);
    const answer = readAnswer(question);
    this.put(question, { op: "set", ...whereIs(question), value: answer, seq: Number(question.dataset.seq ?? 0) });
  }

  private use(question: HTMLElement, value: Answer): void {
    writeAnswer(question, value);
    this.answered(question);
    controls(question)[0]?.focus();
  }

  private confirm(codes: string[]): void {
    this.queue.put({ op: "confirm", codes });
    this.sender.soon();
  }

  private rowAdded(row: HTMLElement, after: string | null): void {
    const register = row.closest<HTMLElement>("[data-register]")?.dataset.register ?? "";
    this.put(row, { op: "add", register, row: row.dataset.row ?? "", after });
  }

  private rowDeleted(row: HTMLElement): void {
    const register = row.closest<HTMLElement>("[data-register]")?.dataset.register ?? "";
    const above = row.previousElementSibling as HTMLElement | null;
    this.removed.set(row.dataset.row ?? "", [row, above?.dataset.row ?? ""]);
    this.put(row, { op: "delete", register, row: row.dataset.row ?? "", seq: Number(row.dataset.rowSeq ?? 0) });
  }

  private put(element: HTMLElement, change: Change): void {
    element.dataset.saving = "unsent";
    element.querySelector(":scope > .refusal")?.remove();
    this.queue.put(change);
    this.sender.soon();
  }

  /** Show again what an earlier page could not send. */
  private restore(change: Change): void {
    if (change.op === "add") {
      const register = this.form.querySelector<HTMLElement>(`[data-register="${CSS.escape(change.register)}"]`);
      if (register && !findRow(this.form, change.row)) this.grid.insertRow(register, change.row);
    } else if (change.op === "delete") {
      findRow(this.form, change.row)?.remove();
    } else if (change.op !== "confirm") {
      const question = findQuestion(this.form, change.code, change.row);
      if (!question) return;
      question.dataset.saving = "unsent";
      if (change.op === "set") writeAnswer(question, change.value);
      else question.dataset.note = change.note;
    }
  }

  // --- what the server answers ---------------------------------------------------------------------------------------

  private replied(reply: Reply): void {
    this.queue.acknowledge(reply);
    const unsent = new Set(this.queue.changes.map((change) => ("code" in change ? `${change.code}@${change.row ?? ""}` : "")));
    for (const item of reply.saved) {
      const isNewer = unsent.has(`${item.code}@${item.row ?? ""}`);
      this.saved(item, isNewer);
      if (!isNewer) this.echo(item, reply);
    }
    for (const item of reply.refused) this.refused(item);
    this.status.saved(reply.receipt, reply.saved_at);
    this.painter.paint(reply);
    this.together.hear(reply.together);
    this.showStatus();
    performance.measure("record-round-trip", "record-send");
  }

  private saved(item: SavedItem, isNewer: boolean): void {
    if (item.row) this.removed.delete(item.row);
    const row = item.row ? findRow(this.form, item.row) : null;
    if (row && item.row_seq !== undefined) row.dataset.rowSeq = String(item.row_seq);
    const question = findQuestion(this.form, item.code, item.row);
    if (!question) return;
    question.dataset.seq = String(item.seq);
    question.dataset.saving = isNewer ? "unsent" : "saved";
    unmarkCarried(question);
    question.querySelector(".question-other")?.remove();
    const answered = readAnswer(question) !== null;
    for (const bring of question.querySelectorAll<HTMLElement>("[data-bring]")) bring.hidden = answered;
    if (row && !row.querySelector("[data-carried]")) delete row.dataset.carried;
  }

  /** Show how the server read the answer: a date with its month's name, a text without its stray blanks. */
  private echo(item: SavedItem, reply: Reply): void {
    const shown = reply.shown?.[place(item.code, item.row)];
    const question = findQuestion(this.form, item.code, item.row);
    const [control] = question ? controls(question) : [];
    if (!shown || !question || !control) return;
    const isTyped = control.matches("input:not([type=radio]):not([data-part]), textarea");
    if (isTyped && shown.text && document.activeElement !== control) control.value = shown.text;
    const words = question.querySelector("[data-echo]");
    if (words) words.textContent = shown.words === shown.text ? "" : shown.words;
  }

  private refused(item: RefusedItem): void {
    if (item.row_seq !== undefined && item.row) return this.notDeleted(item, item.row, item.row_seq);
    const question = findQuestion(this.form, item.code, item.row) ?? (item.row ? findRow(this.form, item.row) : null);
    if (!question) return;
    if (!("theirs" in item)) {
      showRefusal(question.matches("tr") ? ((question.querySelector("td") as HTMLElement | null) ?? question) : question, item.reason);
      return;
    }
    showConflict(question, item, (value, isMine) => {
      if (item.note) return this.noteDecided(question, String(value ?? ""), String(item.theirs ?? ""));
      question.dataset.seq = String(item.seq ?? 0);
      writeAnswer(question, value);
      if (isMine) this.answered(question);
      else question.dataset.saving = "saved";
    });
  }

  private noteDecided(question: HTMLElement, note: string, theirs: string): void {
    question.dataset.note = note;
    const box = question.querySelector<HTMLInputElement>("[data-note-input]");
    if (box) box.value = note;
    if (note === theirs) question.dataset.saving = "saved";
    else this.put(question, { op: "note", ...whereIs(question), note, was: theirs });
  }

  /** Somebody changed the row meanwhile: it comes back, with what he wrote, and may be deleted knowingly. */
  private notDeleted(item: RefusedItem, id: string, rowSeq: number): void {
    const register = this.form.querySelector<HTMLElement>(`[data-register="${CSS.escape(item.code)}"]`);
    const [kept, above] = this.removed.get(id) ?? [null, ""];
    const row = findRow(this.form, id) ?? kept ?? (register && this.grid.insertRow(register, id));
    if (!register || !row) return;
    this.removed.delete(id);
    if (!row.isConnected) this.grid.placeRow(register, row, above ? findRow(this.form, above) : null);
    row.dataset.rowSeq = String(rowSeq);
    delete row.dataset.saving;
    const again = make("button", { type: "button", className: "btn btn-small" }, "ลบแถวนี้");
    again.dataset.deleteRow = "";
    showRefusal(row.querySelector("td") ?? row, item.reason, again);
  }

  /** The token of a fresh copy of this page, when it is still the same person's. */
  private async renewToken(): Promise<boolean> {
    try {
      const response = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector<HTMLFormElement>("form[data-record]");
      if (!fresh || fresh.dataset.user !== this.form.dataset.user) return false;
      this.token = tokenOf(fresh);
      return true;
    } catch {
      return false;
    }
  }

  private showStatus(): void {
    this.status.show(this.sender.standing, this.queue.unsent, this.isKept);
    const takesNothing = this.sender.standing.kind === "refused";
    for (const group of this.form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-answers]")) {
      group.disabled = takesNothing;
    }
  }
}

/** The value that a button brings: JSON for a point or a missing answer, else the text itself. */
function answerIn(text: string): Answer {
  return /^[{"]/.test(text) ? (JSON.parse(text) as Answer) : text;
}

function tokenOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-record]")) void new RecordingPage(form).start();
