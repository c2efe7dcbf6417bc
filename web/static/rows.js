// Rows of a list: added, removed and moved in place. Names need no order: the server reads rows in
// the order in which they stand.
import { follow, nameAgain } from "./references.js";

let next = 100000;

export const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-row]")];
// What belongs to the row itself, not to rows inside it.
const own = (row, selector) => [...row.querySelectorAll(selector)].filter((found) => found.closest("[data-row]") === row);
export const firstField = (row) => row.querySelector("textarea, input, select, summary");
export const isFilled = (row) =>
  [...row.querySelectorAll("input, textarea, select")].some((field) =>
    field.type === "checkbox" ? field.checked && !field.name.startsWith("pilih/") : field.value.trim(),
  );

// Does something to a list's rows; fields that name them follow. Answers with those that cannot.
function rearrange(form, list, act) {
  const before = rowsOf(list);
  act();
  renumber(list);
  return follow(form, list.dataset.rows, before, rowsOf(list));
}

function renumber(list) {
  const rows = rowsOf(list);
  rows.forEach((row, index) => {
    const number = row.querySelector(".no");
    number.textContent = row.tagName === "TR" ? `${index + 1}` : `${index + 1}.`;
    if (row.dataset.langkah !== undefined || row.tagName === "TR") row.dataset.langkah = index + 1;
    const act = (name) => own(row, `[data-act="${name}"]`)[0];
    act("up").disabled = index === 0;
    act("down").disabled = index === rows.length - 1;
    sayNumber(row, index + 1);
  });
}

// Names that end with the row's number, as read aloud.
function sayNumber(row, number) {
  const numbered = (text) => text.trimEnd().replace(/\s*\d*$/, ` ${number}`);
  for (const words of own(row, "[data-words]")) words.textContent = numbered(words.textContent);
  for (const named of own(row, ".acts [aria-label], textarea[aria-label]")) {
    named.setAttribute("aria-label", numbered(named.getAttribute("aria-label")));
  }
}

export function changed(form) {
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

export function addRow(form, name, after) {
  const list = form.querySelector(`[data-rows="${name}"]`);
  const holder = document.createElement("template");
  const slot = `__n${name.split("/").length - 1}__`;
  holder.innerHTML = form.querySelector(`[data-template="${name}"]`).innerHTML.replaceAll(slot, next++);
  const row = holder.content.querySelector("[data-row]");
  rearrange(form, list, () => (after ? after.after(row) : list.append(row)));
  syncChoices(form);
  return row;
}

const add = (form, name, after) => firstField(addRow(form, name, after)).focus();

function move(form, row, act) {
  const focused = document.activeElement;
  rearrange(form, row.parentElement, () => {
    if (act === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
    if (act === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
  });
  if (focused && row.contains(focused)) focused.focus();
}

function remove(form, row) {
  const list = row.parentElement;
  const neighbour = row.nextElementSibling || row.previousElementSibling;
  const next = row.nextElementSibling;
  const named = nameOf(row);
  const lost = rearrange(form, list, () => row.remove());
  syncChoices(form);
  sayRemoved(form, isFilled(row) && named, lost, () => {
    rearrange(form, list, () => (next?.isConnected ? next.before(row) : list.append(row)));
    nameAgain(lost, rowsOf(list).indexOf(row) + 1);
    syncChoices(form);
    firstField(row).focus();
    changed(form);
  });
  if (neighbour) firstField(neighbour).focus();
}

// What a row is called: "Langkah 3".
function nameOf(row) {
  const words = own(row, '[data-act="remove"]')[0].getAttribute("aria-label").replace(/^Hapus /, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// What was removed, which fields were emptied for it, and the way back.
function sayRemoved(form, name, lost, bringBack) {
  const place = form.querySelector("[data-removed]");
  place.replaceChildren();
  if (!name) return;
  const emptied = lost.map(([field]) => labelOf(field)).join(", ");
  const words = document.createElement("span");
  words.textContent = `${name} dihapus.${emptied ? ` Yang menunjuk ke sana dikosongkan: ${emptied}.` : ""}`;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet btn-sm", textContent: "Kembalikan" });
  button.addEventListener("click", () => {
    place.replaceChildren();
    bringBack();
  });
  place.append(words, " ", button);
}

// "langkah 5 (Tidak ke)"
function labelOf(field) {
  const label = field.labels[0];
  return `${label.querySelector("[data-words]").textContent.trim()} (${label.firstElementChild.textContent.trim()})`;
}

// Fields that choose from another list follow it as it is typed.
export function syncChoices(form) {
  for (const chooser of form.querySelectorAll("[data-from]")) {
    if (!chooser.dataset.from) continue;
    const list = form.querySelector(`[data-rows="${chooser.dataset.from.slice(1)}"]`);
    if (!list) continue;
    const names = rowsOf(list).map((row) => firstField(row).value.trim()).filter(Boolean);
    const chosen = [...chooser.querySelectorAll("input:checked")].map((box) => box.value);
    const all = [...new Set([...names, ...chosen])];
    const body = chooser.querySelector(".chooser-body");
    const shown = [...body.querySelectorAll("input")].map((box) => box.value);
    if (shown.join("\n") !== all.join("\n")) body.replaceChildren(...all.map((name) => option(chooser, name, chosen, names)));
    sayChosen(chooser);
  }
}

function option(chooser, name, chosen, names) {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: chooser.dataset.name, value: name, checked: chosen.includes(name) });
  label.append(box, name);
  label.classList.toggle("foreign", !names.includes(name));
  return label;
}

export function choose(chooser, names) {
  const body = chooser.querySelector(".chooser-body");
  const shown = [...body.querySelectorAll("input")];
  for (const box of shown) box.checked = names.includes(box.value);
  const known = shown.map((box) => box.value);
  body.append(...names.filter((name) => !known.includes(name)).map((name) => option(chooser, name, names, known)));
  sayChosen(chooser);
}

function sayChosen(chooser) {
  const chosen = [...chooser.querySelectorAll("input:checked")].map((box) => box.value);
  chooser.querySelector("[data-chosen]").textContent = chosen.join(", ") || "Pilih";
}

export function keepRows(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-act]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    if (button.dataset.add) add(form, button.dataset.add);
    else if (button.dataset.act === "remove") remove(form, row);
    else move(form, row, button.dataset.act);
    changed(form);
  });
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.key === "Enter" && event.target.tagName === "INPUT" && !event.altKey) event.preventDefault();
    if (!row || !event.altKey) return;
    const list = row.closest("[data-rows]");
    if (event.key === "Enter") add(form, list.dataset.rows, row);
    else if (event.key === "ArrowUp") move(form, row, "up");
    else if (event.key === "ArrowDown") move(form, row, "down");
    else return;
    event.preventDefault();
    changed(form);
  });
  form.addEventListener("change", (event) => {
    const chooser = event.target.closest("[data-from]");
    if (chooser) sayChosen(chooser);
  });
  form.addEventListener("input", (event) => {
    if (event.target.closest && event.target.closest(".lanes")) syncChoices(form);
  });
}

// Rows are dragged by their number; the buttons and keys do the same.
export function keepDrag(form) {
  let dragged = null;
  let before = [];
  form.addEventListener("pointerover", (event) => {
    const number = event.target.closest("[data-row] .no");
    if (number) number.draggable = true;
  });
  form.addEventListener("dragstart", (event) => {
    if (!event.target.closest?.(".no")) return;
    dragged = event.target.closest("[data-row]");
    before = rowsOf(dragged.parentElement);
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  form.addEventListener("dragover", (event) => {
    const over = dragged && rowUnder(event.target, dragged.parentElement);
    if (!over) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (over !== dragged) over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
  });
  form.addEventListener("drop", (event) => dragged && event.preventDefault());
  form.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    const list = dragged.parentElement;
    renumber(list);
    follow(form, list.dataset.rows, before, rowsOf(list));
    dragged = null;
    changed(form);
  });
}

function rowUnder(element, list) {
  let row = element.closest("[data-row]");
  while (row && row.parentElement !== list) row = row.parentElement.closest("[data-row]");
  return row;
}
