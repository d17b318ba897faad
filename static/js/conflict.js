// What is typed here and what is kept on the server, side by side, and a choice.

const make = (tag, text, options = {}) => Object.assign(document.createElement(tag), { textContent: text, ...options });

// `rows` are [what, typed here, kept]; `mine` and `theirs` are called for the version that is chosen.
export function showConflict({ box, words, rows, mine, theirs }) {
  const table = make("table", "");
  const head = table.createTHead().insertRow();
  for (const text of [words.what, words.typed_here, words.kept]) head.append(make("th", text, { scope: "col" }));
  const body = table.createTBody();
  for (const [what, here, there] of rows) {
    const row = body.insertRow();
    row.append(make("th", what, { scope: "row" }), make("td", here || "–"), make("td", there || "–"));
  }
  const frame = make("div", "", { className: "scroll", tabIndex: 0 });
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", words.conflict);
  frame.append(table);
  const keep = make("button", words.keep_typed, { type: "button", className: "btn" });
  const take = make("button", words.take_kept, { type: "button", className: "btn quiet" });
  const actions = make("p", "", { className: "actions" });
  actions.append(keep, take);
  box.replaceChildren(make("h3", words.conflict), make("p", words.conflict_explained), frame, actions);
  box.className = "conflict note warn";
  box.hidden = false;
  keep.addEventListener("click", mine);
  take.addEventListener("click", theirs);
  keep.focus();
}
