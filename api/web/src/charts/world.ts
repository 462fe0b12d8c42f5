// The countries of the world as shapes, each under its ISO code, from world-atlas. Loaded when the map is opened.
import codes from "i18n-iso-countries/codes.json";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-50m.json";
import { echarts } from "./echarts";

const ISO = new Map((codes as string[][]).map(([two, , numeric]) => [numeric!, two!]));
const topology = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
const shapes = feature(topology, topology.objects.countries);

type Ring = [number, number][];

/** The middle of a country's largest ring, where a line to it can end. */
function middle(rings: Ring[]): [number, number] {
  const box = (ring: Ring) => {
    const [x, y] = [ring.map((point) => point[0]), ring.map((point) => point[1])];
    return [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)] as const;
  };
  const boxes = rings.map(box).sort((a, b) => (b[1] - b[0]) * (b[3] - b[2]) - (a[1] - a[0]) * (a[3] - a[2]));
  const [west, east, south, north] = boxes[0]!;
  return [(west + east) / 2, (south + north) / 2];
}

/** Go on past 180° where a ring crosses it, which would else be drawn as a line around the world. */
function unwrap(ring: Ring): void {
  for (let index = 1; index < ring.length; index += 1) {
    const step = ring[index]![0] - ring[index - 1]![0];
    if (Math.abs(step) > 180) ring[index]![0] -= Math.sign(step) * 360;
  }
}

export const middles = new Map<string, [number, number]>();
for (const shape of shapes.features) {
  const code = ISO.get(String(shape.id));
  shape.properties = { ...shape.properties, name: code ?? shape.properties.name };
  const geometry = shape.geometry;
  if (!code || (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon")) continue;
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((part) => part[0]);
  rings.forEach((ring) => unwrap(ring as Ring));
  middles.set(code, middle(rings as Ring[]));
}
// The seventh continent recruits nobody and would take a fifth of the height.
shapes.features = shapes.features.filter((shape) => shape.properties.name !== "AQ");
echarts.registerMap("world", shapes as never);
