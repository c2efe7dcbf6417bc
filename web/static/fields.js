// Where things are in a form: what is sent, and the field that a finding means.
import { rowsOf } from "./rows.js";

// What a form says, without files and without the boxes of pick lists.
export function typed(form) {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !name.startsWith("pilih/")) body.append(name, value);
  }
  return body;
}

const isFilled = (row) =>
  [...row.querySelectorAll("input, textarea, select")].some((field) =>
    field.type === "checkbox" ? field.checked && !field.name.startsWith("pilih/") : field.value.trim(),
  );

// The field at a place of the data. The server leaves blank rows out, so they do not count.
export function locate(form, pointer) {
  let scope = form;
  let name = "";
  for (const step of pointer.split("/").slice(1)) {
    const list = name && scope.querySelector(`[data-rows="${CSS.escape(name)}"]`);
    if (!list || !/^\d+$/.test(step)) {
      name = name ? `${name}/${step}` : step;
      continue;
    }
    scope = rowsOf(list).filter(isFilled)[Number(step)];
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
