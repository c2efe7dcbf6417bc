// Counts as one chooses: the page with the new choice is asked for, and its counts put in place.
const PAUSE_MS = 150;

export function keepCounting() {
  const form = document.querySelector("[data-counting]");
  if (!form) return;
  let timer = 0;
  let asked = 0;

  async function count() {
    const mine = ++asked;
    const choice = new FormData(form);
    choice.append("hitung", "1");
    try {
      const answer = await fetch(form.dataset.counting, { method: "POST", body: choice });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      for (const fresh of page.querySelectorAll("[data-part]")) {
        form.querySelector(`[data-part="${fresh.dataset.part}"]`)?.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // the line is down: the counts follow with the next change
    }
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(count, PAUSE_MS);
  };
  form.addEventListener("change", soon);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tick]");
    if (!button) return;
    const boxes = [...form.querySelectorAll(`input[name="${button.dataset.tick}"]`)];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
    button.textContent = all ? "Pilih semua" : "Kosongkan";
    soon();
  });
}
