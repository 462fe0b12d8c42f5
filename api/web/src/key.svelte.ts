// The API key that a server asks of readers on other machines. It lives as long as the browser's tab.
const KEY = "talentgraph.key";

class Key {
  /** Whether the server refused a request for want of a key that holds. */
  wanted = $state(false);
  #value = $state(sessionStorage.getItem(KEY));

  get value(): string | null {
    return this.#value;
  }

  /** Keep a key, or forget it, and load the page anew: all that was refused is asked again. */
  choose(value: string | null): void {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
    this.#value = value;
    location.reload();
  }

  /** The header that brings it, if there is one. */
  get header(): Record<string, string> {
    return this.#value ? { Authorization: `Bearer ${this.#value}` } : {};
  }
}

export const key = new Key();
