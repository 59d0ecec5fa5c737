/**
 * Draws the charts of a page from the numbers in `data-chart`; the table beside each holds the same (docs/adr/0021).
 * SVG without animation and without HTML tooltips: the Content-Security-Policy allows no inline style.
 */
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import "./chart.css";

echarts.use([LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface ChartData {
  weeks: string[];
  series: { name: string; values: number[] }[];
}

/** Colours that stay apart for people who see few; each line also has its own mark and dash. */
const COLOURS = ["#5b6b73", "#1c4f8f", "#8a5300", "#1d6b45", "#0b414c"];
const MARKS = ["circle", "rect", "triangle", "diamond", "pin"];
const DASHES: ("solid" | "dashed" | "dotted")[] = ["dotted", "dashed", "solid", "dashed", "solid"];

function draw(place: HTMLElement): void {
  const data = JSON.parse(place.dataset["chart"] ?? "{}") as ChartData;
  place.classList.add("is-drawn");
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 };
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    color: COLOURS,
    textStyle: font,
    grid: { left: 8, right: 24, top: place.clientWidth < 600 ? 104 : 48, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 32, textStyle: font },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: font },
    xAxis: { type: "category", data: data.weeks, axisLabel: { ...font, hideOverlap: true } },
    yAxis: { type: "value", minInterval: 1, axisLabel: font },
    series: data.series.map((one, place) => ({
      name: one.name,
      type: "line",
      data: one.values,
      symbol: MARKS[place % MARKS.length],
      symbolSize: 9,
      lineStyle: { width: 2, type: DASHES[place % DASHES.length] },
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(place);
}

function drawAll(): void {
  document.querySelectorAll<HTMLElement>("[data-chart]:not(.is-drawn)").forEach(draw);
}

drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
