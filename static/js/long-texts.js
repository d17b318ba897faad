// Whatever is typed long and takes effect by its button alone (a reason, a clause, the texts of a call): kept on this device
// while it is typed, back after a closed tab or a lost session, dropped by a press, forgotten once it has arrived.

import { Autosave } from "./autosave.js";
import { forget } from "./device-drafts.js";

const MONTH = 30 * 24 * 3600 * 1000;
const TYPED = ["textarea", "text", "url", "email", "tel", "number", "date", "time", "datetime-local"];
const make = (tag, options) => Object.assign(document.createElement(tag), options);

// Choices are made anew: what a button is about to do is read by a person each time.
function fieldsOf(form) {
  const typed = [...form.elements].filter(
    (field) => field.name && TYPED.includes(field.type) && !field.readOnly && field.autocomplete !== "one-time-code",
  );
  const inputs = new Map(typed.map((field) => [field.name, field]));
  const texts = (of) => Object.fromEntries([...inputs].map(([name, field]) => [name, of(field)]));
  return {
    read: () => texts((field) => field.value),
    kept: () => texts((field) => field.defaultValue),
    write(values) {
      for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      for (const [name, field] of inputs) {
        if (!(name in values)) continue;
        field.value = values[name];
        field.dispatchEvent(new Event("input")); // for the count beside it; it does not bubble, so nobody "typed"
      }
    },
    label(name) {
      const field = inputs.get(name);
      const parts = [field?.closest("fieldset")?.querySelector("legend"), field?.labels[0]];
      return parts.map((part) => part?.firstChild.textContent.trim()).filter(Boolean).join(" · ") || name;
    },
    focus: () => [...inputs.values()].find((field) => field.tagName === "TEXTAREA" || field.maxLength >= 250)?.focus(),
  };
}

// The line that says what this device keeps, and the place where two versions are shown: above the button that sends, and the
// line then under what is typed.
function addLines(form) {
  const line = make("p", { className: "saving held" });
  line.setAttribute("role", "status");
  line.dataset.state = "new";
  const box = make("div", { hidden: true });
  box.setAttribute("role", "group");
  const button = [...form.elements].findLast((field) => field.type === "submit");
  const place = button?.closest(".actions") ?? button;
  if (place && form.contains(place)) place.before(box, line);
  else form.append(box, line);
  form.addEventListener("input", (event) => event.target.closest(".field")?.append(line));
  return box;
}

function hold(form, { words, boxes }) {
  const fields = fieldsOf(form);
  const long = form.querySelector("textarea") ?? form.querySelector("input[type=text]");
  const { pathname, search } = new URL(form.getAttribute("action") ?? "", location.href);
  const page = new Autosave({
    form,
    key: encodeURIComponent(`${pathname}${search}#${long.id || long.name}`),
    version: JSON.stringify(fields.kept()), // the same texts are kept: nobody has changed them since
    fields,
    isHeld: true,
    frame: { words, boxes, box: addLines(form), sentBack: document.body.dataset.typedHere },
  });
  form.append(make("input", { type: "hidden", name: "typed_here", value: page.draft.slot.split(":").pop() }));
  return page;
}

export async function keepOnDevice(forms) {
  let told;
  try {
    const answer = await fetch("/me/device/", { headers: { Accept: "application/json" }, redirect: "manual" });
    told = answer.ok && (await answer.json());
  } catch {
    return; // no connection: as without a script
  }
  if (!told) return; // nobody is logged in
  const pages = forms.map((form) => hold(form, told));
  for (const draft of await pages[0].device.left()) if (Date.now() - draft.at > MONTH) forget(draft.slot);
  for (const page of pages) await page.begin();
}
