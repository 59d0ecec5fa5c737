/** The public site: everything works without this; it remembers the text size, closes opened menus, suggests while one types, hashes a chosen file. */
import "./site.css";
import { guardDoubleSubmit } from "../src/submit";
import { hashChosenFile } from "../src/hash_file";
import { closeOnEscapeOrOutside } from "../src/menus";
import { suggest } from "./suggest";
import { keepTextSize } from "./text_size";

keepTextSize(document);
closeOnEscapeOrOutside(document);
guardDoubleSubmit(document);
hashChosenFile(document);
suggest(document);
