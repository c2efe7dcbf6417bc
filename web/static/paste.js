// Rows pasted from a spreadsheet fill rows; several lines pasted into a row fill downwards.
import { addRow, changed, choose, firstField, rowsOf, syncChoices } from "./rows.js";

export function keepPaste(form) {
  form.addEventListener("paste", (event) => {
    const field = event.target.closest("textarea, input");
    const row = field && field.closest("[data-row]");
    const table = row && parse(event.clipboardData.getData("text/plain"));
    if (!table || !fillsRows(table, field, row)) return;
    event.preventDefault();
    fill(form, row, field, table);
    syncChoices(form);
    changed(form);
  });
}

// Tab-separated text as spreadsheets copy it: a cell with a line break stands in quotes.
export function parse(text) {
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const row = rows.at(-1);
    if (isQuoted && sign === '"' && text[at + 1] === '"') row[row.length - 1] += text[++at];
    else if (sign === '"' && (isQuoted || row.at(-1) === "")) isQuoted = !isQuoted;
    else if (isQuoted) row[row.length - 1] += sign;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.filter((row) => row.some((cell) => cell.trim()));
}

function fillsRows(table, field, row) {
  if (table.some((cells) => cells.length > 1)) return true;
  // Lines inside one field of a card, or into a field that takes a line an entry, are its own.
  const isList = !row.querySelector("[data-field]") && boxes(row).length === 1;
  return table.length > 1 && !("lines" in field.dataset) && (row.tagName === "TR" || isList);
}

const boxes = (row) => {
  const own = [...row.querySelectorAll("[data-field], .field, textarea[aria-label]")];
  return own.filter((box) => box.closest("[data-row]") === row);
};

const labelOf = (box) => {
  const label = box.querySelector(".lab .visually-hidden:not([data-words]), .lab, label");
  return plain(box.querySelector("[data-from]") ? box.querySelector(".lab").textContent : label?.firstChild?.textContent || label?.textContent || "");
};

const plain = (text) => text.toLowerCase().replace(/[^\p{L}]+/gu, " ").trim();

function fill(form, row, field, table) {
  const list = row.parentElement;
  const order = boxes(row);
  const start = order.findIndex((box) => box.contains(field));
  const columns = headed(order, table[0]);
  const rows = columns ? table.slice(1) : withoutNumbers(table, start);
  let at = row;
  rows.forEach((cells, index) => {
    if (index) at = at.nextElementSibling || addRow(form, list.dataset.rows, at);
    const into = boxes(at);
    cells.forEach((cell, column) => {
      const box = into[columns ? columns[column] : start + column];
      if (box && cell.trim()) put(form, box, cell.trim());
    });
  });
}

// Which box each column is for, where the first line names at least two of them.
function headed(order, cells) {
  const labels = order.map(labelOf);
  const columns = cells.map((cell) => labels.indexOf(plain(cell)));
  return columns.filter((column) => column >= 0).length > 1 ? columns : null;
}

function withoutNumbers(table, start) {
  const isNumbered = start === 0 && table.every((cells) => cells.length > 1 && /^\d+\.?$/.test(cells[0].trim()));
  return isNumbered ? table.map((cells) => cells.slice(1)) : table;
}

function put(form, box, text) {
  const chooser = box.querySelector("[data-from]");
  if (chooser) {
    const names = text.split(/[,;\n]/).map((name) => name.trim()).filter(Boolean);
    for (const name of names) addChoice(form, chooser.dataset.from.slice(1), name);
    return choose(chooser, names);
  }
  const field = box.matches("textarea") ? box : box.querySelector("textarea, select, input:not([type=hidden])");
  if (field.tagName === "SELECT") {
    const same = [...field.options].find((option) => plain(option.textContent) === plain(text));
    if (same) field.value = same.value;
  } else field.value = field.tagName === "INPUT" ? text.replace(/\s*\n\s*/g, " ") : text;
}

// A name that the list of choices does not have yet becomes one of them.
function addChoice(form, name, choice) {
  const list = form.querySelector(`[data-rows="${name}"]`);
  const fields = rowsOf(list).map(firstField);
  if (fields.some((field) => field.value.trim() === choice)) return;
  const free = fields.find((field) => !field.value.trim()) || firstField(addRow(form, name));
  free.value = choice;
}
