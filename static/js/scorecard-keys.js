// Marks by keyboard: 0 to 9 (10 as 1 then 0), Backspace for none, N for not applicable, Enter for the next criterion.

const PAIR = 700; // milliseconds in which a second digit belongs to the first

export function listenToKeys(form) {
  let last = { digit: "", at: 0 };
  const sets = [...form.querySelectorAll("[data-criterion]")];

  const here = () => document.activeElement?.closest?.("[data-criterion]");
  const target = () => here() ?? sets.find((set) => set.classList.contains("blank")) ?? null;

  function choose(set, value) {
    const input = [...set.querySelectorAll("input[type=radio]")].find((radio) => radio.value === value);
    if (!input) return false;
    input.checked = true;
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  function enter(set) {
    const next = sets[sets.indexOf(set) + 1];
    const place = next
      ? next.querySelector("input[type=radio]:checked") ?? next.querySelector("input")
      : form.elements.comment;
    place.focus();
    (next ?? place).scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.target;
    const types = at.matches?.("textarea, select, button, a, summary, input:not([type=radio])");
    if (event.key === "Enter" && at.matches?.("[data-criterion] input:not([type=checkbox])")) {
      event.preventDefault();
      enter(at.closest("[data-criterion]"));
      return;
    }
    if (types && !(at.matches("a, summary, button") && /^[0-9]$/.test(event.key))) return;
    const set = target();
    if (!set) return;
    let done = false;
    if (/^[0-9]$/.test(event.key)) {
      const now = performance.now();
      const pair = now - last.at < PAIR && last.set === set ? last.digit + event.key : "";
      done = (pair && choose(set, pair)) || choose(set, event.key);
      last = { digit: event.key, at: now, set };
    } else if ((event.key === "Backspace" || event.key === "Delete") && here()) done = choose(set, "");
    else if (event.key.toLowerCase() === "n" && here()) done = choose(set, "n/a");
    if (done) event.preventDefault();
  });
}
