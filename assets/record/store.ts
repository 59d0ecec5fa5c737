/**
 * Keeps a page's queue in the browser, per filing, sheet and person, until the server has it. Each open page has a key of
 * its own and holds a lock with the same name; a key whose lock is free was left by a closed page and is taken over.
 */
import { changesOf, type QueueState } from "./queue";

const PREFIX = "info-record";

export class QueueStore {
  private readonly prefix: string;
  private readonly key: string;

  constructor(
    owner: { filing: string; sheet: string; user: string },
    private readonly storage: Storage,
    newId: () => string,
  ) {
    this.prefix = `${PREFIX}:${owner.user}:${owner.filing}:${owner.sheet}:`;
    this.key = this.prefix + newId();
  }

  /** Write the queue, or remove it when nothing is left. False: the browser's store refuses (full or switched off). */
  keep(state: QueueState): boolean {
    try {
      if (changesOf(state).length === 0) this.storage.removeItem(this.key);
      else this.storage.setItem(this.key, JSON.stringify(state));
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
        const state = read(this.storage.getItem(key));
        this.storage.removeItem(key);
        if (changesOf(state).length > 0) left.push(state);
      };
      if (locks) await locks.request(key, { ifAvailable: true }, (lock) => lock && take());
      else take();
    }
    return left;
  }

  private otherKeys(): string[] {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? "");
    return keys.filter((key) => key.startsWith(this.prefix) && key !== this.key).sort();
  }
}

/** A kept queue; an unreadable one is empty. */
export function read(text: string | null): QueueState {
  try {
    const state = JSON.parse(text ?? "null") as QueueState | null;
    if (Array.isArray(state?.waiting) && Array.isArray(state.batches)) return state;
  } catch {
    // falls through: what cannot be read cannot be sent
  }
  return { batches: [], waiting: [] };
}
