// Filters that are set, in the reader's words.
import { filters, type Filter } from "./filters.svelte";
import { names } from "./names.svelte";
import { said, t, words } from "./words/index.svelte";

/** The value of a filter. */
export function written(name: Filter): string {
  const value = filters.get(name) ?? "";
  if (name === "region" || name === "field") return names.of(value, words.language === "zh");
  if (name === "modality") return said("modality", filters.modality);
  if (name === "implied") return t("filter.implied.without");
  if (name === "language") return languages(value);
  if (name === "reliability") return said("grades", value);
  return value;
}

/** Languages by their names; what is no code is shown as it is. */
export function languages(codes: string): string {
  const called = new Intl.DisplayNames([words.language], { type: "language" });
  const one = (code: string) => (/^[a-z]{2,3}$/.test(code) ? (called.of(code) ?? code) : code);
  return codes.split(",").map(one).join(", ");
}
