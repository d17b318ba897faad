// A report saves itself while it is typed. Each save carries the revision it started from; a stale one is shown beside what
// is kept, and the writer chooses. What could not be saved stays on this device, encrypted, until it can.

import { showConflict } from "./conflict.js";
import { Box, Draft, forget } from "./scorecard-draft.js";
import { differences } from "./scorecard-fields.js";
import { csrfToken, sendDraft } from "./scorecard-send.js";

const WAIT = 900;
const RETRY = [3000, 6000, 12000, 30000];

const form = document.getElementById("report");
const words = JSON.parse(document.getElementById("words").textContent);
const device = new Box(JSON.parse(document.getElementById("boxes").textContent));
const draft = new Draft(device, form.dataset.report);
const line = form.querySelector(".saving");
const box = document.getElementById("conflict");
const fields = [...form.querySelectorAll("[data-question] :is(textarea, input)")];

let version = Number(form.dataset.revision);
let saved = form.dataset.unsaved ? {} : readFields(); // what the server is known to keep
let timer = 0;
let retries = 0;
let flight = null; // the save that is under way
let state = line.dataset.state;

function readFields() {
  const values = {};
  for (const field of fields) {
    if (field.type !== "radio") values[field.name] = field.value;
    else values[field.name] = field.checked ? field.value : (values[field.name] ?? "");
  }
  return values;
}

function writeFields(values) {
  for (const field of fields) {
    if (!(field.name in values)) continue;
    if (field.type === "radio") field.checked = field.value === values[field.name];
    else field.value = values[field.name];
  }
}

const labelOf = (name) => form.querySelector(`[data-question="${name}"] .question-label`)?.textContent ?? name;

function show(next, text, link, href = form.dataset.login) {
  state = next;
  line.dataset.state = next;
  line.replaceChildren(Object.assign(document.createElement("span"), { className: "saving-text", textContent: text }));
  if (link) line.append(" ", Object.assign(document.createElement("a"), { href, textContent: link }));
}

const dirty = () => differences(readFields(), saved).length > 0;

function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

// Sends what is typed. Answers true when the server keeps all of it.
async function save({ leaving = false } = {}) {
  clearTimeout(timer);
  while (flight) await flight;
  if (state === "conflict" || state === "closed") return false;
  if (!dirty()) return state !== "wrong";
  flight = send(readFields(), leaving);
  const kept = await flight;
  flight = null;
  return kept;
}

async function send(values, leaving) {
  show("saving", words.saving);
  const token = csrfToken(form.elements.csrfmiddlewaretoken.value);
  const { user, save: address } = form.dataset;
  const { kind, told } = await sendDraft({ address, token, user, version, values, leaving });
  if (kind === "saved") return keep(values, told);
  if (kind === "stale") return openConflict(values, told.kept);
  if (kind === "offline") return retryLater();
  await draft.write(version, readFields());
  if (kind === "other") hideFromOthers();
  else if (kind === "signed-out") show("signed-out", words.signed_out, words.log_in);
  else show("closed", kind === "gone" ? words.gone : `${told.detail} ${words.kept_here}`, words.open_again, location.href);
  return false;
}

function keep(values, told) {
  retries = 0;
  version = told.version;
  form.elements.revision.value = version;
  saved = values;
  const wrong = Object.keys(told.errors).length > 0;
  for (const question of form.querySelectorAll("[data-question]")) {
    const text = told.errors[question.dataset.question] ?? "";
    question.querySelector(".error").textContent = text;
    for (const field of question.querySelectorAll("textarea, input")) field.setAttribute("aria-invalid", String(Boolean(text)));
  }
  if (wrong || dirty()) draft.write(version, readFields());
  else draft.clear();
  if (wrong) {
    show("wrong", words.wrong);
    return false;
  }
  if (dirty()) schedule(WAIT);
  show("saved", told.saved);
  return true;
}

async function retryLater() {
  clearTimeout(timer);
  timer = setTimeout(save, RETRY[Math.min(retries++, RETRY.length - 1)]);
  show("offline", (await draft.write(version, readFields())) ? words.offline : words.offline_only_here);
  return false;
}

function hideFromOthers() {
  form.replaceWith(Object.assign(document.createElement("p"), { className: "note warn", textContent: words.other_user }));
}

// Two versions side by side, and a choice. `after` is what follows it.
function openConflict(values, there, after = () => {}) {
  const take = () => {
    version = there.version;
    form.elements.revision.value = version;
    saved = there.values;
  };
  const names = differences(values, there.values);
  if (!names.length) {
    take();
    draft.clear();
    show("saved", there.saved);
    after();
    return true;
  }
  draft.write(version, values);
  show("conflict", words.conflict);
  const settle = (choose) => () => {
    take();
    box.hidden = true;
    choose();
    after();
    fields[0]?.focus();
  };
  showConflict({
    box,
    words,
    rows: names.map((name) => [labelOf(name), values[name], there.values[name]]),
    mine: settle(() => {
      state = "saving";
      save();
    }),
    theirs: settle(() => {
      writeFields(there.values);
      draft.clear();
      show("saved", there.saved);
    }),
  });
  return false;
}

// What earlier visits typed and could not save comes back, oldest first; shown beside what is kept when that has moved on.
async function restore() {
  const drafts = await device.left(form.dataset.report);
  const next = async () => {
    const found = drafts.shift();
    if (!found) return;
    const typed = { ...saved, ...found.values };
    if (!differences(typed, readFields()).length) {
      forget(found.slot);
      return next();
    }
    const apart = found.base !== version || dirty(); // or typed on while this was read
    writeFields(typed);
    if (await draft.write(version, typed)) forget(found.slot);
    if (apart) return openConflict(typed, { values: saved, version, saved: words.kept_state }, next);
    show("saving", words.restored);
    await save();
    return next();
  };
  return next();
}

function typed(event) {
  draft.write(version, readFields());
  if (state === "conflict" || state === "closed") return;
  if (state !== "offline" && state !== "signed-out") show("typing", words.typing);
  schedule(event.target.type === "radio" ? 200 : WAIT);
}

// Filing and saving by the buttons work as without a script; what is on its way arrives first.
let leaving = false;
async function submit(event) {
  if (leaving || !event.submitter) return;
  event.preventDefault();
  const everything = await save();
  if (event.submitter.value === "save") return;
  if (everything || state === "wrong" || state === "saved" || state === "new") {
    leaving = true;
    setTimeout(() => form.requestSubmit(event.submitter)); // not from within the event that asked: the browser would ignore it
  } else {
    line.scrollIntoView({ block: "nearest" });
    if (!box.hidden) box.querySelector("button").focus();
  }
}

form.addEventListener("input", typed);
form.addEventListener("submit", submit);
window.addEventListener("online", () => save());
window.addEventListener("offline", () => dirty() && retryLater());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save({ leaving: true });
  else if (state === "signed-out" || state === "offline") save();
});
restore();
