// How finely regions, fields and time are told apart: chosen in the panels, kept in the URL.
import { address } from "./address.svelte";

export const REGION_LEVELS = ["continent", "country", "province", "city"] as const;
export const FIELD_LEVELS = ["group", "code", "term"] as const;
export const PERIODS = ["month", "quarter", "year"] as const;

function oneOf<T extends string>(values: readonly T[], key: string, usual: T): T {
  return values.find((value) => value === address.get(key)) ?? usual;
}

export const levels = {
  get region() {
    return oneOf(REGION_LEVELS, "region_level", "country");
  },
  get field() {
    return oneOf(FIELD_LEVELS, "field_level", "code");
  },
  get period() {
    return oneOf(PERIODS, "period", "quarter");
  },
};
