// The last queries of this browser, the latest first; they leave it only when they are run again.
const KEY = "talentgraph.console.history";
const MOST = 50;

export interface Past {
  query: string;
  parameters: string;
  at: string;
}

function kept(): Past[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? (read as Past[]).filter((one) => typeof one?.query === "string") : [];
  } catch {
    return []; // not ours, or cut off: the history begins anew
  }
}

class History {
  queries = $state.raw<Past[]>(kept());

  add(query: string, parameters: string): void {
    const rest = this.queries.filter((one) => one.query !== query || one.parameters !== parameters);
    this.#keep([{ query, parameters, at: new Date().toISOString() }, ...rest].slice(0, MOST));
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(queries: Past[]): void {
    this.queries = queries;
    localStorage.setItem(KEY, JSON.stringify(queries));
  }
}

export const past = new History();
