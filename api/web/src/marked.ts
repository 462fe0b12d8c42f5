// A text cut into pieces at the spans that are marked in it.

export interface Span {
  start: number;
  end: number;
  kind: string;
}
export interface Piece {
  text: string;
  quoted: boolean;
  kinds: string[];
}

/**
 * Cut `text` from `from` to `to` at the ends of `quote` and of `spans`. All places count characters (code points), as
 * the API does, not the 16-bit units of which JavaScript's strings are made.
 */
export function pieces(text: string, quote: { start: number; end: number }, spans: Span[], from: number, to: number): Piece[] {
  const characters = Array.from(text);
  const within = (place: number) => place > from && place < to;
  const cuts = [from, to, ...[quote, ...spans].flatMap(({ start, end }) => [start, end]).filter(within)];
  const sorted = [...new Set(cuts)].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1]!;
    return {
      text: characters.slice(start, end).join(""),
      quoted: start >= quote.start && end <= quote.end,
      kinds: [...new Set(spans.filter((span) => start >= span.start && end <= span.end).map((span) => span.kind))],
    };
  });
}

/** The passage around a quotation: some hundred characters on either side, to the end of a word. */
export function passage(text: string, quote: { start: number; end: number }, around = 420): [number, number] {
  const characters = Array.from(text);
  let from = Math.max(0, quote.start - around);
  while (from > 0 && !/\s/.test(characters[from - 1]!) && quote.start - from < around + 40) from -= 1;
  let to = Math.min(characters.length, quote.end + around);
  while (to < characters.length && !/\s/.test(characters[to]!) && to - quote.end < around + 40) to += 1;
  return [from, to];
}
