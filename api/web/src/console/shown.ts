// Values of a row as a reader would write them.

interface Thing {
  labels?: string[];
  type?: string;
  start?: string;
  end?: string;
  id?: string;
  properties: Record<string, unknown>;
}

function isThing(value: object): value is Thing {
  return "properties" in value && ("labels" in value || "type" in value);
}

/** A value in one line: texts as they are, nodes and relationships by their name as Cypher draws them, all else JSON. */
export function written(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return value;
  if (typeof value !== "object" || !isThing(value)) return JSON.stringify(value);
  if (value.labels) return `(:${value.labels.join(":")} ${String(value.properties.name ?? value.id ?? "")})`;
  return `-[:${value.type}]->`;
}
