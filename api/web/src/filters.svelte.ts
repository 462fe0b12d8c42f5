// The filters that hold across every view. They live in the URL; their names there are the API's parameters.
import { address } from "./address.svelte";

export const UNITS = ["claims", "approaches", "documents", "stories", "claimants"] as const;
export type Unit = (typeof UNITS)[number];
export const MODALITIES = ["positive", "firm", "negative", "all"] as const;
export const FILTERS = [
  "since",
  "until",
  "region",
  "field",
  "modality",
  "reliability",
  "language",
  "implied",
  "known_at",
] as const;
export type Filter = (typeof FILTERS)[number];

class Filters {
  /** What the URL says of a filter, or null. */
  get(name: Filter): string | null {
    return address.get(name);
  }

  /** What is sent of a filter: questions differ in the modality they take for granted, so it is always said. */
  sent(name: Filter): string | null {
    return name === "modality" ? this.modality : this.get(name);
  }

  /** Whether a filter narrows anything. */
  isSet(name: Filter): boolean {
    return name === "modality" ? this.modality !== "positive" : this.get(name) !== null;
  }

  get modality(): string {
    const given = address.get("modality");
    return given !== null && (MODALITIES as readonly string[]).includes(given) ? given : "positive";
  }

  /** The count that is shown and by which rows are ordered. */
  get unit(): Unit {
    return UNITS.find((unit) => unit === address.get("unit")) ?? "stories";
  }

  get any(): boolean {
    return FILTERS.some((name) => this.isSet(name));
  }

  clear(): void {
    address.set(Object.fromEntries(FILTERS.map((name) => [name, null])));
  }
}

export const filters = new Filters();
