// Saves what is typed by itself. Nothing is written over what another page saved: the server
// compares revisions, and the person decides.
import { forget, keyOf, read, write } from "./copies.js";
import { typed } from "./fields.js";

const PAUSE_MS = 800;
const AGAIN_MS = 4000;
const MOST_ALIVE = 60_000; // browsers send no more than 64 kB for a page that is going away

const OFFLINE = ["Sambungan terputus.", "Anda boleh terus mengetik. Isian disimpan di peramban ini dan dikirim begitu tersambung lagi."];

export function keepDraft(form) {
  const field = (name) => form.elements[name];
  const key = keyOf(field("draf").value);
  const channel = new BroadcastChannel(key);
  const dialog = document.querySelector("[data-two-tabs]");
  let isDirty = false;
  let isSending = false;
  let isStopped = "conflict" in form.dataset;
  let timer = 0;
  let theirs = 0; // the revision that somebody else saved
  let known = content(form); // what was seen last: leaving a field changes nothing

  function touched() {
    const now = content(form);
    if (now === known) return;
    known = now;
    isDirty = true;
    write(key, { ...copyOf(form), sent: false });
    if (isStopped) return;
    say(form, "Menyimpan …", "");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  async function save(isLeaving = false) {
    clearTimeout(timer);
    if (!isDirty || isSending || isStopped) return;
    isSending = true;
    isDirty = false;
    const body = new URLSearchParams(typed(form));
    const keepalive = isLeaving && String(body).length < MOST_ALIVE;
    try {
      await answered(await fetch(form.dataset.draft, { method: "POST", body, keepalive }));
    } catch {
      notTold();
      notice(form, "warn", ...OFFLINE);
    }
    isSending = false;
    if (isDirty && !isStopped && !timer) timer = setTimeout(save, PAUSE_MS);
  }

  async function answered(answer) {
    timer = 0;
    if (answer.status === 409) return changedElsewhere(await answer.json());
    if (answer.status === 401) return signedOut();
    if (answer.status === 400) return (await newToken(form)) ? notTold(0) : signedOut();
    if (!answer.ok) return notTold();
    const { revision, pukul } = await answer.json();
    field("revisi").value = revision;
    theirs = 0;
    if (!isDirty) {
      forget(key);
      say(form, `Tersimpan ${pukul}`, "ok");
    }
    notice(form);
    history.replaceState(null, "", form.dataset.here);
    channel.postMessage({ what: "saved", pukul });
  }

  function notTold(wait = AGAIN_MS) {
    isDirty = true;
    if (wait) say(form, "Belum tersimpan, dicoba lagi", "off");
    timer = setTimeout(save, wait);
  }

  function signedOut() {
    isDirty = true;
    timer = setTimeout(save, AGAIN_MS);
    say(form, "Belum tersimpan, dicoba lagi", "off");
    const link = Object.assign(document.createElement("a"), { href: form.dataset.signIn, textContent: "Masuk lagi di tab ini" });
    notice(form, "", "Sesi Anda berakhir.", link, "; isian Anda dikembalikan seperti semula.");
  }

  function changedElsewhere({ revision, pukul, nama }) {
    isDirty = true;
    isStopped = true;
    theirs = revision;
    say(form, "Belum tersimpan", "off");
    ask(`${nama} menyimpannya pukul ${pukul}. Agar tidak saling menimpa, lanjutkan di satu tempat saja.`);
  }

  function ask(words) {
    dialog.querySelector("[data-two-tabs-words]").textContent = words;
    if (!dialog.open) dialog.showModal();
  }

  dialog.querySelector("[data-newest]").addEventListener("click", () => {
    forget(key);
    location.replace(form.dataset.here);
  });
  dialog.querySelector("[data-mine]").addEventListener("click", () => {
    dialog.close();
    if (!theirs) return;
    field("revisi").value = theirs;
    isStopped = false;
    isDirty = true;
    save();
  });

  channel.onmessage = ({ data }) => {
    if (data.what === "open") channel.postMessage({ what: "here" });
    else if (data.what === "here") ask("Agar tidak saling menimpa, lanjutkan di satu tab saja.");
    else ask(`Perubahan di tab lain disimpan pukul ${data.pukul}. Agar tidak saling menimpa, lanjutkan di satu tab saja.`);
  };
  channel.postMessage({ what: "open" });

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("focusout", () => save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));
  addEventListener("online", () => save());
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    hurry();
  });
  form.querySelector("[data-save-now]").addEventListener("click", (event) => {
    if (isStopped) return; // the server shows what stands against it
    event.preventDefault();
    hurry();
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.isSent) return event.preventDefault(); // pressed twice
    form.dataset.isSent = "1";
    clearTimeout(timer);
    if (read(key)) write(key, { ...copyOf(form), sent: true });
  });
  addEventListener("pageshow", () => delete form.dataset.isSent);

  function hurry() {
    isDirty = true;
    say(form, "Menyimpan …", "");
    save();
  }

  bringBack(form, key, changedElsewhere);
}

function content(form) {
  return JSON.stringify([...typed(form)].filter(([name]) => name !== "csrf_token" && name !== "revisi"));
}

function copyOf(form) {
  return {
    here: form.dataset.here,
    judul: document.querySelector("h1").textContent,
    revision: Number(form.elements.revisi.value),
    fields: [...typed(form)],
  };
}

// A copy that never reached the server is sent now, and the page shown anew with it.
async function bringBack(form, key, changedElsewhere) {
  const copy = read(key);
  if (!copy) return;
  const now = Number(form.elements.revisi.value);
  if (copy.sent && now > copy.revision) return forget(key);
  const body = new URLSearchParams(copy.fields);
  body.set("csrf_token", form.elements.csrf_token.value);
  let answer;
  try {
    answer = await fetch(form.dataset.draft, { method: "POST", body });
  } catch {
    return; // the copy waits for the next time
  }
  if (answer.status === 409) return changedElsewhere(await answer.json());
  if (!answer.ok) return;
  forget(key);
  location.replace(form.dataset.here);
}

async function newToken(form) {
  const answer = await fetch(form.dataset.session);
  if (!answer.ok) return false;
  const { user, token } = await answer.json();
  if (user !== document.body.dataset.user) return false;
  form.elements.csrf_token.value = token;
  return true;
}

function say(form, words, state) {
  const save = document.querySelector("[data-save]");
  save.className = `save ${state}`;
  save.querySelector("[data-save-words]").textContent = words;
}

function notice(form, sort, head, ...words) {
  const place = document.querySelector("[data-notices]");
  if (!head) return place.replaceChildren();
  if (place.dataset.says === head && place.firstChild) return;
  place.dataset.says = head;
  const box = Object.assign(document.createElement("div"), { className: `notice ${sort && `notice-${sort}`}` });
  const text = document.createElement("span");
  text.append(Object.assign(document.createElement("b"), { textContent: head }), " ", ...words);
  box.append(text);
  place.replaceChildren(box);
}
