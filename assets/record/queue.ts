/**
 * Changes on their way to the server, in order, kept until acknowledged. Pure: no page, no network, no clock.
 *
 * One batch is under way at a time. It keeps its id until the server answers, so that sending it twice has one effect.
 * What is typed meanwhile waits behind it; a second value for a waiting answer replaces the first.
 */
import { type Batch, type Change, place, type Reply } from "./contract";

export interface QueueState {
  /** Batches that were sent or tried, oldest first; only the first is under way. */
  batches: Batch[];
  waiting: Change[];
}

export const MOST_CHANGES_IN_A_BATCH = 500;

export class Queue {
  private state: QueueState = { batches: [], waiting: [] };

  constructor(
    private readonly keep: (state: QueueState) => void,
    private readonly newId: () => string,
  ) {}

  /** How many changes the server has not acknowledged. */
  get unsent(): number {
    return this.changes.length;
  }

  /** Everything unacknowledged, oldest first. */
  get changes(): readonly Change[] {
    return changesOf(this.state);
  }

  /** Put changes at the end; each replaces a waiting one of the same place. */
  put(...changes: Change[]): void {
    for (const change of changes) this.putOne(change);
    this.keep(this.state);
  }

  /** Take over what closed pages left, before everything that waits here. Their batches keep their ids. */
  adopt(left: readonly QueueState[]): void {
    const own = this.state;
    this.state = { batches: [...left.flatMap((state) => state.batches), ...own.batches], waiting: [] };
    this.put(...left.flatMap((state) => state.waiting), ...own.waiting);
  }

  /** The batch to send now: the one under way again, or a new one; null when all is sent. */
  next(): Batch | null {
    if (this.state.batches.length === 0 && this.state.waiting.length > 0) {
      const changes = this.state.waiting.splice(0, MOST_CHANGES_IN_A_BATCH);
      this.state.batches.push({ batch: this.newId(), changes });
      this.keep(this.state);
    }
    return this.state.batches[0] ?? null;
  }

  /** The server answered the batch under way: what waits now stands on the counters that it gave. */
  acknowledge(reply: Pick<Reply, "saved" | "refused">): void {
    this.state.batches.shift();
    const counters = new Map(reply.saved.map((item) => [place(item.code, item.row), item.seq]));
    const rowCounters = new Map(reply.saved.map((item) => [item.row, item.row_seq]));
    for (const change of this.state.waiting) {
      if (change.op === "set") change.seq = counters.get(place(change.code, change.row)) ?? change.seq;
      if (change.op === "delete") change.seq = rowCounters.get(change.row) ?? change.seq;
    }
    // Whoever wrote a refused answer decides in the page between both values: nothing newer may go past that.
    const refused = new Set(reply.refused.map((item) => place(item.code, item.row)));
    this.state.waiting = this.state.waiting.filter(
      (change) => change.op !== "set" || !refused.has(place(change.code, change.row)),
    );
    this.keep(this.state);
  }

  /** Forget everything unsent (the person chose so on a sheet that takes nothing any more). */
  clear(): void {
    this.state = { batches: [], waiting: [] };
    this.keep(this.state);
  }

  private putOne(change: Change): void {
    if (change.op === "delete" && this.dropRow(change.row)) return;
    const target = targetOf(change);
    const waiting = this.state.waiting.find((other) => targetOf(other) === target);
    if (waiting?.op === "set" && change.op === "set") waiting.value = change.value;
    else if (waiting?.op === "note" && change.op === "note") waiting.note = change.note;
    else if (waiting) Object.assign(waiting, change);
    else this.state.waiting.push(change);
  }

  /** Drop all that waits for a row that is being deleted; true when the row itself never left this page. */
  private dropRow(row: string): boolean {
    const neverSent = this.state.waiting.some((change) => change.op === "add" && change.row === row);
    this.state.waiting = this.state.waiting.filter((change) => !("row" in change) || change.row !== row);
    for (const change of this.state.waiting) {
      if (change.op === "add" && change.after === row) change.after = null;
    }
    return neverSent;
  }
}

/** All changes of a queue, oldest first. */
export function changesOf(state: QueueState): Change[] {
  return [...state.batches.flatMap((batch) => batch.changes), ...state.waiting];
}

function targetOf(change: Change): string {
  switch (change.op) {
    case "confirm":
      return `confirm ${change.codes.join(" ")}`;
    case "add":
    case "delete":
      return `${change.op} ${change.row}`;
    default:
      return `${change.op} ${place(change.code, change.row)}`;
  }
}
