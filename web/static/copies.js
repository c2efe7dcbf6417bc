// What was typed and is not confirmed yet, kept in this browser: one copy for each person and draft.
const user = () => document.body.dataset.user;
const prefix = () => `docgen:${user()}:`;

export const keyOf = (draft) => prefix() + draft;

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function write(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
  } catch {
    // no room or not allowed: the server's copy is the one that counts
  }
}

export const forget = (key) => localStorage.removeItem(key);

const mine = () => (user() ? Object.keys(localStorage).filter((key) => key.startsWith(prefix())) : []);

export function keepCopies() {
  document.querySelector("[data-out]")?.addEventListener("submit", () => mine().forEach(forget));
  forgetArrived(document.querySelector("[data-made-from]"));
  const place = document.querySelector("[data-left-over]");
  const left = place ? mine().map(read).filter(Boolean) : [];
  if (left.length) place.replaceChildren(leftOver(left[0]));
}

// A document's page says up to which revision its draft was saved: what was sent before that is there.
function forgetArrived(page) {
  const key = page && keyOf(page.dataset.madeFrom);
  const copy = key && read(key);
  if (copy?.sent && Number(page.dataset.revision) > copy.revision) forget(key);
}

function leftOver(copy) {
  const notice = Object.assign(document.createElement("div"), { className: "notice notice-warn" });
  const words = document.createElement("span");
  const link = Object.assign(document.createElement("a"), { href: copy.here, textContent: copy.judul || "Buka formulirnya" });
  words.append("Ada isian di peramban ini yang belum terkirim: ", link, ".");
  notice.append(words);
  return notice;
}
