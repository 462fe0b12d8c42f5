// When this browser was here last: an instant of a former visit, so that what is new since can be shown.
const LAST = "talentgraph.last-visit";
const THIS = "talentgraph.this-visit";
const APART = 30 * 60 * 1000; // a visit ends after half an hour away

/** Note this visit; return the instant at which the one before was last seen, or null at the first. */
function begun(): string | null {
  const seen = localStorage.getItem(THIS);
  const now = new Date().toISOString();
  if (seen !== null && Date.parse(now) - Date.parse(seen) > APART) localStorage.setItem(LAST, seen);
  localStorage.setItem(THIS, now);
  return localStorage.getItem(LAST);
}

export const lastVisit = begun();
