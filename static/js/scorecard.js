// The scorecard saves itself. Each save carries the version it started from; a stale one is shown beside what is kept,
// and the juror chooses. What could not be saved stays on this device until it can.

import { showConflict } from "./conflict.js";
import { Box, Draft, forget } from "./scorecard-draft.js";
import { TEXTS, differences, labelOf, readFields, showChosen, writeFields } from "./scorecard-fields.js";
import { listenToKeys } from "./scorecard-keys.js";
import { csrfToken, sendDraft } from "./scorecard-send.js";

const WAIT_TEXT = 900;
const WAIT_MARK = 200;
const RETRY = [3000, 6000, 12000, 30000];

const form = document.getElementById("scorecard");
const words = JSON.parse(document.getElementById("words").textContent);
const device = new Box(JSON.parse(document.getElementById("boxes").textContent));
const draft = new Draft(device, form.dataset.scorecard);
const line = form.querySelector(".saving");
const box = document.getElementById("conflict");
const writable = form.dataset.open === "yes";

let version = Number(form.dataset.version);
let saved = readFields(form); // what the server is known to keep
let timer = 0;
let retries = 0;
let flight = null; // the save that is under way
let state = line.dataset.state;

function show(next, text, link, href = form.dataset.login) {
  state = next;
  line.dataset.state = next;
  line.replaceChildren(Object.assign(document.createElement("span"), { className: "saving-text", textContent: text }));
  if (link) line.append(" ", Object.assign(document.createElement("a"), { href, textContent: link }));
}

const dirty = () => differences(readFields(form), saved).length > 0;

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
  const token = csrfToken(form.elements.csrfmiddlewaretoken.value);
  const { user, save: address } = form.dataset;
  const { kind, told } = await sendDraft({ address, token, user, version, values, leaving });
  if (kind === "saved") return kept(values, told);
  if (kind === "stale") return openConflict(values, told.kept);
  if (kind === "other") return hideFromOthers();
  if (kind === "offline") return retryLater();
  if (kind === "aside") {
    draft.clear(); // the server keeps it now
    show("closed", told.detail, words.compare, told.aside);
    return false;
  }
  await draft.write(version, readFields(form));
  if (kind === "signed-out") show("signed-out", words.signed_out, words.log_in);
  else show("closed", kind === "gone" ? words.gone : told.detail);
  return false;
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
  const texts = [...TEXTS, ...[...form.querySelectorAll(".remark textarea")].map((field) => field.name)];
  for (const name of texts) {
    document.getElementById(`${name}_error`).textContent = told.errors?.[name] ?? "";
    form.elements[name].setAttribute("aria-invalid", String(Boolean(told.errors?.[name])));
  }
  document.getElementById("so-far").textContent = told.so_far;
  document.getElementById("so-far-detail").textContent = told.detail;
  if (wrong.length) {
    draft.write(version, readFields(form)); // what is wrong is typed too
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

async function retryLater() {
  clearTimeout(timer);
  timer = setTimeout(save, RETRY[Math.min(retries++, RETRY.length - 1)]);
  show("offline", (await draft.write(version, readFields(form))) ? words.offline : words.offline_only_here);
  return false;
}

function hideFromOthers() {
  form.closest(".split").replaceChildren(
    Object.assign(document.createElement("p"), { className: "note warn", textContent: words.other_user }),
  );
  return false;
}

// Two versions side by side, and a choice. `after` is what follows it.
function openConflict(values, there, after = () => {}) {
  const names = differences(values, there.values);
  if (!names.length) {
    version = there.version;
    form.elements.version.value = version;
    saved = there.values;
    draft.clear();
    show("saved", there.saved);
    after();
    return true;
  }
  draft.write(version, values);
  show("conflict", words.conflict);
  const rows = names.map((name) => [labelOf(form, name), values[name], there.values[name]]);
  const settle = (choose) => () => {
    version = there.version;
    form.elements.version.value = version;
    saved = there.values;
    box.hidden = true;
    choose();
    after();
    form.querySelector("[data-criterion] input:checked, [data-criterion] input")?.focus();
  };
  const mine = settle(() => {
    state = "saving";
    save();
  });
  const theirs = settle(() => {
    writeFields(form, there.values);
    draft.clear();
    show("saved", there.saved);
  });
  showConflict({ box, words, rows, mine, theirs });
  return false;
}

// What earlier visits typed and could not save comes back, oldest first; shown beside what is kept when that has moved on.
async function restore() {
  const drafts = await device.left(form.dataset.scorecard);
  if (!writable) return showTyped(drafts);
  const next = async () => {
    const found = drafts.shift();
    if (!found) return;
    const typed = { ...saved, ...found.values };
    const here = readFields(form);
    if (!differences(typed, here).length) {
      forget(found.slot);
      return next();
    }
    const apart = found.base !== version || dirty(); // or typed on while this was read
    writeFields(form, typed);
    const safe = await draft.write(version, typed);
    if (safe) forget(found.slot);
    if (apart) return openConflict(typed, { values: here, version, saved: words.kept_state }, next);
    show("saving", words.restored);
    await save();
    return next();
  };
  return next();
}

// It can no longer be written: what was typed on this device goes to the server, which sets it aside, and is shown.
async function showTyped(drafts) {
  for (const found of drafts) {
    const typed = { ...saved, ...found.values };
    const names = differences(typed, saved);
    if (!names.length) {
      forget(found.slot);
      continue;
    }
    const token = csrfToken(form.elements.csrfmiddlewaretoken.value);
    const { user, save: address } = form.dataset;
    const { kind, told } = await sendDraft({ address, token, user, version: found.base, values: found.values });
    if (kind === "aside") forget(found.slot);
    const list = document.createElement("dl");
    for (const name of names) {
      list.append(
        Object.assign(document.createElement("dt"), { textContent: labelOf(form, name) }),
        Object.assign(document.createElement("dd"), { textContent: typed[name] || "–" }),
      );
    }
    const parts = [Object.assign(document.createElement("h3"), { textContent: words.typed_not_saved }), list];
    if (kind === "aside") parts.push(Object.assign(document.createElement("a"), { href: told.aside, textContent: words.compare }));
    box.append(...parts);
    box.className = "conflict note warn";
    box.hidden = false;
  }
}

function typed(event) {
  const set = event.target.closest("[data-criterion]");
  if (set && event.target.type === "checkbox" && event.target.checked) set.querySelector("input[type=text]").value = "";
  if (set && event.target.type === "text") set.querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = false));
  if (set) showChosen(set);
  offerBlank();
  draft.write(version, readFields(form));
  if (state === "conflict" || state === "closed") return;
  if (state !== "offline" && state !== "signed-out") show("typing", words.typing);
  schedule(set && event.target.matches("input:not([type=text])") ? WAIT_MARK : WAIT_TEXT);
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

// One press to the next criterion without a mark, for thumbs and long cards.
const toBlank = document.getElementById("to-blank");

function offerBlank() {
  if (toBlank) toBlank.hidden = !form.querySelector("[data-criterion].blank");
}

function goToBlank() {
  const sets = [...form.querySelectorAll("[data-criterion]")];
  const at = sets.indexOf(document.activeElement?.closest?.("[data-criterion]")) + 1;
  const next = [...sets.slice(at), ...sets.slice(0, at)].find((set) => set.classList.contains("blank"));
  next?.scrollIntoView({ block: "center" });
  next?.querySelector("input")?.focus({ preventScroll: true });
}

if (writable) {
  toBlank?.addEventListener("click", goToBlank);
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
offerBlank();
restore();
