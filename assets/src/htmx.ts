/** htmx without eval, without injected styles and without page snapshots in the browser's store. */
import type htmx from "htmx.org";

export function configureHtmx(library: typeof htmx): void {
  Object.assign(library.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    // 422 carries the form with its errors; the others a notice that says why and what to do: all are shown.
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "400|403|404|409|422|503", swap: true, error: false },
      { code: "[45]..", swap: false, error: true },
    ],
  });
}
