// Moves an entry on the list at once; the places go along, and a screen reader is told. Saved by the form's own buttons.

const form = document.getElementById("ranking");
const said = document.getElementById("ranking-said");

function rows() {
  return [...form.querySelectorAll("li[data-code]")];
}

function placed() {
  return rows().filter((row) => row.querySelector("select").value);
}

function settle(list) {
  const others = rows().filter((row) => !list.includes(row));
  const holder = form.querySelector(".ranking");
  list.forEach((row, at) => (row.querySelector("select").value = String(at + 1)));
  others.forEach((row) => (row.querySelector("select").value = ""));
  [...list, ...others].forEach((row) => holder.append(row));
}

function tell(sentence, row, place) {
  const entry = row.querySelector(".entry-name a").textContent;
  said.textContent = sentence.replace("{entry}", entry).replace("{place}", place);
}

// Only up and down happen here: a list changes its length on the server, which gives each row its buttons.
form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=move]");
  const [verb] = button?.value.split(":") ?? [];
  if (verb !== "up" && verb !== "down") return;
  const row = button.closest("li");
  const list = placed();
  const places = list.map((each) => Number(each.querySelector("select").value));
  if (new Set(places).size !== places.length) return; // two at one place: the server says so
  list.sort((a, b) => Number(a.querySelector("select").value) - Number(b.querySelector("select").value));
  event.preventDefault();
  const from = list.indexOf(row);
  const to = Math.min(Math.max(from + (verb === "up" ? -1 : 1), 0), list.length - 1);
  list.splice(to, 0, ...list.splice(from, 1));
  settle(list);
  button.focus();
  tell(form.dataset.moved, row, String(to + 1));
});
