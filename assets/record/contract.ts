/**
 * What the recording page and the server say to each other. One batch goes up, one reply comes down:
 *
 *   {"batch": "<uuid>", "changes": [
 *     {"op": "set", "code": "population_male", "value": "3100", "seq": 3},
 *     {"op": "set", "code": "village_name", "register": "village", "row": "<uuid>", "value": "บ้านตัวอย่าง", "seq": 0},
 *     {"op": "note", "code": "household_count", "note": "รวมบ้านว่าง"},
 *     {"op": "confirm", "codes": ["area_km2"]},
 *     {"op": "add", "register": "village", "row": "<uuid chosen here>", "after": null},
 *     {"op": "delete", "register": "village", "row": "<uuid>", "seq": 4}]}
 *
 * The same batch sent again has one effect and the same receipt. A refused change never comes back by itself.
 *
 * Beside `batch` the page says of itself `page`, `place`, `typing`, `since` and `lock`, and the reply has `together`: see Heard.
 */

export type Answer =
  | null
  | string
  | { lat: string; lon: string }
  | { missing: "NONE" }
  | { missing: "NO_DATA"; reason: string };

export interface SetAnswer {
  op: "set";
  code: string;
  register?: string;
  row?: string;
  value: Answer;
  seq: number;
}
export interface SetNote {
  op: "note";
  code: string;
  register?: string;
  row?: string;
  note: string;
  /** The reason that stood there when it was edited. */
  was?: string;
}
export interface Confirm {
  op: "confirm";
  codes: string[];
}
export interface AddRow {
  op: "add";
  register: string;
  row: string;
  after: string | null;
}
export interface DeleteRow {
  op: "delete";
  register: string;
  row: string;
  seq: number;
}
export type Change = SetAnswer | SetNote | Confirm | AddRow | DeleteRow;

export interface Batch {
  batch: string;
  changes: Change[];
}

export interface SavedItem {
  code: string;
  row: string | null;
  seq: number;
  row_seq?: number;
}
export interface RefusedItem {
  code: string;
  row: string | null;
  mine: Answer;
  reason: string;
  /** Only when somebody else wrote meanwhile: their value (of a `note`, their text), its counter, their name, when. */
  theirs?: Answer;
  note?: boolean;
  seq?: number;
  by?: string;
  when?: string;
  /** The counter of a row that was not deleted, since somebody changed it. */
  row_seq?: number;
  /** The row was deleted by somebody. */
  gone?: boolean;
}
export interface Finding {
  code: string;
  severity: "error" | "warning";
  question: string;
  row: number | null;
  row_id?: string | null;
  message: string;
  suggestion?: Answer | number;
  /** A required answer that is merely missing: counted, not complained of, until the person asks to check. */
  missing?: boolean;
  /** A doubtful value whose reason was given. */
  explained?: boolean;
}
export interface Counts {
  required: number;
  answered: number;
  errors: number;
  warnings: number;
}
export interface Progress extends Counts {
  sections: Record<string, Counts>;
}
/** How the sheet stands: the first painting, and a part of every reply. */
export interface Judged {
  findings: Finding[];
  computed: Record<string, Answer | number>;
  /** Codes of the questions and registers that are asked now; the others are hidden. */
  visible: string[];
  /** Cells [row, column] of registers that are not asked in their row. */
  hidden_cells: [string, string][];
  /** Answers brought from last year that wait to be confirmed. */
  carried: number;
  /** Why the sheet can't be submitted yet; empty when it can. */
  hindrance: string;
  progress: Progress;
}
export interface Reply extends Judged {
  receipt: string;
  saved_at: string;
  saved: SavedItem[];
  refused: RefusedItem[];
  /** How the server read each answer, by place: as its box holds it, and in words. */
  shown?: Record<string, { text: string; words: string }>;
  together?: Heard;
}
/** One place that somebody else changed, as it stands now. */
export interface News {
  op: "set" | "row" | "delete";
  code: string;
  register?: string;
  row?: string;
  row_seq?: number;
  /** The row above a row; empty for the first. */
  after?: string;
  value?: Answer;
  /** The answer as its box holds it, in words, and in words what it was before. */
  text?: string;
  words?: string;
  old?: string;
  seq?: number;
  note?: string;
  carried?: boolean;
  by: string;
  when: string;
  batch: string;
}
/** What a page hears of the others. */
export interface Heard {
  lock: number;
  newest: number;
  others: { name: string; place: string; typing: boolean; text: string }[];
  changed?: News[];
  judged?: Judged;
  /** Why the page must be opened anew. */
  reload?: string;
}

/** Where an answer stands: a question, or a question of a register's row. */
export function place(code: string, row: string | null | undefined): string {
  return row ? `${code}@${row}` : code;
}
