// Buttons that copy what another element says, and tell that they did.
export function keepCopying() {
  // Loaded again, the page would make another secret: its address becomes the one to go on to.
  const once = document.querySelector("[data-shown-once]");
  if (once) history.replaceState(null, "", once.dataset.shownOnce);
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const words = button.querySelector("span");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      words.textContent = "Tersalin";
    } catch {
      words.textContent = "Pilih lalu salin sendiri";
    }
  });
}
