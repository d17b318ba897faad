// A form that saves itself while it is typed (a step of an entry or of an application, the notes of a deliberation): its fields,
// and what its page says of a save (autosave.js does the rest). What was sent stays on the device until its button is pressed.

import { Autosave } from "./autosave.js";

const form = document.getElementById("saved-form");
const APART = ["hidden", "file", "submit", "button", "fieldset"];
const inputs = [...(form?.elements ?? [])].filter((field) => field.name && !APART.includes(field.type));
const boxOf = (name) => inputs.find((field) => field.name === name).closest(".field");
const isChosen = (field) => field.type === "radio" || field.type === "checkbox";

const fields = {
  // Of several chosen, one a line, in the order of their letters.
  read() {
    const values = Object.fromEntries(inputs.map((field) => [field.name, []]));
    for (const field of inputs) if (!isChosen(field) || field.checked) values[field.name].push(field.value);
    return Object.fromEntries(Object.entries(values).map(([name, chosen]) => [name, chosen.sort().join("\n")]));
  },
  write(values) {
    for (const field of inputs.filter((one) => one.name in values)) {
      if (isChosen(field)) field.checked = values[field.name].split("\n").includes(field.value);
      else field.value = values[field.name];
      field.dispatchEvent(new Event("input")); // for the count beside it; it does not bubble, so nobody "typed"
    }
  },
  // A choice by its name.
  say(name, text) {
    const own = inputs.filter((field) => field.name === name);
    const chosen = String(text ?? "").split("\n");
    if (own[0].tagName === "SELECT") return [...own[0].options].find((option) => option.value === text)?.label ?? text;
    if (!isChosen(own[0])) return text;
    return own.filter((field) => chosen.includes(field.value)).map((field) => field.labels[0].textContent.trim()).join(", ");
  },
  label: (name) => boxOf(name).querySelector("label, legend").firstChild.textContent.trim(),
  focus: () => inputs[0]?.focus(),
};

let hasRefused = false; // the form, sent as without a script, says why with all that was typed

const tell = {
  kept({ errors }) {
    for (const name of new Set(inputs.map((field) => field.name))) {
      const box = boxOf(name);
      const text = errors[name] ?? "";
      box.querySelector(".errorlist")?.remove();
      box.classList.toggle("wrong", Boolean(text));
      for (const field of box.querySelectorAll("input, textarea, select")) field.setAttribute("aria-invalid", String(Boolean(text)));
      if (!text) continue;
      const list = Object.assign(document.createElement("ul"), { className: "errorlist" });
      list.append(Object.assign(document.createElement("li"), { textContent: text }));
      (box.querySelector(".help") ?? box.querySelector("label, legend")).after(list);
    }
  },
  closed(kind, told) {
    hasRefused = kind === "refused";
    const text = kind === "gone" ? page.words.gone : told.detail;
    return [`${text} ${page.words.kept_here}`, page.words.open_again, location.href];
  },
};

const page =
  form &&
  new Autosave({
    form,
    key: form.dataset.key,
    version: Number(form.elements.version.value),
    counter: form.elements.version,
    fields,
    tell,
    isNew: form.dataset.unsaved === "yes",
    isHeld: form.dataset.held === "yes",
    sharesVersion: true,
  });
page?.begin({ mayGo: (everything) => everything || hasRefused });
