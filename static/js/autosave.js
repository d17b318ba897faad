// What is typed saves itself. Each save carries the version it started from; a stale one is shown beside what is kept, and the
// writer chooses. What could not be saved stays on this device, encrypted, until it can.

import { showConflict } from "./conflict.js";
import { Box, Draft, forget } from "./device-drafts.js";
import { differences } from "./differences.js";
import { SavingLine } from "./saving-line.js";
import { csrfToken, sendDraft } from "./send-draft.js";

const WAIT = 900;
const RETRY = [3000, 6000, 12000, 30000];

const make = (tag, options) => Object.assign(document.createElement(tag), options);
const parsed = (id) => JSON.parse(document.getElementById(id).textContent);
const frameOf = () => ({ words: parsed("words"), boxes: parsed("boxes"), box: document.getElementById("conflict") });

// A page gives what is its own:
//   form      with data-save (address), data-user, data-login, a .saving line; the page has #conflict, #words and #boxes
//   key       what is written, as this device names it
//   version   what stands in the form started from; `counter` is the hidden field that carries it
//   fields    read() → {name: text}, write(values), label(name), focus(), say(name, text) where a text isn't what people read,
//             kept() → {name: text} where what stands in the form may be more than what came with the page
//   tell      kept(told) shows errors and figures; closed(kind, told) → [text, link, address]
//   isNew     nothing of what stands in the form is kept yet
//   hidden    what is taken off the page when somebody else is logged in
//   isHeld    typing stays on this device; only a button sends it (without data-save, the form itself: long-texts.js)
//   sharesVersion  other pages count the same version up: what changed there alone is no conflict here
//   frame     {words, boxes, box, sentBack}, where the page does not hold them itself: `sentBack` ends the slot of the form
//             that this page answers to, whose versions are the kept values as JSON
export class Autosave {
  constructor({ form, key, version, counter, fields, tell, isNew = false, hidden = form, isHeld = false, sharesVersion = false, frame = frameOf() }) {
    Object.assign(this, { form, key, version, counter, fields, tell, isNew, hidden, isHeld, sharesVersion });
    this.words = frame.words;
    this.device = new Box(frame.boxes);
    this.draft = new Draft(this.device, key);
    this.line = new SavingLine(form.querySelector(".saving"), form.dataset.login);
    this.box = frame.box;
    this.sentBack = frame.sentBack;
    this.saved = isNew ? {} : (fields.kept?.() ?? fields.read()); // what the server is known to keep
    this.timer = 0;
    this.retries = 0;
    this.flight = null; // the save that is under way
  }

  isDirty() {
    return differences(this.fields.read(), this.saved).length > 0;
  }

  schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  take(there) {
    this.version = there.version;
    if (this.counter) this.counter.value = there.version;
    this.saved = there.values;
  }

  // What is typed stays on this device until a button is pressed; it is said once, and can be dropped.
  #hold(text = this.words.held) {
    if (!this.isDirty()) return this.#rest();
    if (this.line.state !== "typing") this.line.offer("typing", text, this.words.drop, () => this.drop());
    return true;
  }

  // Back to what is kept; this device forgets what was typed, which this page can still bring back.
  drop() {
    const typed = this.fields.read();
    this.fields.write(this.saved);
    this.draft.clear();
    this.line.offer("dropped", this.words.dropped, this.words.bring_back, () => {
      this.fields.write(typed);
      this.typed();
      this.fields.focus();
    });
    this.line.element.querySelector("button").focus();
  }

  // Sends what is typed. Answers true when the server keeps all of it.
  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    while (this.flight) await this.flight;
    if (this.line.state === "conflict" || this.line.state === "closed") return false;
    if (!this.isDirty()) return this.#rest();
    this.flight = this.#send(this.fields.read(), leaving);
    const kept = await this.flight;
    this.flight = null;
    return kept;
  }

  // Nothing differs from what is kept, any more: what was typed is taken back, or it is a space at the end.
  #rest() {
    if (this.line.state === "typing" || this.line.state === "dropped") {
      this.draft.clear();
      this.line.rest();
    }
    return this.line.state !== "wrong";
  }

  // One save on its way, of these values: see send-draft.js for what comes back.
  deliver(version, values, leaving = false) {
    const token = csrfToken(this.form.elements.csrfmiddlewaretoken.value);
    const { user, save: address } = this.form.dataset;
    return sendDraft({ address, token, user, version, values, leaving });
  }

  async #send(values, leaving) {
    this.line.show("saving", this.words.saving);
    const { kind, told } = await this.deliver(this.version, values, leaving);
    if (kind === "saved") return this.#keep(values, told);
    if (kind === "stale" && this.sharesVersion && !this.isNew && !differences(this.saved, told.kept.values).length) {
      this.take(told.kept);
      return this.#send(values, leaving);
    }
    if (kind === "stale") return this.#choose(values, told.kept);
    if (kind === "offline") return this.retryLater();
    if (kind === "aside") this.draft.clear(); // the server keeps it now
    else await this.draft.write(this.version, this.fields.read());
    if (kind === "other") this.hidden.replaceWith(make("p", { className: "note warn", textContent: this.words.other_user }));
    else if (kind === "signed-out") this.line.show("signed-out", this.words.signed_out, this.words.log_in);
    else this.line.show("closed", ...this.tell.closed(kind, told));
    return false;
  }

  #keep(values, told) {
    this.retries = 0;
    this.take({ version: told.version, values });
    this.tell.kept(told);
    const isWrong = Object.keys(told.errors ?? {}).length > 0;
    const isDirty = this.isDirty();
    if (isWrong || isDirty) this.draft.write(this.version, this.fields.read()); // what is wrong is typed too
    else this.draft.clear();
    if (isWrong) {
      this.line.show("wrong", this.words.wrong);
      return false;
    }
    if (isDirty && !this.isHeld) this.schedule(WAIT);
    this.line.calm = ["saved", told.saved];
    this.line.rest();
    return true;
  }

  async retryLater() {
    clearTimeout(this.timer);
    if (!this.isHeld) this.timer = setTimeout(() => this.save(), RETRY[Math.min(this.retries++, RETRY.length - 1)]);
    const isKept = await this.draft.write(this.version, this.fields.read());
    this.line.show("offline", isKept ? this.words.offline : this.words.offline_only_here);
    return false;
  }

  // Two versions side by side, and a choice. `there` is `isTyped` where the page holds it and nobody keeps it yet. Of what
  // an earlier visit left, isRestored, nothing goes before the choice; `after` is what follows it.
  #choose(values, there, { isRestored = false, after = () => {} } = {}) {
    const names = differences(values, there.values);
    if (!names.length) {
      this.take(there);
      this.draft.clear();
      this.line.show("saved", there.saved);
      after();
      return true;
    }
    if (!isRestored) this.draft.write(this.version, values);
    this.line.show("conflict", this.words.conflict);
    const say = this.fields.say ?? ((name, text) => text);
    const settle = (choose) => async () => {
      if (!there.isTyped) this.take(there);
      this.box.hidden = true;
      this.line.state = "saving";
      await choose();
      after();
      this.fields.focus();
    };
    showConflict({
      box: this.box,
      words: this.words,
      rows: names.map((name) => [this.fields.label(name), say(name, values[name]), say(name, there.values[name])]),
      mine: settle(async () => {
        await this.draft.write(this.version, this.fields.read());
        if (isRestored && this.isHeld) this.#hold();
        else this.save();
      }),
      theirs: settle(async () => {
        this.fields.write(there.values);
        this.draft.clear();
        if (this.isDirty()) await this.typed();
        else if (this.isHeld) this.line.rest();
        else this.line.show("saved", there.saved);
      }),
    });
    return false;
  }

  // What earlier visits typed and could not save comes back, oldest first; shown beside what is kept when that has moved on.
  async restore() {
    const drafts = await this.device.left(this.key);
    const next = async () => {
      const found = drafts.shift();
      if (!found) return;
      if (this.sentBack && found.slot.endsWith(`:${this.sentBack}`)) {
        await this.#showSentBack(found);
        return next();
      }
      const typed = { ...this.saved, ...found.values };
      const here = this.fields.read();
      if (!differences(typed, here).length) {
        if (this.isHeld && this.isDirty()) await this.typed(); // the browser brought it back
        forget(found.slot);
        return next();
      }
      const isTyped = this.isDirty(); // or typed on while this was read
      this.fields.write(typed);
      if (found.base !== this.version || isTyped) {
        const there = { values: here, version: this.version, saved: this.words.kept_state, isTyped };
        const after = () => {
          forget(found.slot);
          next();
        };
        return this.#choose(typed, there, { isRestored: true, after });
      }
      if (await this.draft.write(this.version, typed)) forget(found.slot);
      if (this.isHeld) this.#hold(this.words.held_restored);
      else {
        this.line.show("saving", this.words.restored);
        await this.save();
      }
      return next();
    };
    return next();
  }

  // The answer to the button is this page, with what was sent in the form: a rule says no, or asks once more.
  async #showSentBack(found) {
    this.version = found.base;
    this.saved = JSON.parse(found.base);
    await this.typed();
    forget(found.slot);
  }

  // Answers when this device has it, or can't have it.
  async typed(wait = WAIT) {
    const isWritten = this.draft.write(this.version, this.fields.read());
    if (this.line.state === "conflict" || this.line.state === "closed") return;
    if (this.isHeld) this.#hold();
    else {
      if (this.line.state !== "offline" && this.line.state !== "signed-out") this.line.show("typing", this.words.typing);
      this.schedule(wait);
    }
    await isWritten;
  }

  // Buttons work as without a script; what is on its way arrives first. `mayGo(everything)` says whether the form is sent then.
  async submit(event, mayGo) {
    if (this.isLeaving || !event.submitter) return;
    event.preventDefault();
    const everything = await this.save();
    if (event.submitter.value === "save") return;
    if (mayGo(everything)) {
      this.isLeaving = true;
      // Not from within the event that asked: the browser would ignore it.
      setTimeout(() => this.form.requestSubmit(event.submitter));
      return;
    }
    this.line.element.scrollIntoView({ block: "nearest" });
    if (this.box.hidden) this.form.querySelector(".wrong :is(input, textarea, select)")?.focus();
    else this.box.querySelector("button").focus();
  }

  // Listens from now on, and brings back what this device still has. `waitOf(event)` is how long typing may go on, in milliseconds.
  begin({ waitOf = () => WAIT, mayGo = (everything) => everything } = {}) {
    this.form.addEventListener("input", (event) => this.typed(waitOf(event)));
    if (this.form.dataset.save) this.form.addEventListener("submit", (event) => this.submit(event, mayGo));
    if (this.isHeld) return this.restore();
    window.addEventListener("online", () => this.save());
    window.addEventListener("offline", () => this.isDirty() && this.retryLater());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save({ leaving: true });
      else if (this.line.state === "signed-out" || this.line.state === "offline") this.save();
    });
    return this.restore();
  }
}
