// On the juror's list: what this device still keeps of closed pages is sent now, and told.

import { Box, forget } from "./device-drafts.js";
import { csrfToken, sendDraft } from "./send-draft.js";

const place = document.getElementById("queue");
const words = JSON.parse(document.getElementById("queue-words").textContent);
const box = new Box(JSON.parse(document.getElementById("boxes").textContent));
let busy = false;

function say(text, href, link) {
  const line = Object.assign(document.createElement("p"), { className: "note", textContent: `${text} ` });
  if (href) line.append(Object.assign(document.createElement("a"), { href, textContent: link }));
  place.append(line);
}

async function sendAll() {
  if (busy) return;
  busy = true;
  place.replaceChildren();
  const token = csrfToken(place.dataset.token);
  for (const draft of await box.left()) {
    const page = place.dataset.page.replace("0", draft.scorecard);
    const { kind, told } = await sendDraft({
      address: `${page}save/`,
      token,
      user: box.names[0],
      version: draft.base,
      values: draft.values,
    });
    if (kind === "saved" && !Object.keys(told.errors ?? {}).length) {
      forget(draft.slot);
      say(words.sent, page, words.open);
    } else if (kind === "aside") {
      forget(draft.slot);
      say(told.detail, told.aside, words.compare);
    } else if (kind === "stale" || kind === "saved") say(words.choose, page, words.open);
    else if (kind === "refused") say(told.detail);
    else if (kind === "offline") {
      say(words.waiting);
      break;
    }
  }
  busy = false;
}

window.addEventListener("online", sendAll);
sendAll();
