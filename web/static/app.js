// Comfort on pages that work without it.
import { keepCopies } from "./copies.js";
import { keepDraft } from "./draft.js";
import { keepDrawing } from "./drawing.js";
import { keepLive } from "./live.js";
import { keepCounting } from "./counting.js";
import { keepCopying } from "./copy.js";
import { keepNumbers } from "./numbers.js";
import { keepPaste } from "./paste.js";
import { keepPhotos, keepPicker, keepPicks, keepSearch } from "./picking.js";
import { keepDrag, keepRows } from "./rows.js";

const form = document.querySelector("[data-form]");
if (form) {
  for (const keep of [keepRows, keepDrag, keepPaste, keepPicker]) keep(form);
  if (form.dataset.draft) {
    keepPhotos(form);
    keepNumbers(form);
    keepDraft(form);
    keepDrawing(form);
  }
  const goOn = form.dataset.goOn && document.getElementById(form.dataset.goOn);
  const first = document.querySelector("[data-focus]") || goOn;
  if (first) (first.querySelector("input, textarea, select") || first).focus();
}
for (const keep of [keepCopies, keepCopying, keepCounting, keepLive, keepPicks, keepSearch]) keep();

// Menus and choosers close on Escape, menus on a click beside them too.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && (document.activeElement.closest("details.chooser[open]") || document.querySelector("details.menu[open]"));
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
