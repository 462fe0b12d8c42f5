// The drawing itself, by Cytoscape on a canvas: 500 nodes are moved and zoomed as one picture while a hand is on them.
import cytoscape, { type Core, type StylesheetJson } from "cytoscape";
import { font, token } from "../theme.svelte";
import { below, colour, corners, type Edge, type Node } from "./graph";

/** How large things are on the screen, in pixels, however the whole is zoomed. */
export interface Sizes {
  radius: number;
  letters: number;
  zoom: number;
}

const SHEET = "__________cytoscape_stylesheet";
/** Nodes farther apart than this many times the first view are no longer a graph to look at. */
export const ZOOMS = { minZoom: 0.4, maxZoom: 12 };

/** An empty drawing in an element. */
export function canvas(container: HTMLElement): Core {
  // Cytoscape would add a style element, which the page's policy refuses, unless there is one of this id.
  if (!document.getElementById(SHEET)) document.head.append(Object.assign(document.createElement("meta"), { id: SHEET }));
  return cytoscape({
    container,
    ...ZOOMS,
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
    textureOnViewport: true,
    layout: { name: "preset" },
  });
}

/** Put these nodes and edges in place of all there were; `at` says where a node stands. */
export function fill(cy: Core, nodes: readonly Node[], edges: readonly Edge[], at: (node: Node) => { x: number; y: number }): void {
  const known = new Set(nodes.map((node) => node.id));
  cy.batch(() => {
    cy.elements().remove();
    cy.add([
      ...nodes.map((node) => ({ data: { id: node.id, name: shortened(node.name) }, classes: [kindClass(node.kind), ...(node.centre ? ["centre"] : [])], position: at(node) })),
      // Ids of edges are their own: an answer of the console may number its relationships as it does its nodes.
      ...edges
        .filter((edge) => known.has(edge.source) && known.has(edge.target))
        .map((edge) => ({ data: { id: `edge ${edge.id}`, source: edge.source, target: edge.target, text: edge.text } })),
    ]);
  });
}

/** What every element looks like: the page's colours as they are now, sizes that hold on the screen. */
export function look(kinds: readonly string[], { radius, letters, zoom }: Sizes): StylesheetJson {
  const node = (scale: number) => ({ width: (2 * radius * scale) / zoom, height: (2 * radius * scale) / zoom });
  return [
    {
      selector: "node",
      style: {
        ...node(1.1),
        "border-width": 1.5 / zoom,
        "border-color": token("surface"),
        color: token("ink"),
        "font-family": font(),
        "font-size": letters / zoom,
        "text-valign": "center",
        "text-margin-y": (below(radius) - letters / 3) / zoom,
        "text-outline-color": token("surface"),
        "text-outline-width": 2 / zoom,
        "text-events": "no",
        "overlay-opacity": 0,
      },
    },
    { selector: "node.named", style: { label: "data(name)" } },
    { selector: "node.centre", style: node(1.6) },
    ...kinds.map((kind) => ({ selector: `.${kindClass(kind)}`, style: { "background-color": token(colour(kind)), ...outline(kind) } })),
    {
      selector: "edge",
      style: { "curve-style": "haystack", "haystack-radius": 0, width: 1 / zoom, "line-color": token("line-strong"), opacity: 0.45, "overlay-opacity": 0 },
    },
    { selector: "edge.lit", style: { "line-color": token("accent"), width: 2 / zoom, opacity: 1 } },
    { selector: "node.lit", style: { "border-color": token("focus"), "border-width": 4 / zoom } },
  ] as StylesheetJson;
}

export function shortened(name: string): string {
  return name.length > 28 ? `${name.slice(0, 27)}…` : name;
}

function kindClass(kind: string): string {
  return `kind-${kind}`;
}

function outline(kind: string): object {
  const points = corners(kind);
  return points.length ? { shape: "polygon", "shape-polygon-points": points.flat().join(" ") } : { shape: "ellipse" };
}
