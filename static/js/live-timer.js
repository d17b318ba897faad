// The clock of a live session. It counts by the server's time, not the device's: `offset` is what separates the two. Who leads
// starts and pauses it by button or key; everybody else follows by asking every two seconds.

const state = JSON.parse(document.getElementById("timer-state")?.textContent || "null");
const box = document.getElementById("timer");
const ASK = 2000;
const TICK = 200;

if (state && box) follow();

function follow() {
  const words = JSON.parse(document.getElementById("timer-words").textContent);
  const form = document.getElementById("timer-form");
  const at = (name) => document.getElementById(`timer-${name}`);
  let now = state;
  let offset = state.now - Date.now();
  let said = "";

  function take(fresh, asked) {
    // The answer was made somewhere between asking and hearing: half-way is the best guess.
    offset = fresh.now - (asked + Date.now()) / 2;
    const moved = fresh.number !== now.number;
    now = fresh;
    if (moved) say(`${now.kind}: ${now.label}`);
    show();
  }

  function spent() {
    const running = now.since === null ? 0 : (Date.now() + offset - now.since) / 1000;
    return now.elapsed + Math.max(0, running);
  }

  function show() {
    const gone = Math.floor(spent());
    const left = now.seconds - gone;
    const digits = `${left < 0 ? "−" : ""}${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
    write(at("digits"), digits);
    write(at("kind"), now.kind);
    write(at("label"), now.label);
    write(at("next"), now.next);
    at("next-line").hidden = !now.next;
    at("progress").max = now.seconds;
    at("progress").value = Math.min(gone, now.seconds);
    box.toggleAttribute("data-over", left < 0);
    at("card").hidden = !now.card;
    if (now.card) at("card").href = box.dataset.cardUrl.replace("/0/", `/${now.card}/`);
    if (form) {
      at("phase").value = now.number;
      at("start").hidden = now.since !== null;
      at("pause").hidden = now.since === null;
    }
    if (now.since !== null && left <= 0) say(words.over, `over${now.number}`);
    else if (now.since !== null && left <= 60 && now.seconds > 60) say(words.minute, `minute${now.number}`);
  }

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function say(sentence, once = sentence) {
    if (said === once) return;
    said = once;
    at("says").textContent = sentence;
  }

  function warn(sentence) {
    at("warns").textContent = sentence;
    at("warns").hidden = !sentence;
  }

  async function ask() {
    if (document.hidden) return;
    const asked = Date.now();
    try {
      const answer = await fetch(box.dataset.stateUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = await answer.json();
      warn("");
      if (fresh.of) take(fresh, asked);
    } catch {
      warn(words.offline);
    }
  }

  async function press(verb) {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", verb);
    const asked = Date.now();
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const fresh = await answer.json();
      if (answer.ok) take(fresh, asked);
      warn(answer.ok ? "" : fresh.detail);
    } catch {
      warn(words.offline);
    }
  }

  if (form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      press(event.submitter.value).then(() => {
        // The button that was pressed is gone: its other half takes the focus.
        if (event.submitter.hidden) (at("start").hidden ? at("pause") : at("start")).focus();
      });
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("button, a, input, textarea, select, summary")) return;
      if (event.key === " ") {
        event.preventDefault();
        press(now.since === null ? "start" : "pause");
      } else if (event.key === "n" || event.key === "N") press("next");
    });
  }
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, ASK);
  setInterval(show, TICK);
  show();
}
