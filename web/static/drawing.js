// The drawing beside the steps, and the list of findings, redrawn shortly after each change.
const PAUSE_MS = 350;

export function keepDrawing(form) {
  const pages = form.querySelector("[data-pages]");
  if (!pages) return;
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
    say(findings);
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

function say(findings) {
  const list = document.querySelector("[data-findings]");
  list.replaceChildren(...findings.map(item));
  const warnings = findings.filter((finding) => finding.level === "warning").length;
  document.querySelector("[data-count]").textContent = warnings ? `${warnings} peringatan` : "";
}

function item(finding) {
  const row = document.createElement("li");
  row.className = finding.level === "error" ? "bad" : "warn";
  const words = document.createElement("div");
  const link = Object.assign(document.createElement("a"), { href: `#${finding.pointer.slice(1).replaceAll("/", "-")}`, textContent: finding.message });
  const hint = Object.assign(document.createElement("span"), { className: "muted", textContent: finding.hint });
  words.append(link, document.createElement("br"), hint);
  const source = Object.assign(document.createElement("span"), { className: "source", textContent: finding.source });
  row.append(words, source);
  return row;
}
