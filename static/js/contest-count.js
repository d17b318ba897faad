// Counts what is typed beside each field that has data-limit. A line end counts as one character, as on the server.
// Without JavaScript the limit stands in the field's help text, and the server says by how much a text is too long.

const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language);

for (const field of document.querySelectorAll("[data-limit]")) {
  const limit = Number(field.dataset.limit);
  const shown = document.createElement("span");
  shown.className = "count small num";
  shown.id = `${field.id}-count`;
  field.after(shown);
  const count = () => {
    const length = field.value.replace(/\r\n?/g, "\n").trim().length;
    shown.textContent = `${number.format(length)} / ${number.format(limit)}`;
    shown.classList.toggle("over", length > limit);
  };
  field.addEventListener("input", count);
  const described = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", described ? `${described} ${shown.id}` : shown.id);
  count();
}
