// What is still being made: its part of the page is asked for again until it is settled. Without
// this script the page reloads itself.
const PAUSE_MS = 400;
const SLOWER = 1.2; // each time: what takes long is asked for less often
const LONGEST_PAUSE_MS = 5000;

export function keepLive(within = document) {
  for (const part of within.querySelectorAll('[data-live="yes"]')) {
    // A page that changes slowly, or is large, says how long to wait.
    later(part, Number(part.dataset.pause) || PAUSE_MS);
  }
}

function later(part, pause) {
  setTimeout(() => part.isConnected && look(part, pause), pause);
}

async function look(part, pause) {
  let fresh = part;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    fresh = page.getElementById(part.id);
    if (!fresh) return; // signed out, or the page is gone
  } catch {
    // the line is down: look again
  }
  if (fresh !== part && fresh.outerHTML !== part.outerHTML) {
    part.replaceWith(fresh);
    keepLive(fresh);
    part = fresh;
  }
  if (part.dataset.live === "yes") later(part, Math.min(pause * SLOWER, LONGEST_PAUSE_MS));
}
