/** The public site: everything works without this; it remembers the text size, closes opened menus, hashes a chosen file. */
import "./site.css";
import { guardDoubleSubmit } from "../src/submit";
import { hashChosenFile } from "../src/hash_file";
import { closeOnEscapeOrOutside } from "../src/menus";
import { keepTextSize } from "./text_size";

keepTextSize(document);
closeOnEscapeOrOutside(document);
guardDoubleSubmit(document);
hashChosenFile(document);
