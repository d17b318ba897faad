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
