// What was typed and not yet saved, kept on this device. One box per person (its name says nothing of them), encrypted with
// a key that the server hands to that person's pages only: nobody else on the device is shown it or can send it. Within the
// box one slot per open page, so that two tabs never write over each other. See docs/decisions/offline-queue.md.

const PREFIX = "passerelle:draft:";
const text = new TextEncoder();
const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const cipher = (iv, place) => ({ name: "AES-GCM", iv, additionalData: text.encode(place) });

export class Box {
  // `boxes` is [{name, key}], the one to write with first.
  constructor(boxes) {
    this.names = boxes.map((box) => box.name);
    this.keys = globalThis.crypto?.subtle
      ? boxes.map((box) => crypto.subtle.importKey("raw", bytes(box.key), "AES-GCM", false, ["encrypt", "decrypt"]))
      : []; // no encryption, nothing kept
  }

  // The drafts that no open page is writing: [{slot, scorecard, base, values, at}], the oldest first.
  async left(scorecard = null) {
    const held = new Set(((await globalThis.navigator?.locks?.query())?.held ?? []).map((lock) => lock.name));
    const found = [];
    for (const [place, name] of this.names.entries()) {
      const mine = `${PREFIX}${name}:`;
      for (const slot of slots().filter((key) => key.startsWith(mine) && !held.has(key))) {
        const [card] = slot.slice(mine.length).split(":");
        if (scorecard !== null && card !== String(scorecard)) continue;
        const draft = await this.open(slot, place);
        if (draft) found.push({ ...draft, slot, scorecard: Number(card) });
      }
    }
    return found.sort((a, b) => a.at - b.at);
  }

  async open(slot, place) {
    try {
      const { iv, data } = JSON.parse(localStorage.getItem(slot));
      const plain = await crypto.subtle.decrypt(cipher(bytes(iv), slot), await this.keys[place], bytes(data));
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null; // storage is off, or holds something else
    }
  }

  async seal(slot, draft) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(cipher(iv, slot), await this.keys[0], text.encode(JSON.stringify(draft)));
    return JSON.stringify({ iv: base64(iv), data: base64(data) });
  }
}

// The slot of this page for one scorecard.
export class Draft {
  constructor(box, scorecard) {
    this.box = box;
    this.slot = `${PREFIX}${box.names[0]}:${scorecard}:${Math.random().toString(36).slice(2)}`;
    this.turn = 0;
    navigator.locks?.request(this.slot, () => new Promise(() => {})); // held as long as the page is open
  }

  // `base` is the version that the typed values started from. Answers whether the device keeps them.
  async write(base, values) {
    const turn = ++this.turn;
    try {
      const sealed = await this.box.seal(this.slot, { base, values, at: Date.now() });
      if (turn === this.turn) localStorage.setItem(this.slot, sealed); // else something newer was typed, or it is saved
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    this.turn++;
    forget(this.slot);
  }
}

export function forget(slot) {
  try {
    localStorage.removeItem(slot);
  } catch {
    // nothing was kept, nothing to clear
  }
}

// `endings` are the last parts of slots whose text has arrived: whoever's they are.
export function forgetSent(endings) {
  for (const slot of slots()) if (slot.startsWith(PREFIX) && endings.includes(slot.split(":").pop())) forget(slot);
}

function slots() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}
