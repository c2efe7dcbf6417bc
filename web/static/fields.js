// Where things are in a form: what is sent, and the field that a finding means.
import { idOf, isNamed } from "./references.js";
import { isFilled, rowsOf } from "./rows.js";

// What a form says, without files and without the boxes of pick lists.
export function typed(form) {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !name.startsWith("pilih/")) body.append(name, value);
  }
  return body;
}

// The rows that the server takes for some: of blank ones only those that a field names.
function rowsSent(form, list) {
  const rows = rowsOf(list);
  const ids = rows.map(idOf);
  return rows.filter((row, index) => isFilled(row) || isNamed(form, list.dataset.rows, index + 1, ids));
}

// The field at a place of the data; of a line inside a field, that field.
export function locate(form, pointer) {
  return pointer ? exactly(form, pointer) || locate(form, pointer.slice(0, pointer.lastIndexOf("/"))) : null;
}

function exactly(form, pointer) {
  let scope = form;
  let name = "";
  for (const step of pointer.split("/").slice(1)) {
    const list = name && scope.querySelector(`[data-rows="${CSS.escape(name)}"]`);
    if (!list || !/^\d+$/.test(step)) {
      name = name ? `${name}/${step}` : step;
      continue;
    }
    scope = rowsSent(form, list)[Number(step)];
    if (!scope) return null;
    const inside = scope.querySelector(`[name^="${CSS.escape(name)}/"], [data-name^="${CSS.escape(name)}/"]`);
    name = (inside.name || inside.dataset.name).split("/").slice(0, name.split("/").length + 1).join("/");
  }
  return fieldOf(scope, name);
}

function fieldOf(scope, name) {
  const chooser = scope.querySelector(`[data-name="${CSS.escape(name)}"] summary`);
  const field = scope.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"])`);
  const list = scope.querySelector(`[data-rows="${CSS.escape(name)}"]`);
  return chooser || field || (list && list.querySelector("textarea, input, select, summary"));
}
