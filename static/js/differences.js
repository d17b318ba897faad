// Which of two versions' texts differ.

// Browsers send line ends as \r\n, and spaces at both ends are not kept: a text that differs by that alone is the same text.
const plain = (text) => String(text ?? "").replace(/\r\n?/g, "\n").trim();

export function differences(here, there) {
  return Object.keys(here).filter((name) => plain(here[name]) !== plain(there[name]));
}
