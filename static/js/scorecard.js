// The scorecard saves itself. Each save carries the version it started from; a stale one is shown beside what is kept,
// and the juror chooses. What could not be saved stays on this device until it can.

import { Draft } from "./scorecard-draft.js";
import { differences, labelOf, readFields, showChosen, writeFields } from "./scorecard-fields.js";
import { listenToKeys } from "./scorecard-keys.js";

const WAIT_TEXT = 900;
const WAIT_MARK = 200;
const RETRY = [3000, 6000, 12000, 30000];

const form = document.getElementById("scorecard");
const words = JSON.parse(document.getElementById("words").textContent);
const draft = new Draft(form.dataset.user, form.dataset.scorecard);
const line = form.querySelector(".saving");
const box = document.getElementById("conflict");
const writable = form.dataset.open === "yes";

let version = Number(form.dataset.version);
let saved = readFields(form); // what the server is known to keep
let timer = 0;
let retries = 0;
let flight = null; // the save that is under way
let state = line.dataset.state;

function show(next, text, link) {
  state = next;
  line.dataset.state = next;
  line.replaceChildren(Object.assign(document.createElement("span"), { className: "saving-text", textContent: text }));
  if (link) {
    line.append(" ", Object.assign(document.createElement("a"), { href: form.dataset.login, textContent: link }));
  }
}

const dirty = () => differences(readFields(form), saved).length > 0;

function cookie(name) {
  const found = document.cookie.split("; ").find((item) => item.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : form.elements.csrfmiddlewaretoken.value;
}

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

// Sends what is typed. Answers true when the server keeps all of it.
async function save({ leaving = false } = {}) {
  clearTimeout(timer);
  while (flight) await flight;
  if (!writable || state === "conflict" || state === "closed") return false;
  if (!dirty()) return state !== "wrong";
  flight = send(readFields(form), leaving);
  const kept = await flight;
  flight = null;
  return kept;
}

async function send(values, leaving) {
  show("saving", words.saving);
  let answer;
  try {
    answer = await fetch(form.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify({ user: form.dataset.user, version, values }),
      redirect: "manual",
      keepalive: leaving,
    });
  } catch {
    return retryLater();
  }
  const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : null;
  if (answer.ok && told) return kept(values, told);
  if (told?.code === "scorecard.stale") return openConflict(values, told.kept);
  if (told?.code === "user.other") return hideFromOthers();
  if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
    show("signed-out", words.signed_out, words.log_in);
    return false;
  }
  if (answer.status >= 500 || !told) return answer.status === 404 ? refuse(words.gone) : retryLater();
  return refuse(told.detail);
}

function kept(values, told) {
  retries = 0;
  version = told.version;
  form.elements.version.value = version;
  saved = values;
  const wrong = Object.entries(told.errors ?? {});
  for (const set of form.querySelectorAll("[data-criterion]")) {
    const error = told.errors?.[`m${set.dataset.criterion}`] ?? "";
    set.querySelector(".error").textContent = error;
    set.classList.toggle("wrong", Boolean(error));
    set.querySelector("input[type=text]")?.setAttribute("aria-invalid", String(Boolean(error)));
  }
  document.getElementById("so-far").textContent = told.so_far;
  document.getElementById("so-far-detail").textContent = told.detail;
  if (wrong.length) {
    show("wrong", words.wrong);
    return false;
  }
  if (dirty()) {
    draft.write(version, readFields(form));
    schedule(WAIT_TEXT);
  } else {
    draft.clear();
  }
  show("saved", told.saved);
  return true;
}

function retryLater() {
  show("offline", draft.write(version, readFields(form)) ? words.offline : words.offline_only_here);
  timer = setTimeout(save, RETRY[Math.min(retries++, RETRY.length - 1)]);
  return false;
}

function refuse(detail) {
  draft.write(version, readFields(form));
  show("closed", detail);
  return false;
}

function hideFromOthers() {
  form.closest(".split").replaceChildren(
    Object.assign(document.createElement("p"), { className: "note warn", textContent: words.other_user }),
  );
  return false;
}

// Two versions side by side, and a choice.
function openConflict(values, there) {
  const names = differences(values, there.values);
  if (!names.length) {
    version = there.version;
    form.elements.version.value = version;
    saved = there.values;
    draft.clear();
    show("saved", there.saved);
    return true;
  }
  show("conflict", words.conflict);
  const make = (tag, text, options = {}) => Object.assign(document.createElement(tag), { textContent: text, ...options });
  const table = make("table", "");
  const head = table.createTHead().insertRow();
  for (const text of [words.what, words.typed_here, words.kept]) head.append(make("th", text, { scope: "col" }));
  const body = table.createTBody();
  for (const name of names) {
    const row = body.insertRow();
    row.append(make("th", labelOf(form, name), { scope: "row" }));
    row.append(make("td", values[name] || "–"), make("td", there.values[name] || "–"));
  }
  const frame = make("div", "", { className: "scroll", tabIndex: 0 });
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", words.conflict);
  frame.append(table);
  const mine = make("button", words.keep_typed, { type: "button", className: "btn" });
  const theirs = make("button", words.take_kept, { type: "button", className: "btn quiet" });
  const actions = make("p", "", { className: "actions" });
  actions.append(mine, theirs);
  box.replaceChildren(make("h3", words.conflict), make("p", words.conflict_explained), frame, actions);
  box.className = "conflict note warn";
  box.hidden = false;
  const settle = (choose) => () => {
    version = there.version;
    form.elements.version.value = version;
    saved = there.values;
    box.hidden = true;
    choose();
    form.querySelector("[data-criterion] input:checked, [data-criterion] input")?.focus();
  };
  mine.addEventListener("click", settle(() => {
    state = "saving";
    save();
  }));
  theirs.addEventListener("click", settle(() => {
    writeFields(form, there.values);
    draft.clear();
    show("saved", there.saved);
  }));
  mine.focus();
  return false;
}

// What an earlier visit typed and could not save comes back, unless the scorecard has moved on meanwhile.
function restore() {
  const found = draft.read();
  const typed = found && { ...saved, ...found.values };
  const fresh = { values: saved, version, saved: words.kept_state };
  if (!found || !differences(typed, saved).length) return draft.clear();
  if (!writable) return showTyped(typed);
  if (found.base !== version) {
    writeFields(form, typed);
    return openConflict(typed, fresh);
  }
  writeFields(form, typed);
  show("saving", words.restored);
  schedule(WAIT_TEXT);
}

// The round is closed: what was typed on this device is shown, so that it can be copied.
function showTyped(typed) {
  const list = document.createElement("dl");
  for (const name of differences(typed, saved)) {
    list.append(
      Object.assign(document.createElement("dt"), { textContent: labelOf(form, name) }),
      Object.assign(document.createElement("dd"), { textContent: typed[name] || "–" }),
    );
  }
  const heading = Object.assign(document.createElement("h3"), { textContent: words.typed_not_saved });
  box.replaceChildren(heading, list);
  box.className = "conflict note warn";
  box.hidden = false;
}

function typed(event) {
  const set = event.target.closest("[data-criterion]");
  if (set && event.target.type === "checkbox" && event.target.checked) set.querySelector("input[type=text]").value = "";
  if (set && event.target.type === "text") set.querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = false));
  if (set) showChosen(set);
  draft.write(version, readFields(form));
  if (state === "conflict" || state === "closed") return;
  if (state !== "offline" && state !== "signed-out") show("typing", words.typing);
  schedule(set && event.target.type !== "text" ? WAIT_MARK : WAIT_TEXT);
}

let leaving = false;
async function submit(event) {
  const button = event.submitter;
  if (leaving || !button || button.hasAttribute("formaction")) return;
  event.preventDefault();
  if (state === "closed") state = "typing"; // asked again, in case the organiser gave more time
  const everything = await save();
  if (button.value === "save") return;
  if (everything) {
    leaving = true;
    setTimeout(() => form.requestSubmit(button)); // not from within the event that asked: the browser would ignore it
  } else {
    line.scrollIntoView({ block: "nearest" });
    (box.hidden ? form.querySelector(".wrong input") : box.querySelector("button"))?.focus();
  }
}

if (writable) {
  form.addEventListener("input", typed);
  form.addEventListener("submit", submit);
  window.addEventListener("online", () => save());
  window.addEventListener("offline", () => dirty() && retryLater());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ leaving: true });
    else if (state === "signed-out" || state === "offline") save();
  });
  listenToKeys(form);
}
restore();
