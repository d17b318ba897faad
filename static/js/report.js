// A report that saves itself while it is typed: its fields, and what its page says of a save (autosave.js does the rest).

import { Autosave } from "./autosave.js";

const form = document.getElementById("report");
const inputs = [...form.querySelectorAll("[data-question] :is(textarea, input)")];

const fields = {
  read() {
    const values = {};
    for (const field of inputs) {
      if (field.type !== "radio") values[field.name] = field.value;
      else values[field.name] = field.checked ? field.value : (values[field.name] ?? "");
    }
    return values;
  },
  write(values) {
    for (const field of inputs) {
      if (!(field.name in values)) continue;
      if (field.type === "radio") field.checked = field.value === values[field.name];
      else field.value = values[field.name];
    }
  },
  label: (name) => form.querySelector(`[data-question="${name}"] .question-label`)?.textContent ?? name,
  focus: () => inputs[0]?.focus(),
};

const tell = {
  kept(told) {
    for (const question of form.querySelectorAll("[data-question]")) {
      const text = told.errors[question.dataset.question] ?? "";
      question.querySelector(".error").textContent = text;
      for (const field of question.querySelectorAll("textarea, input")) field.setAttribute("aria-invalid", String(Boolean(text)));
    }
  },
  closed: (kind, told) => [
    kind === "gone" ? page.words.gone : `${told.detail} ${page.words.kept_here}`,
    page.words.open_again,
    location.href,
  ],
};

const page = new Autosave({
  form,
  key: form.dataset.report,
  version: Number(form.dataset.revision),
  counter: form.elements.revision,
  fields,
  tell,
  isNew: Boolean(form.dataset.unsaved),
});
page.begin({
  waitOf: (event) => (event.target.type === "radio" ? 200 : 900),
  mayGo: (everything) => everything || ["wrong", "saved", "new"].includes(page.line.state), // the server says what is missing
});
