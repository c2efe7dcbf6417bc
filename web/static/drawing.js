// The drawing and the findings beside the steps, redrawn shortly after each change.
const PAUSE_MS = 350;

export function keepDrawing(form) {
  const pages = form.querySelector("[data-pages]");
  if (!pages) return;
  const rows = pages.closest(".split").querySelector("[data-rows]");
  let timer = 0;
  let asked = 0;

  async function redraw() {
    const mine = ++asked;
    let answer;
    try {
      answer = await fetch(form.dataset.draw, { method: "POST", body: new FormData(form) });
    } catch {
      return; // the line is down: what is drawn stays until the next change
    }
    if (!answer.ok || mine !== asked) return;
    const { pages: drawn, findings } = await answer.json();
    if (drawn.length) pages.replaceChildren(...drawn.map(figure));
    say(findings, rows);
    noteBeside(findings, rows);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(redraw, PAUSE_MS);
  });
}

function figure(svg) {
  const holder = document.createElement("figure");
  holder.innerHTML = svg; // made by our own server, texts escaped there
  return holder;
}

// Where a finding belongs. The server counts the rows that hold something, in the order in which
// they stand; the names of their fields tell neither.
function placeOf(pointer, rows) {
  const [key, index, field] = pointer.slice(1).split("/");
  if (key !== rows.dataset.rows) return document.getElementById(pointer.slice(1).replaceAll("/", "-"));
  if (index === undefined) return rows;
  const row = [...rows.querySelectorAll(":scope > [data-row]")].filter(isFilled)[index];
  return (row && field && row.querySelector(`[data-field="${field}"]`)) || row;
}

function isFilled(row) {
  return [...row.querySelectorAll("input, textarea, select")].some((field) => (field.type === "checkbox" ? field.checked : field.value.trim()));
}

const control = (place) => place.querySelector("textarea, select, summary, input");

function noteBeside(findings, rows) {
  const split = rows.closest(".split");
  for (const note of split.querySelectorAll(".err, .warnline")) note.remove();
  for (const box of split.querySelectorAll(".has-error")) box.classList.remove("has-error");
  for (const field of split.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const field of split.querySelectorAll("[aria-describedby]")) describe(field, (id) => !/-n\d+$/.test(id));
  for (const finding of findings) {
    const place = placeOf(finding.pointer, rows);
    if (place && rows.contains(place)) put(note(finding), place, rows);
  }
}

function describe(field, isKept, more = []) {
  const ids = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && isKept(id));
  field.setAttribute("aria-describedby", [...ids, ...more].join(" "));
  if (!field.getAttribute("aria-describedby")) field.removeAttribute("aria-describedby");
}

function put(words, place, rows) {
  if (place === rows) rows.closest("table").after(words);
  else if (place.matches("[data-row]")) place.querySelector(":scope > td:last-child > .acts").before(words);
  else {
    place.append(words);
    const field = control(place);
    words.id = `${field.id}-n${place.querySelectorAll(".err, .warnline").length}`;
    describe(field, () => true, [words.id]);
    if (!words.classList.contains("err")) return;
    place.classList.add("has-error");
    field.setAttribute("aria-invalid", "true");
  }
}

function note(finding) {
  const isError = finding.level === "error";
  const words = Object.assign(document.createElement("p"), { className: isError ? "err" : "warnline" });
  const icon = document.querySelector("svg.i").cloneNode(true);
  const use = icon.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, isError ? "#cross" : "#warning"));
  words.append(icon, Object.assign(document.createElement("span"), { textContent: `${finding.note} ${finding.hint}` }));
  return words;
}

function say(findings, rows) {
  const list = document.querySelector("[data-findings]");
  list.replaceChildren(...findings.map((finding) => item(finding, rows)));
  const warnings = findings.filter((finding) => finding.level === "warning").length;
  document.querySelector("[data-count]").textContent = warnings ? `${warnings} peringatan` : "";
}

function item(finding, rows) {
  const row = document.createElement("li");
  row.className = finding.level === "error" ? "bad" : "warn";
  const words = document.createElement("div");
  const link = Object.assign(document.createElement("a"), { href: `#${anchor(finding, rows)}`, textContent: finding.message });
  const hint = Object.assign(document.createElement("span"), { className: "muted", textContent: finding.hint });
  words.append(link, document.createElement("br"), hint);
  const source = Object.assign(document.createElement("span"), { className: "source", textContent: finding.source });
  row.append(words, source);
  return row;
}

function anchor(finding, rows) {
  const place = placeOf(finding.pointer, rows);
  const field = place && rows.contains(place) && place !== rows ? control(place) : place;
  return field ? field.id : finding.pointer.slice(1).replaceAll("/", "-");
}
