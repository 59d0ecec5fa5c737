/** Sends the queue, one batch at a time, in order; tries again after a failure of the network, stops when refused. */
import type { Reply } from "./contract";
import type { Queue } from "./queue";

export type Standing =
  | { kind: "idle" }
  | { kind: "sending" }
  | { kind: "offline" }
  | { kind: "signed-out" }
  | { kind: "refused"; reason: string };

const DEBOUNCE_MS = 400;
const RETRY_MS = [2000, 4000, 8000, 15000, 30000, 60000];
const MOST_BYTES_ON_LEAVING = 60_000;

export class Sender {
  standing: Standing = { kind: "idle" };
  private timer: number | undefined;
  private busy = false;
  private failures = 0;

  constructor(
    private readonly queue: Queue,
    private readonly url: string,
    private readonly token: () => string,
    /** Ask for a fresh token, after signing in again. False: the page can't be had, or it is another person's now. */
    private readonly renew: () => Promise<boolean>,
    /** What is said beside a batch: where the person is. */
    private readonly beside: (batch: string) => Record<string, unknown>,
    private readonly replied: (reply: Reply) => void,
    private readonly changed: () => void,
  ) {}

  /** Something was put into the queue: send it soon, together with what follows at once. */
  soon(delay = DEBOUNCE_MS): void {
    if (this.standing.kind === "refused" || this.standing.kind === "signed-out") return this.changed();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), delay) as unknown as number;
    this.changed();
  }

  /** Try again now: the network is back, or the person says so. */
  async again(): Promise<void> {
    if (this.standing.kind === "signed-out" && !(await this.renew())) return;
    this.failures = 0;
    this.become({ kind: "idle" });
    this.soon(0);
  }

  /** Send until nothing is left, or something is in the way. */
  async send(leaving = false): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let batch = this.queue.next(); batch; batch = this.queue.next()) {
        this.become({ kind: "sending" });
        if (!(await this.sendOne(JSON.stringify({ ...batch, ...this.beside(batch.batch) }), leaving))) return;
      }
      this.become({ kind: "idle" });
    } finally {
      this.busy = false;
    }
  }

  private async sendOne(body: string, leaving: boolean): Promise<boolean> {
    let response: Response;
    performance.mark("record-send");
    try {
      response = await fetch(this.url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() },
        credentials: "same-origin",
        redirect: "manual",
        keepalive: leaving && body.length < MOST_BYTES_ON_LEAVING,
      });
    } catch {
      return this.tryLater();
    }
    if (response.ok) {
      this.failures = 0;
      this.replied((await response.json()) as Reply);
      return true;
    }
    return this.notSent(response);
  }

  private async notSent(response: Response): Promise<boolean> {
    if (response.type === "opaqueredirect" || response.status === 401) {
      this.become({ kind: "signed-out" });
    } else if (response.status >= 500 || response.status === 429 || response.status === 408) {
      return this.tryLater();
    } else {
      const reason = await response.json().then(
        (body: { reason?: string }) => body.reason,
        () => undefined,
      );
      // A 403 without a reason comes from the door: the session ended, or was begun anew since the page was opened.
      if (response.status === 403 && !reason) this.become({ kind: "signed-out" });
      else this.become({ kind: "refused", reason: reason ?? `เครื่องแม่ข่ายไม่รับข้อมูลชุดนี้ (รหัส ${response.status})` });
    }
    return false;
  }

  private tryLater(): boolean {
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)] ?? 60000;
    this.failures += 1;
    this.become({ kind: "offline" });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), wait) as unknown as number;
    return false;
  }

  private become(standing: Standing): void {
    this.standing = standing;
    this.changed();
  }
}
