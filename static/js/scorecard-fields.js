// The scorecard's fields as one plain object {name: text}, and back.

export const TEXTS = ["comment", "private_note"];

export function readFields(form) {
  const values = {};
  for (const set of form.querySelectorAll("[data-criterion]")) {
    const name = `m${set.dataset.criterion}`;
    const chosen = set.querySelector(`input[name="${name}"]:checked`);
    const typed = set.querySelector(`input[type=text][name="${name}"]`);
    values[name] = chosen ? chosen.value : typed ? typed.value.trim() : "";
    const remark = set.querySelector("textarea");
    if (remark) values[remark.name] = remark.value;
  }
  for (const name of TEXTS) values[name] = form.elements[name].value;
  return values;
}

export function writeFields(form, values) {
  for (const set of form.querySelectorAll("[data-criterion]")) {
    const name = `m${set.dataset.criterion}`;
    if (!(name in values)) continue;
    for (const input of set.querySelectorAll(`input[name="${name}"]`)) {
      if (input.type === "text") input.value = values[name] === "n/a" ? "" : values[name];
      else input.checked = input.value === values[name];
    }
    const remark = set.querySelector("textarea");
    if (remark && remark.name in values) remark.value = values[remark.name];
    showChosen(set);
  }
  for (const name of TEXTS) if (name in values) form.elements[name].value = values[name];
}

// The level in words, under the scale; a blank looks blank.
export function showChosen(set) {
  const name = `m${set.dataset.criterion}`;
  const chosen = set.querySelector(`input[name="${name}"]:checked`);
  const typed = set.querySelector("input[type=text]");
  const value = chosen ? chosen.value : typed ? typed.value.trim().replace(",", ".") : "";
  const line = set.querySelector(".chosen");
  const words = [...set.querySelectorAll("[data-level]")].find((item) => item.dataset.level === value);
  set.classList.toggle("blank", value === "");
  line.textContent = value === "" ? line.dataset.blank : value === "n/a" ? line.dataset.na : words ? words.textContent : "";
}

export function labelOf(form, name) {
  const set = form.querySelector(`[data-criterion="${name.slice(1)}"]`);
  const criterion = set?.querySelector("legend span").textContent;
  if (set && name.startsWith("m")) return criterion;
  if (set && name.startsWith("r")) return `${criterion}: ${set.querySelector(".remark label").textContent}`;
  return form.querySelector(`label[for="id_${name}"]`)?.textContent ?? name;
}
