/** The one line that says whether everything is saved, and the banner that says what is in the way. */
import { make } from "./page";
import type { Standing } from "./sender";

const CLOCK = new Intl.DateTimeFormat("th-TH", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Bangkok" });

export class Status {
  private last: string;
  private banner = "";

  constructor(private readonly form: HTMLElement) {
    this.last = form.querySelector("[data-record-status]")?.textContent?.trim() ?? "";
  }

  /** A batch was accepted. */
  saved(receipt: string, savedAt: string): void {
    if (receipt) this.last = `✓ บันทึกแล้ว ${CLOCK.format(new Date(savedAt))} น. ใบรับ ${receipt}`;
  }

  /** What was kept here once and can't be read any more has to be typed again. */
  lost(count: number): void {
    const words = `เครื่องนี้เคยเก็บคำตอบที่ยังไม่ได้ส่งไว้ ${count} ข้อ แต่เปิดอ่านไม่ได้แล้ว โปรดตรวจและกรอกข้อที่ขาดอีกครั้ง`;
    const box = make("div", { className: "notice" }, make("p", {}, words));
    box.dataset.kind = "warning";
    box.setAttribute("role", "alert");
    this.form.querySelector("[data-record-banner]")?.before(box);
  }

  show(standing: Standing, unsent: number, isKept: boolean): void {
    for (const line of this.form.querySelectorAll<HTMLElement>("[data-record-status]")) {
      const text = lineOf(standing, unsent, this.last);
      if (line.textContent?.trim() !== text) line.textContent = text;
      line.dataset.standing = unsent === 0 ? "saved" : standing.kind;
    }
    const banner = bannerOf(standing, unsent, isKept);
    if (banner === this.banner) return;
    this.banner = banner;
    for (const box of this.form.querySelectorAll<HTMLElement>("[data-record-banner]")) {
      box.replaceChildren(...(banner ? [notice(banner, standing)] : []));
    }
  }
}

function lineOf(standing: Standing, unsent: number, last: string): string {
  if (unsent === 0) return last;
  return standing.kind === "sending" ? `กำลังส่ง ${unsent} ข้อ…` : `ยังไม่ได้ส่ง ${unsent} ข้อ`;
}

function bannerOf(standing: Standing, unsent: number, isKept: boolean): string {
  const kept = isKept ? "ข้อมูลที่กรอกเก็บไว้ในเครื่องนี้แล้ว" : "เครื่องนี้เก็บข้อมูลไว้ไม่ได้ โปรดอย่าปิดหน้านี้";
  switch (standing.kind) {
    case "offline":
      return `ติดต่อเครื่องแม่ข่ายไม่ได้ ${kept} ระบบจะส่งให้เองเมื่อติดต่อได้`;
    case "signed-out":
      return `หมดเวลาใช้งาน ${kept} โปรดเข้าสู่ระบบด้วยบัญชีเดิม แล้วเปิดหน้านี้อีกครั้งเพื่อส่ง`;
    case "refused":
      return `ส่งข้อมูลไม่ได้: ${standing.reason}`;
    default:
      return isKept || unsent === 0 ? "" : "เครื่องนี้เก็บข้อมูลสำรองไม่ได้ โปรดรอให้ขึ้นว่าบันทึกแล้วก่อนปิดหน้านี้";
  }
}

function notice(text: string, standing: Standing): HTMLElement {
  const body = make("div", {}, make("p", {}, text));
  const button = (label: string, name: string): HTMLElement => {
    const one = make("button", { type: "button", className: "btn btn-small" }, label);
    one.dataset[name] = "";
    return one;
  };
  if (standing.kind === "offline") body.append(button("ส่งอีกครั้งเดี๋ยวนี้", "sendAgain"));
  if (standing.kind === "refused") {
    body.append(button("ลองส่งอีกครั้ง", "sendAgain"), button("ทิ้งข้อมูลที่ยังไม่ได้ส่ง", "discardUnsent"));
  }
  if (standing.kind === "signed-out") {
    body.append(make("a", { className: "btn btn-small btn-primary", href: location.href, target: "_blank" }, "เข้าสู่ระบบ"));
    body.append(button("เข้าสู่ระบบแล้ว ส่งอีกครั้ง", "sendAgain"));
  }
  const box = make("div", { className: "notice" }, body);
  box.dataset.kind = standing.kind === "refused" ? "error" : "warning";
  box.setAttribute("role", "alert");
  return box;
}
