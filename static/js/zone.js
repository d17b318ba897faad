// Tells the account the browser's time zone, once, when it knows none; then shows the page again in it.

const place = document.querySelector("[data-learn-zone]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (place && zone && zone !== "UTC") {
  const body = new URLSearchParams({ time_zone: zone });
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(place.dataset.learnZone, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (answer.status === 204) location.reload();
}
