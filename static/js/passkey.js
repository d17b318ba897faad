// Passkeys: shows what needs JavaScript only where a passkey can work, and says in words when it did not.

const possible = typeof window.PublicKeyCredential === "function";
for (const part of document.querySelectorAll(".needs-script")) part.hidden = !possible;

document.addEventListener("allauth.error", (event) => {
  const words = document.getElementById("passkey-error");
  if (!words) return;
  event.preventDefault();
  words.hidden = false;
});
