// Where the reader is: the path names the view, the query holds filters and what is open. The URL is the only memory.

class Address {
  path = $state(location.pathname);
  #query = $state.raw(new URLSearchParams(location.search));

  constructor() {
    addEventListener("popstate", () => this.#read());
  }

  /** The value of one key of the query, or null. */
  get(name: string): string | null {
    return this.#query.get(name);
  }

  /** The address of a view with the filters of now, for a link. */
  of(path: string, changes: Record<string, string | null> = {}): string {
    const query = new URLSearchParams(this.#query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    return text ? `${path}?${text}` : path;
  }

  /** Change keys of the query; null takes one away. Back returns to what was. */
  set(changes: Record<string, string | null>): void {
    this.go(this.of(this.path, changes));
  }

  /** Go to an address of this page. */
  go(href: string): void {
    if (href !== location.pathname + location.search) history.pushState(null, "", href);
    this.#read();
  }

  #read(): void {
    this.path = location.pathname;
    this.#query = new URLSearchParams(location.search);
  }
}

export const address = new Address();

/** Lets a link change the address without loading the page anew; other clicks, such as with Ctrl, stay the browser's. */
export function follow(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  address.go(link.pathname + link.search);
  scrollTo(0, 0);
}
