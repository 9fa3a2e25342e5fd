// How each task was learned, what it is taken for now, and the pictures that it gets wrong.

const curveChart = (run, label) => {
  if (!run.curves) return null;
  let task = "all";
  const curves = () => run.curves.filter(([index]) => task === "all" || index === Number(task));
  const answered = run.curves.some(([, , , accuracies]) => accuracies.some(isNumber));
  const panels = answered ? [0, 1] : [0];
  const offsets = () => { let at = 0; return curves().map(([, steps]) => { const from = task === "all" ? at : 0; at += steps.at(-1); return from; }); };
  const element = chart({
    id: "learning-curves", wide: true, title: "Learning curves, " + label,
    about: answered ? "Above, mean loss since the point before; below, share of training examples answered correctly before the update." : "Mean loss since the point before.",
    height: answered ? 460 : 300,
    controls: run.curves.length > 1 ? [choice("Task", [["all", "all, in sequence"], ...run.curves.map(([index]) => [index, report.tasks[index]])], task, (value) => { task = value; element.draw(); })] : [],
    summary: () => curves().slice(0, 12).map(([index, steps, losses, accuracies]) => short(report.tasks[index], 20) + ": loss from " + figure(losses[0]) + " to " + figure(losses.at(-1)) + (answered ? ", accuracy " + figure(accuracies.at(-1)) : "") + " after " + plural(steps.at(-1), "step")).join("; ") + ".",
    data: () => table("Learning curves, " + label, ["task", "step", "epoch", "loss", ...(answered ? ["accuracy"] : [])], curves().flatMap(([index, steps, losses, accuracies, epochs]) => steps.map((step, at) => [short(report.tasks[index], 60), step, epochs[at], figure(losses[at]), ...(answered ? [figure(accuracies[at])] : [])]))),
    option: () => {
      const colours = theme();
      const from = offsets();
      const names = labels(curves().map(([index]) => report.tasks[index]), 16);
      const line = (at, values, panel) => ({ type: "line", name: names[at], xAxisIndex: panel, yAxisIndex: panel, showSymbol: false, symbol: symbols[at % symbols.length], lineStyle: { width: 1.8 }, itemStyle: { color: colours.series[curves()[at][0] % colours.series.length] }, data: values.map((value, point) => [from[at] + curves()[at][1][point], value]) });
      return {
        legend: legend(),
        grid: [{ left: 56, right: 16, top: 40, height: 158 }, { left: 56, right: 16, top: 232, height: 148 }].slice(0, panels.length),
        axisPointer: { link: [{ xAxisIndex: "all" }] },
        tooltip: tooltip((points) => ["step " + points[0].axisValue, ...points.filter((point) => isNumber(point.value[1])).map((point) => point.seriesName + "  " + (point.axisIndex === 0 ? "loss " : "accuracy ") + figure(point.value[1]))], { trigger: "axis" }),
        xAxis: panels.map((panel) => axis({ type: "value", gridIndex: panel, min: 0, max: "dataMax", name: panel === panels.at(-1) ? "step" : "", axisLabel: { show: panel === panels.at(-1) }, splitLine: { show: false } })),
        yAxis: [axis({ type: "value", gridIndex: 0, name: "loss", nameGap: 40 }), axis({ type: "value", gridIndex: 1, name: "accuracy", nameGap: 40, min: 0, max: 1 })].slice(0, panels.length),
        dataZoom: zoom({ xAxisIndex: panels }),
        series: curves().flatMap(([, , losses, accuracies], at) => [line(at, losses, 0), ...(answered ? [line(at, accuracies, 1)] : [])]),
      };
    },
  });
  return element;
};

const confusionChart = (run, task, label) => {
  const matrix = run.confusion?.find(([index]) => index === task);
  if (!matrix) return null;
  const [, classes, cells] = matrix;
  const actual = classes.map((name, index) => index).filter((index) => cells.some(([a]) => a === index));
  const totals = new Map(actual.map((index) => [index, cells.filter(([a]) => a === index).reduce((sum, [, , count]) => sum + count, 0)]));
  return squareMap({
    id: "confusion", title: "Confusion of classes: " + short(report.tasks[task], 40) + ", " + label, about: "Test data after the last task. Rows: the class; columns: the answer; colour: share of the row.",
    low: 0, high: 1, digits: String, columnAxis: "answer",
    rowNames: () => actual.map((index) => classes[index]), columnNames: () => classes,
    cells: () => actual.flatMap((index, y) => classes.map((name, x) => { const count = cells.find(([a, p]) => a === index && p === x)?.[2] ?? 0; return [x, y, count, count / totals.get(index)]; })),
    tip: ([x, y, value]) => ["class " + short(classes[actual[y]], 40) + ", answered " + short(classes[x], 40), grouped(value, 0) + " of " + grouped(totals.get(actual[y]), 0) + ", " + figure(value / totals.get(actual[y]), "share")],
    summary: () => actual.slice(0, 12).map((index) => short(classes[index], 20) + ": " + figure((cells.find(([a, p]) => a === index && p === index)?.[2] ?? 0) / totals.get(index), "share") + " right").join(", ") + ".",
    data: () => table("Answers by class", ["class", "answer", "count", "share of the class"], cells.map(([a, p, count]) => [whole(classes[a]), whole(classes[p]), grouped(count, 0), figure(count / totals.get(a), "share")]), { textColumns: [0, 1] }),
  });
};

/** Precision, recall, F1 and rows of each class of a task. */
const classTable = (run, task, label) => {
  const matrix = run.confusion?.find(([index]) => index === task);
  if (!matrix) return null;
  const [, classes, , figures] = matrix;
  const row = (name, [precision, recall, f1, rows]) => [name, figure(precision), figure(recall), figure(f1), grouped(rows, 0)];
  return make("figure", { id: "classes" },
    make("figcaption", {}, make("h3", { text: "Classes: " + short(report.tasks[task], 40) + ", " + label }), make("p", { class: "small", text: "Answers to the task\u2019s own test rows after the last task. A class that is never predicted has no precision; the macro average counts it as 0. Classes without test rows are left out." })),
    table("Figures by class", ["class", "precision", "recall", "F1", "rows"], [...figures.slice(0, -1).map((one, index) => row(whole(classes[index]), one)), row("macro average", figures.at(-1))]));
};

const picture = (width, height, kinds, pixels) => {
  const canvas = make("canvas", { width, height, "aria-hidden": "true" });
  const bytes = atob(pixels);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++) image.data[4 * at + channel] = bytes.charCodeAt(kinds * at + (kinds === 3 ? channel : 0));
    image.data[4 * at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
};

const hardestExamples = (run, task, label) => {
  const examples = (run.hardest ?? []).filter(([index]) => index === task).sort((a, b) => a[1] - b[1]);
  if (!examples.length) return null;
  return make("figure", { id: "hardest" },
    make("figcaption", {}, make("h3", { text: "Hardest examples: " + short(report.tasks[task], 40) + ", " + label }), make("p", { class: "small", text: "Wrong answers of the last evaluation, those first whose class was thought least likely." })),
    make("ol", { class: "pictures" }, examples.map(([, , actual, predicted, probability, width, height, kinds, pixels]) => make("li", {}, picture(width, height, kinds, pixels),
      make("span", { text: "class " + short(actual, 24) }), make("span", { text: "answered " + short(predicted, 24) }), make("span", { class: "small", text: "p of the class " + figure(probability) })))));
};

/** What a table of passes says of held-out examples. */
const held = (passes) => (passes.some(([, , , , right]) => right === null) ? "held-out RMSE, in deviations that targets are scaled by" : "held-out accuracy");

/** Which pass over its training examples was kept of each task, where held-out ones chose it. */
const passesTable = (run, label) => (!run.passes ? null : make("figure", { id: "passes", class: "wide" }, make("h3", { text: "Passes kept, " + label }),
  make("p", { class: "hint", text: "Examples held out of each task's training were answered after every pass; the pass that answered them best was kept, and training ended when it had waited long enough for a better one. Test examples had no part in it." }),
  table("Passes over the training examples", ["task", "kept", "trained", "at the most", held(run.passes), "held-out examples"],
    run.passes.map(([task, kept, trained, most, right, all, error]) => [whole(report.tasks[task]), kept, trained, most, figure(right === null ? error : right / all), grouped(all, 0)]), { tall: true })));

const tasksSection = () => {
  const run = state.detailRun();
  if (!report.runs.some((one) => one.curves || one.confusion || one.hardest)) return null;
  if (!run || !(run.curves || run.confusion || run.hardest)) return section("tasks", "Tasks", make("p", { class: "hint", text: "This page holds no learning curves, confusion matrices or examples of the run chosen above: choose another strategy or seed." }));
  const label = runLabel(run);
  const details = make("div", { class: "grid" });
  const show = (task) => {
    forget(details);
    details.replaceChildren(...[confusionChart(run, task, label), classTable(run, task, label), hardestExamples(run, task, label)].filter(Boolean));
    charts.filter((one) => details.contains(one.element)).forEach((one) => one.draw());
  };
  const tasks = report.tasks.map((name, index) => index).filter((index) => run.confusion?.some(([task]) => task === index) || run.hardest?.some(([task]) => task === index));
  const result = section("tasks", "Tasks", make("div", { class: "grid" }, curveChart(run, label), passesTable(run, label)),
    tasks.length > 1 ? make("p", { style: "margin:16px 0 0" }, choice("Task", tasks.map((index) => [index, report.tasks[index]]), tasks[0], (value) => show(Number(value)))) : null, details);
  if (tasks.length) show(tasks[0]);
  return result;
};
