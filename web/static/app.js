// Comfort on pages that work without it: rows by keyboard, the drawing as one types, live status.
import { keepRows } from "./rows.js";
import { keepDrawing } from "./drawing.js";
import { keepLive } from "./live.js";
import { keepCounting } from "./counting.js";
import { keepCopying } from "./copy.js";

const form = document.querySelector("[data-form]");
if (form) {
  keepRows(form);
  keepDrawing(form);
  const goOn = form.dataset.goOn && document.getElementById(form.dataset.goOn);
  const first = document.querySelector("[data-focus]") || goOn;
  if (first) (first.querySelector("input, textarea, select") || first).focus();
}
keepLive();
keepCopying();
keepCounting();
