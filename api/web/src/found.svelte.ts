// Entities found by name while it is typed; every letter gives up the request before it.
import { get, type Answer, type Row } from "./rest";

const PAUSE = 120; // milliseconds between two letters of one word

export class Found {
  sought = $state("");
  /** What was found, best first; null while nothing is sought. */
  items = $state.raw<Row[] | null>(null);
  /** The best of what was found, once that is what was typed last. */
  #first: Row | null = null;
  #taken: ((id: string) => void) | null = null;

  /** `type` says what kind of entity alone is wanted, or null for any. */
  constructor(type: () => string | null, limit: number) {
    const sought = $derived(this.sought.trim());
    $effect(() => {
      this.#first = this.#taken = null;
      if (!sought) {
        this.items = null;
        return;
      }
      const stop = new AbortController();
      const kind = type();
      const query = new URLSearchParams({ q: sought, limit: String(limit), ...(kind && { type: kind }) });
      const wait = setTimeout(() => {
        get<Answer>(`/v1/entities?${query}`, stop.signal).then(
          (answer) => {
            [this.items, this.#first] = [answer.items, answer.items[0] ?? null];
            if (this.#taken) this.take(this.#taken);
          },
          () => undefined, // the next letter asks again
        );
      }, PAUSE);
      return () => {
        clearTimeout(wait);
        stop.abort();
      };
    });
  }

  /** Give the best of what was found to `choose`: at once, or as soon as what was typed last is answered. */
  take(choose: (id: string) => void): void {
    this.#taken = choose;
    if (this.#first) choose(String(this.#first.id));
  }
}
