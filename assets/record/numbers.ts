/** Numbers as people type and read them: Thai digits, thousands commas. What is no number is left for the server to judge. */

const THAI_ZERO = 0x0e50;

export function asciiDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO));
}

/** `๓,๑๐๐` → `3100`, ` 1 234.50 ` → `1234.50`; null when the text is no plain number. */
export function plainNumber(text: string): string | null {
  const digits = asciiDigits(text).replace(/[\s\u00a0]/g, "");
  if (!/^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/.test(digits)) return null;
  return digits.replace(/[,+]/g, "");
}

/** `3100` → `3,100`; anything that is no number comes back as it is. */
export function withCommas(text: string): string {
  const plain = plainNumber(text);
  if (plain === null) return text;
  const [whole = "", fraction] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
