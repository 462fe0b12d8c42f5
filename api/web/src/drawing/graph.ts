// A graph to draw: where its nodes stand, and what shape tells their kinds apart where colours cannot.
export interface Node {
  id: string;
  kind: string;
  name: string;
  centre: boolean;
  /** From -1 to 1, on both axes. */
  x: number;
  y: number;
}

export interface Edge {
  id: string;
  source: string;
  target: string;
  text: string;
}

const KINDS = [
  "Region", "Field", "Company", "Organisation", "Programme", "Incentive", "Channel", "Claim", "Document", "Publisher",
  "Story", "Voice", "Person",
];
/** How many corners a kind's shape has and how far it is turned, in degrees; a circle has none. */
const SHAPES: readonly (readonly [number, number])[] = [[0, 0], [3, -90], [4, 45], [4, 0], [5, -90], [6, 0], [3, 90]];

function place(kind: string): number {
  return Math.max(0, KINDS.indexOf(kind));
}

/** The corners of a kind's shape around 0, 0, from -1 to 1; none for a circle. */
export function corners(kind: string): [number, number][] {
  const [number, turned] = SHAPES[place(kind) % SHAPES.length]!;
  return Array.from({ length: number }, (_, corner) => {
    const angle = ((turned + (corner * 360) / number) * Math.PI) / 180;
    return [Number(Math.cos(angle).toFixed(3)), Number(Math.sin(angle).toFixed(3))];
  });
}

/** The colour of a kind, as the page names it; with the shape it is one of 42 pairs. */
export function colour(kind: string): string {
  return `series-${(place(kind) % 6) + 1}`;
}

/** The node that lies nearest in a direction, for arrow keys; the one at hand where there is none. */
export function towards(nodes: readonly Node[], from: Node, dx: number, dy: number): Node {
  let best = from;
  let least = Infinity;
  for (const node of nodes) {
    const [x, y] = [node.x - from.x, node.y - from.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (along <= 0 || aside > along * 2) continue;
    const far = along + 2 * aside;
    if (far < least) [best, least] = [node, far];
  }
  return best;
}

/** A name to write below its node; one that is `wanted` may cover other nodes, and so is best given first. */
export interface Label {
  id: string;
  text: string;
  wanted: boolean;
  x: number;
  y: number;
}

/**
 * The ids of the names that can be written without covering another name or another node; who comes first goes first.
 * `size` is that of the letters in pixels; a Chinese character is about twice as wide as a letter.
 */
export function legible(nodes: readonly Label[], radius: number, size: number): Set<string> {
  const [high, wide] = [size * 1.2, size * 1.1];
  const taken: { x: number; y: number; half: number }[] = [];
  const found = new Set<string>();
  for (const { id, text, wanted, x, y } of nodes) {
    const half = [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? wide : wide / 2), 0) / 2;
    const line = y + below(radius) - high / 3; // the middle of the letters
    const covers = (place: { x: number; y: number }, across: number, down: number) =>
      Math.abs(place.y - line) < down && Math.abs(place.x - x) < across + half;
    if (taken.some((name) => covers(name, name.half, high))) continue;
    if (!wanted && nodes.some((node) => node.id !== id && covers(node, radius / 2, radius + high / 3))) continue;
    taken.push({ x, y: line, half });
    found.add(id);
  }
  return found;
}

/** How far below a node its name is written. */
export function below(radius: number): number {
  return radius * 2 + 8;
}

/** Places such that the outermost nodes stand at -1 and 1 on both axes: of what is placed on a disc, corners stay empty. */
export function spread(nodes: readonly Node[]): Map<string, { x: number; y: number }> {
  const along = (axis: "x" | "y") => {
    const values = nodes.map((node) => node[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return (value: number) => (most > least ? (2 * (value - least)) / (most - least) - 1 : 0);
  };
  const [x, y] = [along("x"), along("y")];
  return new Map(nodes.map((node) => [node.id, { x: x(node.x), y: y(node.y) }]));
}
