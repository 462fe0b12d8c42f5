// An answer that follows its address: asked again when the address changes, and the old request given up.
import { get, problemOf, type Problem } from "./rest";
import { inTurn } from "./turns";

export class Asked<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  #again = $state(0);

  /** With `waits` it is asked in turn with others that wait; without, at once. */
  constructor(address: () => string | null, waits = false) {
    const url = $derived(address());
    $effect(() => {
      void this.#again;
      if (url === null) {
        this.busy = false;
        return;
      }
      const stop = new AbortController();
      this.busy = true;
      this.problem = null;
      const ask = () => get<T>(url, stop.signal);
      (waits ? inTurn(ask, stop.signal) : ask()).then(
        (value) => {
          this.value = value;
          this.busy = false;
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          this.value = null;
          this.problem = problemOf(error);
          this.busy = false;
        },
      );
      return () => stop.abort();
    });
  }

  /** Ask once more, such as after an error. */
  again(): void {
    this.#again += 1;
  }
}
