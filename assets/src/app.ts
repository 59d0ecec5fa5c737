/** What every page needs: styles, htmx under the strict policy, closing menus, announcements for screen readers. */
import htmx from "htmx.org/dist/htmx.esm.js";

import "./app.css";
import { announceUpdates } from "./announce";
import { hashChosenFile } from "./hash_file";
import { configureHtmx } from "./htmx";
import { closeOnEscapeOrOutside, showOwnLine } from "./menus";
import { guardDoubleSubmit } from "./submit";
import { warnOfUnsent } from "./unsent";

configureHtmx(htmx);
closeOnEscapeOrOutside(document);
showOwnLine(document);
warnOfUnsent(document);
guardDoubleSubmit(document);
announceUpdates(document);
hashChosenFile(document);
