// What was typed and not yet saved, kept on this device: one place per person and scorecard, so that nobody else on the
// device is shown it or sends it.

export class Draft {
  constructor(user, scorecard) {
    this.key = `passerelle:scorecard:${user}:${scorecard}`;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null; // storage is off, or holds something else
    }
  }

  // `base` is the version that the typed values started from.
  write(base, values) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ base, values }));
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept, nothing to clear
    }
  }
}
