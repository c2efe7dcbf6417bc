// Fields that name rows by their number go on naming the same rows when these are put in, moved or
// taken away; what named a row that is gone is emptied.

const numberOf = (part) => (/^\d{1,5}$/.test(part) ? Number(part) : 0);
export const idOf = (row) => row.querySelector('[name$="/id"]')?.value.trim() || "";
const partsOf = (field) => field.value.split(",").map((part) => part.trim()).filter(Boolean);
const naming = (form, name) => [...form.querySelectorAll(`[data-refers="${CSS.escape(name)}"]`)];

// `before` and `after` are the list's rows. Answers with the fields that lost a row that they named,
// and what they said of it: `[field, part]`.
export function follow(form, name, before, after) {
  const ids = before.map(idOf);
  const alive = new Set(after.map(idOf));
  const lost = [];
  for (const field of naming(form, name)) {
    const parts = partsOf(field);
    const now = parts.map((part) => {
      if (ids.includes(part)) return alive.has(part) ? part : "";
      const row = before[numberOf(part) - 1];
      return row ? String(after.indexOf(row) + 1 || "") : part;
    });
    parts.forEach((part, at) => now[at] || lost.push([field, ids.includes(part) ? part : ""]));
    if (now.join() !== parts.join()) field.value = now.filter(Boolean).join(", ");
  }
  return lost;
}

// Name a row again that came back to its list.
export function nameAgain(lost, number) {
  for (const [field, id] of lost) field.value = [...partsOf(field), id || number].join(", ");
}

export function isNamed(form, name, number, ids) {
  return naming(form, name).some((field) => partsOf(field).some((part) => !ids.includes(part) && numberOf(part) === number));
}
