// The office's next number, put into its field in place. What was typed is replaced only when the
// person says so; without this script the button asks for the page with the number in it.
import { changed } from "./rows.js";

export function keepNumbers(form) {
  const dialog = document.querySelector("[data-replace-number]");
  form.addEventListener("click", async (event) => {
    const button = event.target.closest('[name="usulkan"]');
    if (!button) return;
    event.preventDefault();
    const field = form.querySelector(`[name="${CSS.escape(button.value)}"]`);
    if (field.value.trim() && !(await mayReplace(dialog, field.value))) return;
    button.disabled = true; // pressed twice, it would use up two numbers
    await take(form, field, button.closest("[data-number]"));
    button.disabled = false;
    button.focus();
  });
}

function mayReplace(dialog, typed) {
  dialog.querySelector("[data-typed]").textContent = typed;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue === "ganti"), { once: true }));
}

async function take(form, field, place) {
  const say = (words) => (place.querySelector("[data-said]").textContent = words);
  say("");
  try {
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
    const answer = await fetch(place.dataset.number, { method: "POST", body });
    if (!answer.ok) return say("Nomor belum dapat diambil. Simpan draf ini, lalu coba sekali lagi.");
    const { nomor } = await answer.json();
    field.value = nomor;
    changed(form);
    say(`Nomor ${nomor} diambil untuk dokumen ini.`);
  } catch {
    say("Nomor belum diambil karena sambungan terputus. Coba sekali lagi nanti.");
  }
}
