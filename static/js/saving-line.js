// The line of a form that says how far saving is: a state, its words, and at times a link or a button.

const make = (tag, options) => Object.assign(document.createElement(tag), options);

export class SavingLine {
  // `login` is where a link leads that names no other place.
  constructor(element, login) {
    this.element = element;
    this.login = login;
    this.state = element.dataset.state;
    this.calm = [this.state, element.textContent.trim()]; // what it says while nothing waits to be saved
  }

  show(next, text, link, href = this.login) {
    this.state = next;
    this.element.dataset.state = next;
    this.element.replaceChildren(make("span", { className: "saving-text", textContent: text }));
    if (link) this.element.append(" ", make("a", { href, textContent: link }));
  }

  offer(next, text, label, act) {
    this.show(next, text);
    const button = make("button", { type: "button", className: "btn plain", textContent: label });
    button.addEventListener("click", act);
    this.element.append(" ", button);
  }

  rest() {
    this.show(...this.calm);
  }
}
