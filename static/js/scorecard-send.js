// One save on its way: what the server answered, in few words.

export function csrfToken(fallback) {
  const found = document.cookie.split("; ").find((item) => item.startsWith("csrftoken="));
  return found ? decodeURIComponent(found.slice("csrftoken=".length)) : fallback;
}

// {kind, told}: saved, stale (told.kept), other (somebody else is logged in), signed-out, aside (told.aside), refused, gone
// or offline.
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
  if (answer.status === 401 || answer.status === 403 && !told?.aside || answer.type === "opaqueredirect") return { kind: "signed-out", told };
  if (told?.aside) return { kind: "aside", told };
  if (answer.status === 404) return { kind: "gone", told };
  if (answer.status >= 500 || !told) return { kind: "offline", told };
  return { kind: "refused", told };
}
