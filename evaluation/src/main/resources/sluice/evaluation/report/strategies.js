// Strategies against each other: means with intervals, and accuracy against what it cost.

const costs = [
  ["macs", "multiply-adds of training", "count"], ["train_seconds", "seconds of training", "seconds"], ["memory_bytes", "bytes kept beside the network", "count"],
];

/** What a reader can follow in one chart. */
const MOST_BARS = 100;

const metricTitle = (key) => report.headline.find((metric) => metric.key === key)?.title ?? key;
const metricFormat = (key) => report.headline.find((metric) => metric.key === key)?.format ?? "count";

const has = (key) => report.strategies.some((strategy) => isNumber(strategy.metrics[key]?.mean));

const strategiesTable = () => {
  const metrics = report.headline.filter((metric) => has(metric.key));
  const best = new Map(metrics.map((metric) => [metric.key, metric.better * Math.max(...report.strategies.map((strategy) => strategy.metrics[metric.key]?.mean).filter(isNumber).map((value) => metric.better * value))]));
  return table("Means over seeds, \u00b1 half the 95 % interval (Student\u2019s t); the best mean of each column in bold", ["strategy", "runs", ...metrics.map((metric) => metric.title)],
    report.strategies.map((strategy) => [whole(strategy.name), strategy.count + (strategy.failedCount ? ", " + strategy.failedCount + " failed" : ""),
      ...metrics.map((metric) => {
        const summary = strategy.metrics[metric.key];
        return isNumber(summary?.mean) ? { text: withSpread(summary, metric.format), class: metric.better && summary.mean === best.get(metric.key) ? "best" : undefined } : { text: "\u2013", class: "missing", title: "undefined because " + oneLine(summary?.reason ?? "it was not measured") };
      })]), { tall: true, compact: true });
};

const strategyBars = () => {
  const metrics = report.headline.filter((metric) => has(metric.key));
  let key = metrics[0]?.key;
  const strategies = report.strategies.slice(0, MOST_BARS);
  const of = (strategy) => strategy.metrics[key] ?? { reason: "it was not measured" };
  const element = chart({
    id: "strategy-bars", title: "Strategies by metric",
    about: "Means over seeds; whiskers: 95 % confidence interval; dots: single runs." + (report.strategies.length > MOST_BARS ? " The first " + MOST_BARS + " strategies; the table above has more." : ""),
    height: () => Math.max(340, 90 + strategies.length * 34),
    controls: [choice("Metric", metrics.map((metric) => [metric.key, metric.title]), key, (value) => { key = value; element.draw(); })],
    summary: () => metricTitle(key) + ": " + strategies.slice(0, 12).map((strategy) => short(strategy.name, 24) + " " + withSpread(of(strategy), metricFormat(key))).join(", ") + ".",
    data: () => table(metricTitle(key) + " of each run", ["strategy", "mean", "half the 95 % interval", "runs"], strategies.map((strategy) => [whole(strategy.name), figure(of(strategy).mean, metricFormat(key)), figure(of(strategy).half, metricFormat(key)), strategy.runs.map((index) => report.runs[index].seed + ": " + figure(report.runs[index].metrics[key], metricFormat(key))).join(", ")]), { textColumns: [0, 3] }),
    option: (width) => {
      const colours = theme();
      const left = width < 520 ? 96 : 150;
      const format = metricFormat(key);
      return {
        grid: { left, right: 24, top: 10, bottom: 40 },
        tooltip: tooltip(({ dataIndex, seriesType, data }) => (seriesType === "scatter" ? [short(strategies[data[1]].name, 60) + ", seed " + data[2], metricTitle(key) + " " + figure(data[0], format)]
          : [short(strategies[dataIndex].name, 60), metricTitle(key) + " " + withSpread(of(strategies[dataIndex]), format), isNumber(of(strategies[dataIndex]).mean) ? "over " + plural(of(strategies[dataIndex]).n, "run") : "undefined because " + oneLine(of(strategies[dataIndex]).reason)])),
        xAxis: axis({ type: "value", max: format === "accuracy" && Math.max(...strategies.map((strategy) => of(strategy).mean ?? 0)) > 0.5 ? 1 : undefined, splitNumber: width < 560 ? 3 : 5, axisLabel: { formatter: (value) => (format === "share" ? grouped(100 * value, 0) + " %" : Math.abs(value) >= 1e5 ? value.toExponential(0) : String(Number(value.toFixed(4)))) } }),
        yAxis: axis({ type: "category", inverse: true, data: labels(strategies.map((strategy) => strategy.name), width < 520 ? 12 : 20), axisLabel: within(left - 14), splitLine: { show: false } }),
        dataZoom: zoom({ xAxisIndex: 0 }, false),
        series: [
          { type: "bar", barMaxWidth: 22, data: strategies.map((strategy, index) => ({ value: isNumber(of(strategy).mean) ? of(strategy).mean : "-", itemStyle: { color: colours.series[index % colours.series.length], borderRadius: 3 } })) },
          ...intervals(strategies.map(of), false),
          { type: "scatter", symbolSize: 6, z: 6, itemStyle: { color: colours.card, borderColor: colours.ink, borderWidth: 1.2 }, data: strategies.flatMap((strategy, y) => (strategy.count > 1 ? strategy.runs.map((index) => [report.runs[index].metrics[key], y, report.runs[index].seed]).filter(([value]) => isNumber(value)) : [])) },
        ],
      };
    },
  });
  return element;
};

const costChart = () => {
  const known = costs.filter(([key]) => has(key));
  if (!known.length) return null;
  let key = known[0][0];
  const strategies = report.strategies.slice(0, MOST_BARS);
  const points = () => strategies.map((strategy, index) => ({ index, cost: strategy.metrics[key], acc: strategy.metrics[score().metric] })).filter(({ cost, acc }) => isNumber(cost?.mean) && isNumber(acc?.mean));
  const title = () => known.find(([name]) => name === key)[1];
  const format = () => known.find(([name]) => name === key)[2];
  const element = chart({
    id: "accuracy-cost", title: score().title + " against cost",
    about: (report.numbers ? "Down" : "Up") + " and to the left is better. Whiskers: 95 % confidence intervals of " + score().name + ".",
    height: () => Math.max(340, 90 + Math.max(3, strategies.length) * 34),
    controls: [choice("Cost", known, key, (value) => { key = value; element.draw(); })],
    summary: () => points().slice(0, 12).map(({ index, cost, acc }) => short(strategies[index].name, 24) + ": " + score().name + " " + scored(acc.mean) + " for " + figure(cost.mean, format()) + " " + title()).join(", ") + ".",
    data: () => table(score().title + " against " + title(), ["strategy", score().name, title()], strategies.map((strategy) => [whole(strategy.name), scoredSpread(strategy.metrics[score().metric]), withSpread(strategy.metrics[key], format())])),
    option: (width) => {
      const colours = theme();
      const names = labels(strategies.map((strategy) => strategy.name), 18);
      const shown = points();
      const ends = shown.map(({ cost }) => cost.mean);
      const logarithmic = Math.min(...ends) > 0 && Math.max(...ends) / Math.min(...ends) > 20;
      const lows = shown.map(({ acc }) => acc.mean - (acc.half ?? 0));
      return {
        grid: { left: report.numbers ? 66 : 54, right: 36, top: 16, bottom: 46 },
        tooltip: tooltip(({ data }) => [short(strategies[data[2]].name, 60), score().name + " " + scoredSpread(strategies[data[2]].metrics[score().metric]), title() + " " + withSpread(strategies[data[2]].metrics[key], format())]),
        xAxis: axis({ splitNumber: width < 560 ? 3 : 5, type: logarithmic ? "log" : "value", name: title(), min: logarithmic ? undefined : 0, axisLabel: { formatter: (value) => (Math.abs(value) >= 1e5 ? value.toExponential(1) : String(Number(value.toPrecision(4)))) } }),
        yAxis: axis({ type: "value", min: report.numbers ? 0 : Math.max(0, Math.floor(10 * Math.min(...lows) - 0.5) / 10), max: score().most, axisLabel: { formatter: (value) => String(Number(report.numbers ? value.toPrecision(4) : value.toFixed(3))) } }),
        dataZoom: zoom({ xAxisIndex: 0 }, false).concat(zoom({ yAxisIndex: 0 }, false)),
        series: [
          { type: "custom", silent: true, z: 3, data: shown.filter(({ acc }) => isNumber(acc.half)).map(({ cost, acc }) => [cost.mean, acc.mean - acc.half, Math.min(score().most ?? Infinity, acc.mean + acc.half)]), encode: { x: 0, y: [1, 2] },
            renderItem: (parameters, api) => { const [x, y1] = api.coord([api.value(0), api.value(1)]); const y2 = api.coord([api.value(0), api.value(2)])[1]; return { type: "line", shape: { x1: x, y1, x2: x, y2 }, style: { stroke: colours.quiet, lineWidth: 1.4 } }; } },
          { type: "scatter", symbolSize: 14, data: shown.map(({ index, cost, acc }) => ({ value: [cost.mean, acc.mean, index], symbol: symbols[index % symbols.length], itemStyle: { color: colours.series[index % colours.series.length], borderColor: colours.card, borderWidth: 1 } })), labelLayout: { hideOverlap: true, moveOverlap: "shiftY" }, label: { show: true, position: "right", color: colours.ink, fontSize: 12, formatter: ({ value }) => names[value[2]] } },
        ],
      };
    },
  });
  return element;
};

const strategiesSection = () => (report.strategies.length < 2 ? null
  : section("strategies", "Strategies compared", strategiesTable(), make("div", { class: "grid" }, strategyBars(), costChart() ?? make("p", { class: "hint", text: score().title + " against cost is left out: neither multiply-adds nor seconds are known." }))));
