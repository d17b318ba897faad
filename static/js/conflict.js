// What is typed here and what is kept on the server, side by side, and a choice.

const make = (tag, text, options = {}) => Object.assign(document.createElement(tag), { textContent: text, ...options });

// `rows` are [what, typed here, kept]; `mine` and `theirs` are called for the version that is chosen.
export function showConflict({ box, words, rows, mine, theirs }) {
  const parts = rows.map(([what, ...versions]) => {
    const list = make("dl", "", { className: "versions" });
    for (const [place, text] of versions.entries()) {
      const version = make("div", "");
      version.append(make("dt", [words.typed_here, words.kept][place]), make("dd", text || "–"));
      list.append(version);
    }
    return [make("h4", what), list];
  });
  const keep = make("button", words.keep_typed, { type: "button", className: "btn" });
  const take = make("button", words.take_kept, { type: "button", className: "btn quiet" });
  const actions = make("p", "", { className: "actions" });
  actions.append(keep, take);
  box.replaceChildren(make("h3", words.conflict), make("p", words.conflict_explained), ...parts.flat(), actions);
  box.className = "conflict note warn";
  box.hidden = false;
  keep.addEventListener("click", mine);
  take.addEventListener("click", theirs);
  keep.focus();
}
