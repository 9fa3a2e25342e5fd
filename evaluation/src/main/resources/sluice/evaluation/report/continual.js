// How tasks did between the steps of others: continual evaluation.

/** Moments of a run as [learning, step, accuracies by task], and the steps of the tasks before each that was learned. */
const momentsOf = (run) => {
  let from = 0;
  return run.continual.map(([learning, steps, tasks]) => {
    const part = { learning, from, steps, tasks };
    from += steps.at(-1);
    return part;
  });
};

/** Null where nothing was measured. */
const meanOf = (values) => { const known = values.filter(isNumber); return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null; };

const continualChart = (run, label) => {
  const measured = report.strategies.map((strategy) => strategy.runs.map((index) => report.runs[index]).find((one) => one.continual)).filter(Boolean);
  if (!measured.length) return null;
  let lines = run?.continual ? "tasks" : "strategies";
  let during = "all";
  const parts = (one) => momentsOf(one).filter(({ learning }) => during === "all" || learning === Number(during));
  const at = (part, point) => (during === "all" ? part.from : 0) + part.steps[point];
  /** Per line its name, its colour's number, and [step, accuracy, what was learned]. */
  const drawn = () => (lines === "tasks"
    ? report.tasks.map((task, j) => ({ name: task, number: j, points: parts(run).filter(({ learning }) => learning >= j).flatMap((part) => part.tasks[j].map((accuracy, point) => [at(part, point), accuracy, part.learning])) }))
    : measured.map((one) => ({ name: one.strategy, number: report.strategies.findIndex((strategy) => strategy.name === one.strategy), points: parts(one).filter(({ learning }) => learning > 0).flatMap((part) => part.steps.map((step, point) => [at(part, point), meanOf(part.tasks.slice(0, part.learning).map((accuracies) => accuracies[point])), part.learning])) }))
  ).map((line) => ({ ...line, points: line.points.filter(([, accuracy]) => isNumber(accuracy)) })).filter(({ points }) => points.length);
  const first = run?.continual ? run : measured[0];
  const element = chart({
    id: "continual-evaluation", wide: true, title: "Accuracy between steps, " + (run?.continual ? label : "strategies"),
    about: "Test accuracy while tasks are learned. A dip that recovers until the task is learned is the stability gap, which no accuracy matrix shows. Of strategies: the mean over earlier tasks, first seed measured.",
    height: 380,
    controls: [
      run?.continual && measured.length > 1 ? choice("Lines", [["tasks", "each task of this run"], ["strategies", "each strategy, earlier tasks"]], lines, (value) => { lines = value; element.draw(); }) : null,
      report.tasks.length > 1 ? choice("While learning", [["all", "all, in sequence"], ...report.tasks.map((task, index) => [index, task]).filter(([index]) => lines === "tasks" || index > 0)], during, (value) => { during = value; element.draw(); }) : null,
    ].filter(Boolean),
    summary: () => drawn().slice(0, 12).map(({ name, points }) => short(name, 20) + ": least " + figure(Math.min(...points.map(([, accuracy]) => accuracy))) + ", last " + figure(points.at(-1)[1])).join("; ") + ".",
    data: () => table("Accuracy between steps", [lines === "tasks" ? "task" : "strategy", "while learning", "step", "accuracy"], drawn().flatMap(({ name, points }) => points.map(([step, accuracy, learning]) => [short(name, 60), short(report.tasks[learning], 60), step, figure(accuracy)])), { tall: true, textColumns: [0, 1] }),
    option: () => {
      const colours = theme();
      const shown = drawn();
      const names = labels(shown.map(({ name }) => name), 16);
      const starts = during === "all" ? momentsOf(first).map(({ learning, from }) => ({ xAxis: from, learning })) : [];
      const many = starts.length > 20;
      return {
        grid: { left: 46, right: 18, top: 46, bottom: 66 },
        legend: legend({ data: names }),
        tooltip: tooltip((points) => ["step " + points[0].axisValue, ...points.map((point) => point.seriesName + "  " + figure(point.value[1]))], { trigger: "axis" }),
        xAxis: axis({ type: "value", min: 0, max: "dataMax", name: "step", splitLine: { show: false } }),
        yAxis: axis({ type: "value", min: 0, max: 1 }),
        dataZoom: zoom({ xAxisIndex: 0 }),
        series: shown.map(({ number, points }, index) => ({
          type: "line", name: names[index], showSymbol: false, symbol: symbols[number % symbols.length], lineStyle: { width: 1.8 }, emphasis: { focus: "series" },
          itemStyle: { color: colours.series[number % colours.series.length] }, data: points.map(([step, accuracy]) => [step, accuracy]),
          markLine: index === 0 && starts.length ? { silent: true, symbol: "none", lineStyle: { color: colours.line, type: "solid", width: 1 }, label: { show: !many, color: colours.quiet, fontSize: 11, formatter: ({ dataIndex }) => String(starts[dataIndex].learning + 1) }, data: starts.map(({ xAxis }) => ({ xAxis })) } : undefined,
        })),
      };
    },
  });
  return element;
};
