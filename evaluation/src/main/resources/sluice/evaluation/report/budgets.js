// What networks with exits answer right for what: accuracy against multiply-adds.

const budgetChart = () => {
  const measured = report.strategies.flatMap((strategy, number) => strategy.runs.map((index) => report.runs[index]).filter((run) => run.budgets).map((run) => ({ number, name: run.strategy + ", seed " + run.seed, points: run.budgets })));
  if (!measured.length) return null;
  return chart({
    id: "budgets", wide: true, title: "Accuracy for multiply-adds",
    about: "Test accuracy against what test examples took on average, a point per budget. Thresholds were chosen on held-out examples.",
    height: 340,
    summary: () => measured.slice(0, 12).map(({ name, points }) => short(name, 20) + ": " + figure(points[0][2]) + " at " + grouped(points[0][1], 0) + ", " + figure(points.at(-1)[2]) + " at " + grouped(points.at(-1)[1], 0)).join("; ") + ".",
    data: () => table("Accuracy for multiply-adds", ["run", "budget", "multiply-adds", "accuracy"], measured.flatMap(({ name, points }) => points.map(([budget, spent, accuracy]) => [short(name, 60), grouped(budget, 0), grouped(spent, 0), figure(accuracy)])), { tall: true, textColumns: [0] }),
    option: () => {
      const colours = theme();
      const names = labels(measured.map(({ name }) => name), 24);
      return {
        grid: { left: 56, right: 34, top: 46, bottom: 66 },
        legend: legend({ data: names }),
        tooltip: tooltip((point) => [point.seriesName, grouped(point.value[0], 0) + " multiply-adds", "accuracy  " + figure(point.value[1])], { trigger: "item" }),
        xAxis: axis({ type: "log", min: "dataMin", max: "dataMax", name: "multiply-adds per test example, mean" }),
        yAxis: axis({ type: "value", scale: true }),
        dataZoom: zoom({ xAxisIndex: 0 }),
        series: measured.map(({ number, points }, index) => ({
          type: "line", name: names[index], symbol: symbols[number % symbols.length], symbolSize: 6, lineStyle: { width: 1.8 }, emphasis: { focus: "series" },
          itemStyle: { color: colours.series[number % colours.series.length] }, data: points.map(([, spent, accuracy]) => [spent, accuracy]),
        })),
      };
    },
  });
};
