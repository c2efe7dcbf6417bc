// A document that is being made: its page is asked for again until it is settled. Without this
// script the page reloads itself.
const PAUSE_MS = 400;

export function keepLive() {
  const shown = document.querySelector('[data-live="yes"]');
  if (shown) setTimeout(look, pause(shown), shown);
}

// A page that changes slowly, or is large, says how long to wait.
const pause = (shown) => Number(shown.dataset.pause) || PAUSE_MS;

async function look(shown) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (fresh) {
      shown.replaceWith(fresh);
      shown = fresh;
    }
  } catch {
    // the line is down: look again
  }
  if (shown.dataset.live === "yes") setTimeout(look, pause(shown), shown);
}
