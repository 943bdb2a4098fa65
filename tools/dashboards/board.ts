// What a dashboard of ours may be: Grafana's own types, and for each kind of panel the options of that kind.
import type { Dashboard, DataQuery, FieldConfigSource, Panel } from "@grafana/schema";
import type * as stat from "@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen.d.ts";
import type * as table from "@grafana/schema/dist/types/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen.d.ts";
import type * as series from "@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen.d.ts";

// JSON has the values of enumerations, not their names.
type Plain<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;

// Grafana's own schema of a query of Prometheus is in no package; these are the fields that we use.
interface Query extends DataQuery {
  expr: string;
  legendFormat: string;
  format?: "time_series" | "table" | "heatmap";
  instant?: boolean;
}

type Told = "type" | "title" | "description" | "datasource" | "gridPos";
interface Shown<Kind extends string, Options, Custom>
  extends Omit<Panel, "options" | "fieldConfig" | "targets" | Told>,
    Required<Pick<Panel, Told>> {
  type: Kind;
  options?: Partial<Options>;
  fieldConfig: Pick<FieldConfigSource, "overrides"> & {
    defaults: Omit<FieldConfigSource["defaults"], "custom"> & { custom?: Partial<Custom> };
  };
  targets: Query[];
}

export type Board = Plain<
  Omit<Dashboard, "panels"> & {
    uid: string;
    title: string;
    panels: Array<
      | Shown<"stat", stat.Options, never>
      | Shown<"table", table.Options, table.FieldConfig>
      | Shown<"timeseries", series.Options, series.FieldConfig>
    >;
  }
>;
