// Periods as the API names them: 2025-03, 2025-Q1, 2025.

/** All periods from the first to the last of some, those without a row too: a line must not jump over them. */
export function periodsBetween(given: string[]): string[] {
  const sorted = [...new Set(given)].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const found = [first];
  while (found.at(-1)! < last && found.length < 1200) found.push(next(found.at(-1)!));
  return found;
}

function next(period: string): string {
  const [year = "", part] = period.split("-");
  if (part === undefined) return String(Number(year) + 1);
  const quarter = part.startsWith("Q");
  const number = Number(part.replace("Q", "")) + 1;
  if (number > (quarter ? 4 : 12)) return quarter ? `${Number(year) + 1}-Q1` : `${Number(year) + 1}-01`;
  return quarter ? `${year}-Q${number}` : `${year}-${String(number).padStart(2, "0")}`;
}
