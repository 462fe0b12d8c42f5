// Where the nodes of an answer stand: an answer of the console has no positions, and each drawing of it is the same.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Edge, Node } from "../drawing/graph";
import type { Answer } from "./answer";

const TICKS = 200;

/** The nodes and relationships of an answer as a drawing; coordinates from -1 to 1. */
export function drawn(graph: Answer["graph"]): { nodes: Node[]; edges: Edge[] } {
  const edges = graph.relationships.map(({ id, type, start, end }) => ({ id, source: start, target: end, text: type }));
  const bodies: (SimulationNodeDatum & { id: string })[] = graph.nodes.map(({ id }) => ({ id }));
  forceSimulation(bodies)
    .force("link", forceLink<(typeof bodies)[number], { source: string; target: string }>(edges.map(({ source, target }) => ({ source, target }))).id((body) => body.id).distance(40))
    .force("charge", forceManyBody().strength(-90))
    .force("collide", forceCollide(14))
    .force("middle", forceCenter())
    .force("x", forceX().strength(0.06))
    .force("y", forceY().strength(0.1))
    .stop()
    .tick(TICKS);
  const [wide, high] = [reach(bodies.map((body) => body.x ?? 0)), reach(bodies.map((body) => body.y ?? 0))];
  const nodes = graph.nodes.map((node, index) => ({
    id: node.id,
    kind: node.labels[0] ?? "",
    name: node.caption,
    centre: false,
    x: (bodies[index]!.x ?? 0) / wide,
    y: (bodies[index]!.y ?? 0) / high,
  }));
  return { nodes, edges };
}

function reach(values: number[]): number {
  return Math.max(1, ...values.map(Math.abs));
}
