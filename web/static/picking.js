// Picked from lists: entries of earlier documents into rows, photographs, documents to download.
import { addRow, changed, firstField, rowsOf } from "./rows.js";

export function keepPicker(form) {
  form.addEventListener("toggle", ({ target }) => {
    if (target.matches("[data-picker]") && target.open) fill(form, target);
  }, true); // toggle does not bubble
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    const picker = button.closest("[data-picker]");
    const chosen = [...picker.querySelectorAll("[data-pick]:checked")];
    for (const box of chosen) {
      take(form, picker.dataset.picker, JSON.parse(box.value));
      box.checked = false;
    }
    picker.open = false;
    if (chosen.length) changed(form);
  });
}

// What is offered stands in the page once, for all lists that take from it.
function fill(form, picker) {
  if (picker.querySelector("[data-take]")) return;
  const offers = form.querySelector(`template[data-offers="${picker.dataset.pool}"]`);
  picker.replaceChildren(picker.querySelector("summary"), offers.content.cloneNode(true));
  for (const box of picker.querySelectorAll("[data-pick]")) box.name = `pilih/${picker.dataset.picker}`;
}

function take(form, name, entry) {
  const list = form.querySelector(`[data-rows="${name}"]`);
  const values = (row) => [...row.querySelectorAll("textarea, input")].map((field) => field.value.trim());
  const row = rowsOf(list).find((one) => !values(one).some(Boolean)) || addRow(form, name);
  if (typeof entry === "string") firstField(row).value = entry;
  else for (const [key, value] of Object.entries(entry)) {
    const field = row.querySelector(`[name$="/${CSS.escape(key)}"]`);
    if (field) field.value = value;
  }
}

// A photograph is sent as soon as it is chosen, by itself, so that the form stays light.
export function keepPhotos(form) {
  form.addEventListener("change", async (event) => {
    const file = event.target.matches('[data-photo] input[type="file"]') && event.target.files[0];
    if (!file) return;
    const place = event.target.closest("[data-photo]");
    place.querySelector(".err")?.remove();
    const body = new FormData();
    body.append("foto", file);
    body.append("csrf_token", form.elements.csrf_token.value);
    try {
      const { id, error } = await (await fetch(form.dataset.photos, { method: "POST", body })).json();
      if (error) return complain(place, error);
      place.querySelector("img")?.remove();
      place.prepend(Object.assign(new Image(160), { src: form.dataset.photos + "/" + id, alt: "Foto yang sudah dikirim" }));
      place.querySelector('input[type="hidden"]').value = id;
      event.target.value = "";
      changed(form);
    } catch {
      complain(place, "Foto belum terkirim. Sambungan terputus; pilih sekali lagi nanti.");
    }
  });
}

function complain(place, words) {
  place.append(Object.assign(document.createElement("p"), { className: "err", textContent: words }));
}

export function keepPicks() {
  const form = document.querySelector("[data-picks]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("[data-pick]:not(:disabled)")];
  const count = () => {
    form.querySelector("[data-pick-count]").textContent = `${boxes.filter((box) => box.checked).length} dipilih`;
  };
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) for (const box of boxes) box.checked = event.target.checked;
    count();
  });
}

// "/" goes to the search, as long as nothing is being typed.
export function keepSearch() {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    search.focus();
  });
}
