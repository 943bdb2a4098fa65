// That these types refuse something: tsc fails here if one of the marked lines is accepted.
import type { Board } from "./board.ts";

type One = Board["panels"][number];
const datasource = { type: "prometheus", uid: "ekel-prometheus" };
const whole = {
  title: "t",
  description: "",
  datasource,
  gridPos: { x: 0, y: 0, w: 6, h: 5 },
  fieldConfig: { defaults: { unit: "s" }, overrides: [] },
  targets: [{ refId: "A", datasource, expr: "up", legendFormat: "" }],
};

export const good: One = { ...whole, type: "stat", options: { colorMode: "value" } };
// @ts-expect-error no such kind of panel
export const kind: One = { ...whole, type: "graph" };
// @ts-expect-error no such value of an enumeration
export const value: One = { ...whole, type: "stat", options: { colorMode: "red" } };
// @ts-expect-error an option of another kind
export const option: One = { ...whole, type: "table", options: { colorMode: "value" } };
// @ts-expect-error a query without its expression
export const query: One = { ...whole, type: "timeseries", targets: [{ refId: "A", legendFormat: "" }] };
// @ts-expect-error misspelt
export const word: One = { ...whole, type: "timeseries", discription: "" };
