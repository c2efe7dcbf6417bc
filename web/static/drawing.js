// What the server says of what is typed, shortly after each change: the drawing, the findings in
// their list and at their fields, what is missing.
import { locate, typed } from "./fields.js";

const PAUSE_MS = 350;
const BOX = ".field, .cellbox, .rows > li > div";

export function keepDrawing(form) {
  let timer = 0;
  let asked = 0;

  async function redraw() {
    const mine = ++asked;
    let answer;
    try {
      answer = await fetch(form.dataset.draw, { method: "POST", body: typed(form) });
    } catch {
      return; // the line is down: what is shown stays until the next change
    }
    if (!answer.ok || mine !== asked) return;
    const { pages, findings, state } = await answer.json();
    const paper = form.querySelector("[data-pages]");
    if (paper && pages.length) paper.replaceChildren(...pages.map(figure));
    list(form, findings);
    atFields(form, findings);
    rail(state);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(redraw, PAUSE_MS);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-pointer]");
    const field = link && locate(form, link.dataset.pointer);
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
}

function figure(svg) {
  const holder = document.createElement("figure");
  holder.innerHTML = svg; // made by our own server, texts escaped there
  return holder;
}

function element(tag, className, textContent) {
  return Object.assign(document.createElement(tag), { className, textContent });
}

function list(form, findings) {
  form.querySelector("[data-findings]").replaceChildren(...findings.map(item));
  const errors = findings.filter((finding) => finding.level === "error").length;
  const warnings = findings.length - errors;
  const words = [errors && `${errors} kesalahan`, warnings && `${warnings} peringatan`].filter(Boolean);
  document.querySelector("[data-count]").textContent = words.join(", ");
}

function item(finding) {
  const row = element("li", finding.level === "error" ? "bad" : "warn", "");
  const words = document.createElement("div");
  const link = Object.assign(element("a", "", finding.message), { href: `#${finding.pointer.slice(1).replaceAll("/", "-")}` });
  link.dataset.pointer = finding.pointer;
  words.append(link, document.createElement("br"), element("span", "muted", finding.hint));
  row.append(words, element("span", "source", finding.source));
  return row;
}

function atFields(form, findings) {
  for (const note of form.querySelectorAll(".err, .warnline")) if (!note.closest(".picker")) note.remove();
  for (const box of form.querySelectorAll(".has-error")) box.classList.remove("has-error");
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const field of form.querySelectorAll("[data-hint]")) describe(field, field.dataset.hint);
  for (const finding of findings) {
    const field = locate(form, finding.pointer);
    const box = field && field.closest(BOX);
    if (box) note(form, field, box, finding);
  }
}

// An empty field is told of by the rail while one is still typing, and here once it was checked.
function note(form, field, box, finding) {
  const isError = finding.level === "error";
  if (isError && !field.value && !("checked" in form.dataset)) return;
  const said = element("p", isError ? "err" : "warnline", `${finding.short} ${finding.hint}`);
  said.id = `${field.id}-n${box.querySelectorAll(".err, .warnline").length + 1}`;
  box.append(said);
  if (field.dataset.hint === undefined) {
    const ids = (field.getAttribute("aria-describedby") || "").split(" ");
    field.dataset.hint = ids.filter((id) => document.getElementById(id) && !/-n\d+$/.test(id)).join(" ");
    describe(field, field.dataset.hint);
  }
  describe(field, `${field.getAttribute("aria-describedby") || ""} ${said.id}`.trim());
  if (!isError) return;
  box.classList.add("has-error");
  field.setAttribute("aria-invalid", "true");
}

function describe(field, ids) {
  if (ids) field.setAttribute("aria-describedby", ids);
  else field.removeAttribute("aria-describedby");
}

function rail(state) {
  for (const { id, sort, words } of state.sections) {
    const line = document.querySelector(`[data-rail="${id}"]`);
    line.className = `st ${sort}`;
    line.textContent = words;
  }
  document.querySelector("[data-filled]").textContent = `${state.filled} dari ${state.required}`;
  Object.assign(document.getElementById("terisi"), { value: state.filled, max: state.required || 1 });
  document.querySelector("[data-missing-head]").hidden = !state.missing;
  document.querySelector("[data-missing]").textContent = state.missing || "Semua isian wajib sudah terisi.";
}
