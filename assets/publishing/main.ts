/** Officers' form of news, products and places: the point picked on the province's map. The typed boxes work without it. */
import { pickPoint } from "./pick_point";

pickPoint(document);
