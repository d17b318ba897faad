// What every page does: the CSRF token on htmx requests, dialogs, the current link in sight.
// Nothing here is needed to use the page: without it, links lead to full pages and forms post.

function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});

// A refusal is an answer too: its sentence is shown where the answer was to go.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403 || status === 409 || status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// <a href="/page/" data-dialog="ID"> opens <dialog id="ID"> instead of going to the page that asks the same.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog || typeof dialog.showModal !== "function") return;
  event.preventDefault();
  dialog.showModal();
});

for (const row of document.querySelectorAll(".main-nav ul, .tabs ul, .round-tabs ul")) {
  const link = row.querySelector("[aria-current]");
  if (link && row.scrollWidth > row.clientWidth) row.scrollLeft = link.offsetLeft - row.offsetLeft - 24;
}

// A text that was kept on this device until its button was pressed has arrived (toolkit/sent_texts.py): the device forgets it.
const SENT = "typed_sent=";
const sent = document.cookie.split("; ").find((item) => item.startsWith(SENT));
if (sent) {
  document.cookie = `${SENT}; path=/; max-age=0`;
  const { forgetSent } = await import("./device-drafts.js");
  forgetSent(sent.slice(SENT.length).split("."));
}

// What is typed long and saves itself nowhere stays on this device until then.
const LONG = "textarea, input[type=text][maxlength]";
const isLong = (field) => field.tagName === "TEXTAREA" || field.maxLength >= 250;
const long = [...document.querySelectorAll("form[method=post]:not([data-save])")].filter((form) =>
  [...form.querySelectorAll(LONG)].some(isLong),
);
if (long.length) (await import("./long-texts.js")).keepOnDevice(long);
