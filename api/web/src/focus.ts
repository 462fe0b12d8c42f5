// Keeps the focus near where it was when what had it goes away, such as a filter that is taken off: otherwise whoever
// uses the keyboard would begin at the top of the page again.
const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex='0']";
let last: Element | null = null;

/** What can have the focus, within an element or the element itself. */
export function focusable(within: Element): HTMLElement[] {
  const found = [...within.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.tabIndex >= 0 && one.checkVisibility());
  return within.matches(FOCUSABLE) ? [within as HTMLElement, ...found] : found;
}

/** What stands nearest to where a node was: after it, before it, and so on outward. */
function nearest({ target, previousSibling, nextSibling }: MutationRecord): HTMLElement | undefined {
  for (let one = nextSibling; one; one = one.nextSibling) {
    const found = one instanceof Element && focusable(one)[0];
    if (found) return found;
  }
  for (let one = previousSibling; one; one = one.previousSibling) {
    const found = one instanceof Element && focusable(one).at(-1);
    if (found) return found;
  }
  for (let one = target as Element | null; one; one = one.parentElement) {
    const found = focusable(one)[0];
    if (found) return found;
  }
  return undefined;
}

/** Begin to watch. */
export function keepFocus(): void {
  addEventListener("focusin", (event) => (last = event.target as Element));
  addEventListener("focusout", () =>
    // Who clicks beside everything wants the focus nowhere.
    queueMicrotask(() => {
      if (last?.isConnected && document.activeElement === document.body) last = null;
    }),
  );
  new MutationObserver((records) => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    let lost: Node = last;
    last = null;
    for (const record of records) {
      if (![...record.removedNodes].some((node) => node.contains(lost))) continue;
      if (record.target.isConnected) return nearest(record)?.focus();
      lost = record.target;
    }
  }).observe(document.body, { childList: true, subtree: true });
}
