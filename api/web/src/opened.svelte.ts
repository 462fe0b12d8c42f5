// What is open beside the view: the claims behind a number, and one claim of them. Both live in the URL.
import { address } from "./address.svelte";
import { catalogue, type Ask } from "./catalogue.svelte";
import type { Row } from "./rest";

/** A number as a question and the columns that tell its row from all others; `title` is for the reader alone. */
export interface Behind {
  ask: Ask;
  row: Record<string, string>;
}

/** The row of an answer, by its key columns, as the API wants it named. */
export function keyed(row: Row, columns: readonly string[]): Record<string, string> {
  const given = columns.filter((name) => row[name] !== null && row[name] !== undefined);
  return Object.fromEntries(given.map((name) => [`row_${name}`, String(row[name])]));
}

class Opened {
  /** Open the claims that one number counts. */
  number(ask: Ask, row: Record<string, string>): void {
    const query = new URLSearchParams({ ...ask.own, ...row });
    for (const [name, other] of Object.entries(ask.rename ?? {})) query.set(`~${name}`, other);
    query.delete("limit");
    query.delete("total");
    address.set({ open: `${ask.name}?${query}`, claim: null });
  }

  /** Open one claim. */
  claim(id: string): void {
    address.set({ claim: id });
  }

  close(): void {
    address.set({ open: null, claim: null });
  }

  get claimId(): string | null {
    return address.get("claim");
  }

  /** The number that the URL names, or null. */
  get behind(): Behind | null {
    const given = address.get("open");
    if (given === null) return null;
    const [name = "", text = ""] = given.split(/\?(.*)/s);
    const [own, row, rename]: Record<string, string>[] = [{}, {}, {}];
    for (const [key, value] of new URLSearchParams(text)) {
      if (key.startsWith("row_")) row![key] = value;
      else if (key.startsWith("~")) rename![key.slice(1)] = value;
      else own![key] = value;
    }
    return { ask: { name, own: own!, rename: rename! }, row: row! };
  }

  /** The address of the claims behind the open number, in a form; null while unknown. */
  address(extra: Record<string, string> = {}): string | null {
    const behind = this.behind;
    const query = behind && catalogue.query(behind.ask);
    if (!behind || !query) return null;
    for (const [name, value] of Object.entries({ ...behind.row, ...extra })) query.set(name, value);
    if (behind.ask.name === "claims") return `/v1/questions/claims?${query}`;
    return `/v1/questions/${behind.ask.name}/claims?${query}`;
  }
}

export const opened = new Opened();
