/**
 * Keeps a page's queue in the browser, per filing, sheet and person, until the server has it; locked, so that whoever uses the
 * machine next reads nothing, but for the number of answers (signing out warns by it: src/unsent.ts). Each open page has a key of
 * its own and holds a lock with the same name; a key whose lock is free was left by a closed page and is taken over.
 */
import { changesOf, type QueueState } from "./queue";
import { open, seal } from "./sealing";

const PREFIX = "info-record";

export class QueueStore {
  private readonly prefix: string;
  private readonly key: string;
  /** Answers that were kept under another lock than this person's and can't be read any more. */
  lost = 0;

  constructor(
    owner: { filing: string; sheet: string; user: string },
    private readonly storage: Storage,
    private readonly lock: string,
    newId: () => string,
  ) {
    this.prefix = `${PREFIX}:${owner.user}:${owner.filing}:${owner.sheet}:`;
    this.key = this.prefix + newId();
  }

  /** Write the queue, or remove it when nothing is left. False: the browser's store refuses (full or switched off). */
  keep(state: QueueState): boolean {
    try {
      const unsent = changesOf(state).length;
      if (unsent === 0) this.storage.removeItem(this.key);
      else this.storage.setItem(this.key, JSON.stringify({ unsent, sealed: seal(this.lock, JSON.stringify(state)) }));
      return true;
    } catch {
      return false;
    }
  }

  /** Hold this page's lock for as long as it lives. Without the browser's locks nothing is held. */
  hold(locks: LockManager | undefined): void {
    void locks?.request(this.key, () => new Promise(() => undefined));
  }

  /** What closed pages of this person left for this sheet; taken out of the store. */
  async leftBehind(locks: LockManager | undefined): Promise<QueueState[]> {
    const left: QueueState[] = [];
    for (const key of this.otherKeys()) {
      const take = (): void => {
        const state = this.read(this.storage.getItem(key));
        this.storage.removeItem(key);
        if (changesOf(state).length > 0) left.push(state);
      };
      if (locks) await locks.request(key, { ifAvailable: true }, (lock) => lock && take());
      else take();
    }
    return left;
  }

  /** A kept queue; what can't be read is empty, and counted. */
  private read(text: string | null): QueueState {
    let unsent = 0;
    try {
      const kept = JSON.parse(text ?? "null") as { unsent: number; sealed: string } | null;
      unsent = kept?.unsent ?? 0;
      const state = JSON.parse((kept && open(this.lock, kept.sealed)) ?? "null") as QueueState | null;
      if (Array.isArray(state?.waiting) && Array.isArray(state.batches)) return state;
    } catch {
      // falls through: what cannot be read cannot be sent
    }
    this.lost += unsent;
    return { batches: [], waiting: [] };
  }

  private otherKeys(): string[] {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? "");
    return keys.filter((key) => key.startsWith(this.prefix) && key !== this.key).sort();
  }
}
