// ECharts, only the parts that are drawn. Loaded when a chart first comes into view.
import { LinesChart, LineChart, MapChart, SankeyChart } from "echarts/charts";
import { GeoComponent, GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([
  LineChart,
  LinesChart,
  MapChart,
  SankeyChart,
  GeoComponent,
  GridComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

export { echarts };
