// What the console's API answers a query with, and how it refuses one.
export interface Node {
  id: string;
  labels: string[];
  caption: string;
  properties: Record<string, unknown>;
}

export interface Relationship {
  id: string;
  type: string;
  start: string;
  end: string;
  caption: string;
  properties: Record<string, unknown>;
}

export interface Step {
  operator: string;
  estimated_rows: number | null;
  details: string | null;
  children: Step[];
}

export interface Answer {
  id: string;
  columns: string[];
  rows: unknown[][];
  graph: { nodes: Node[]; relationships: Relationship[] };
  plan: Step | null;
  milliseconds: number;
  truncated: { rows: boolean; bytes: boolean; graph: boolean };
  withheld: number;
  notes: string[];
}

export interface Position {
  offset: number;
  line: number;
  column: number;
}

export interface Favourite {
  name: string;
  title: string;
  cypher: string;
  own: boolean;
}
