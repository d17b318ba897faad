// One save on its way: what the server answered, in few words.

export function csrfToken(fallback) {
  const found = document.cookie.split("; ").find((item) => item.startsWith("csrftoken="));
  return found ? decodeURIComponent(found.slice("csrftoken=".length)) : fallback;
}

// Nobody is logged in any more: 401, a way to the log-in, or a form's token that is too old (403 as a page). A rule that says
// no answers 403 too, with its sentence in `detail`.
const hasLeft = (answer, told) => answer.status === 401 || (answer.status === 403 && !told?.detail) || answer.type === "opaqueredirect";

// {kind, told}: saved, stale (told.kept), other (somebody else is logged in), signed-out, aside (told.aside), refused
// (told.detail), gone or offline.
export async function sendDraft({ address, token, user, version, values, leaving = false }) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ user, version, values }),
      redirect: "manual",
      keepalive: leaving,
    });
  } catch {
    return { kind: "offline" };
  }
  let told = null;
  try {
    told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : null;
  } catch {
    return { kind: "offline" }; // the link broke in the middle of the answer
  }
  if (answer.ok && told) return { kind: "saved", told };
  if (told?.kept) return { kind: "stale", told };
  if (told?.code === "user.other") return { kind: "other", told };
  if (told?.aside) return { kind: "aside", told };
  if (hasLeft(answer, told)) return { kind: "signed-out", told };
  if (answer.status === 404) return { kind: "gone", told };
  if (answer.status >= 500 || !told) return { kind: "offline", told };
  return { kind: "refused", told };
}
