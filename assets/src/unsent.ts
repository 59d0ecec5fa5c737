/** Signing out while this browser still keeps answers that were not sent: the person is told, and decides. */
const PREFIX = "info-record";

export function warnOfUnsent(root: Document): void {
  root.addEventListener("submit", (event) => {
    const { account } = (event.target as HTMLFormElement).dataset;
    const count = account ? unsentOf(account) : 0;
    const words =
      `ยังมีคำตอบ ${count} ข้อที่เครื่องนี้ยังไม่ได้ส่ง หากออกจากระบบ คำตอบจะเก็บไว้ในเครื่องนี้โดยผู้อื่นเปิดอ่านไม่ได้ ` +
      "และจะส่งเมื่อท่านเข้าสู่ระบบด้วยบัญชีเดิมแล้วเปิดหน้าของด้านนั้นบนเครื่องนี้อีกครั้ง ออกจากระบบหรือไม่";
    if (count > 0 && !confirm(words)) event.preventDefault();
  });
}

/** How many answers of an account this browser keeps (record/store.ts). */
export function unsentOf(account: string): number {
  let count = 0;
  try {
    for (let place = 0; place < localStorage.length; place += 1) {
      const key = localStorage.key(place) ?? "";
      if (!key.startsWith(`${PREFIX}:${account}:`)) continue;
      count += Number((JSON.parse(localStorage.getItem(key) ?? "{}") as { unsent?: number }).unsent ?? 0);
    }
  } catch {
    // A browser whose store is switched off keeps nothing.
  }
  return count;
}
