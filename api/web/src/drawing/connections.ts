// What `/v1/graph/neighbourhood` and `/v1/graph/paths` answer, as it is drawn.
import type { Row } from "../rest";
import { counted, said, words } from "../words/index.svelte";
import type { Edge, Node } from "./graph";

export interface Connected {
  nodes: Row[];
  edges: Row[];
  total_nodes: number;
  total_edges: number;
  paths?: Row[];
}

export function drawnNodes(answer: Connected | null): Node[] {
  return (answer?.nodes ?? []).map((node) => ({
    id: String(node.id),
    kind: String(node.label),
    name: String((words.language === "zh" && node.name_zh) || node.name),
    centre: node.centre === true,
    x: node.x as number,
    y: node.y as number,
  }));
}

export function drawnEdges(answer: Connected | null): Edge[] {
  return (answer?.edges ?? []).map((edge) => ({
    id: String(edge.id),
    source: String(edge.source),
    target: String(edge.target),
    text: [named(edge), edge.stories === null ? "" : counted(edge.stories as number, "stories")].join(" ").trim(),
  }));
}

/** What joins the two ends: the part that each has in the same claims, or the direct relationship. */
export function named(edge: Row): string {
  return [edge.role, edge.other_role].filter(Boolean).map((role) => said("slot", String(role))).join(" – ");
}

/** The id of an entity, from that of its node: `Region:CN-ZJ` is `CN-ZJ`. */
export function entityOf(node: string): string {
  return node.slice(node.indexOf(":") + 1);
}
