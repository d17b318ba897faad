// A scorecard that saves itself: its fields, its running total, the way to the next blank (autosave.js does the rest).

import { Autosave } from "./autosave.js";
import { forget } from "./device-drafts.js";
import { differences } from "./differences.js";
import { TEXTS, labelOf, readFields, showChosen, writeFields } from "./scorecard-fields.js";
import { listenToKeys } from "./scorecard-keys.js";

const WAIT_TEXT = 900;
const WAIT_MARK = 200;

const form = document.getElementById("scorecard");

const fields = {
  read: () => readFields(form),
  write: (values) => writeFields(form, values),
  label: (name) => labelOf(form, name),
  focus: () => form.querySelector("[data-criterion] input:checked, [data-criterion] input")?.focus(),
};

const tell = {
  kept(told) {
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
  },
  closed(kind, told) {
    if (kind === "aside") return [told.detail, page.words.compare, told.aside];
    return [kind === "gone" ? page.words.gone : told.detail];
  },
};

const page = new Autosave({
  form,
  key: form.dataset.scorecard,
  version: Number(form.dataset.version),
  counter: form.elements.version,
  fields,
  tell,
  hidden: form.closest(".split"),
});

// It can no longer be written: what was typed on this device goes to the server, which sets it aside, and is shown.
async function showTyped() {
  const { box, words, saved } = page;
  for (const found of await page.device.left(page.key)) {
    const typed = { ...saved, ...found.values };
    const names = differences(typed, saved);
    if (!names.length) {
      forget(found.slot);
      continue;
    }
    const { kind, told } = await page.deliver(found.base, found.values);
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

// A mark is one choice: a level, a number, or none of them; the line below says it in words.
function settleMark(event) {
  const set = event.target.closest("[data-criterion]");
  if (set && event.target.type === "checkbox" && event.target.checked) set.querySelector("input[type=text]").value = "";
  if (set && event.target.type === "text") set.querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = false));
  if (set) showChosen(set);
  offerBlank();
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

offerBlank();
if (form.dataset.open === "yes") {
  toBlank?.addEventListener("click", goToBlank);
  form.addEventListener("input", settleMark); // before what is typed is read
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) event.stopImmediatePropagation();
    else if (page.line.state === "closed") page.line.state = "typing"; // asked again, in case the organiser gave more time
  });
  page.begin({
    waitOf: (event) => (event.target.matches("[data-criterion] input:not([type=text])") ? WAIT_MARK : WAIT_TEXT),
  });
  listenToKeys(form);
} else {
  showTyped();
}
