// The gates: which units tasks use, what they share, how full the layers are, how decided the gates were.

/** "0-12 15" as [[0, 13], [15, 16]]. */
const ranges = (text) => (text ? text.split(" ").map((part) => { const [from, to] = part.split("-").map(Number); return [from, (to ?? from) + 1]; }) : []);

/** The parts of a that are in b, or with inside = false those that are not. */
const split = (a, b, inside) => a.flatMap(([from, to]) => {
  const parts = [];
  let at = from;
  for (const [low, high] of b) {
    if (high <= from || low >= to) continue;
    const [l, h] = [Math.max(low, from), Math.min(high, to)];
    if (inside) parts.push([l, h]);
    else if (l > at) parts.push([at, l]);
    at = h;
  }
  if (!inside && at < to) parts.push([at, to]);
  return parts;
});

const union = (a, b) => {
  const merged = [];
  for (const [from, to] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    if (merged.length && from <= merged.at(-1)[1]) merged.at(-1)[1] = Math.max(to, merged.at(-1)[1]);
    else merged.push([from, to]);
  }
  return merged;
};

const size = (parts) => parts.reduce((sum, [from, to]) => sum + to - from, 0);

/** Per layer, a line per task: units, and the ranges that it has open for the first time, reuses, and leaves to others. */
const unitsOf = (run) => {
  if (!unitsByRun.has(run)) unitsByRun.set(run, unitsRead(run));
  return unitsByRun.get(run);
};

const unitsByRun = new WeakMap();

const unitsRead = (run) => {
  const layers = new Map();
  for (const [task, layer, units, open, probabilities] of run.gates ?? []) {
    const lines = layers.get(layer) ?? [];
    const taken = lines.length ? lines.at(-1).takenAfter : [];
    const opened = ranges(open);
    lines.push({ task, units, fresh: split(opened, taken, false), reused: split(opened, taken, true), taken: split(taken, opened, false), takenAfter: union(taken, opened), bins: probabilities ? probabilities.split(" ").map(Number) : null });
    layers.set(layer, lines);
  }
  return layers;
};

const unitKinds = [["fresh", "opened first here"], ["reused", "reused"], ["taken", "taken, closed here"]];

const unitMap = (layer, lines, label) => {
  const widest = Math.max(...lines.map((line) => line.units));
  return chart({
    id: "units-layer-" + layer, wide: true, renderer: rendererOf(unitKinds.reduce((sum, [kind]) => sum + lines.reduce((all, line) => all + line[kind].length, 0), 0)), title: "Units of layer " + layer + " by task, " + label,
    about: "A row per task, a column per unit. Taken: frozen by earlier tasks. Blank: free when the task was consolidated. A unit once opened is frozen for good.",
    height: () => Math.min(1200, 110 + lines.length * Math.max(8, Math.min(28, 560 / lines.length))),
    summary: () => lines.slice(0, 12).map((line) => short(report.tasks[line.task], 20) + ": " + size(line.fresh) + " new, " + size(line.reused) + " reused, " + (line.units - size(line.takenAfter)) + " free of " + line.units).join("; ") + ".",
    data: () => table("Units of layer " + layer, ["task", "units", "open", "new", "reused", "left to earlier tasks", "free"], lines.map((line) => [whole(report.tasks[line.task]), line.units, size(line.fresh) + size(line.reused), size(line.fresh), size(line.reused), size(line.taken), line.units - size(line.takenAfter)])),
    option: (width) => {
      const colours = theme();
      const left = width < 560 ? 84 : 150;
      const names = labels(lines.map((line) => report.tasks[line.task]), width < 560 ? 9 : 18);
      const rectangle = (fill) => (parameters, api) => {
        const [x1, y] = api.coord([api.value(0), api.value(2)]);
        const x2 = api.coord([api.value(1), api.value(2)])[0];
        const height = Math.max(2, api.size([0, 1])[1] * 0.82);
        const shape = echarts.graphic.clipRectByRect({ x: x1, y: y - height / 2, width: Math.max(1, x2 - x1), height }, parameters.coordSys);
        return shape && { type: "rect", shape, style: { fill } };
      };
      return {
        grid: { left, right: 14, top: 34, bottom: 64 },
        legend: legend({ data: unitKinds.map(([, text]) => text), type: "plain" }),
        tooltip: tooltip(({ data, seriesName }) => [short(report.tasks[lines[data[2]].task], 60), (data[1] - data[0] === 1 ? "unit " + data[0] : "units " + data[0] + " to " + (data[1] - 1)), seriesName]),
        xAxis: axis({ type: "value", min: 0, max: widest, name: "unit", splitLine: { show: false }, axisLabel: { formatter: (value) => String(Math.round(value)) } }),
        yAxis: axis({ type: "category", data: names, inverse: true, splitLine: { show: false }, axisLabel: within(left - 14, { interval: lines.length > 40 ? "auto" : 0 }) }),
        dataZoom: zoom({ xAxisIndex: 0 }),
        series: [
          { type: "custom", progressive: 0, silent: true, tooltip: { show: false }, z: 1, encode: { x: [0, 1], y: 2 }, data: lines.map((line, y) => [0, line.units, y]), itemStyle: { color: colours.free }, renderItem: rectangle(colours.free) },
          ...unitKinds.map(([kind, name]) => ({ type: "custom", progressive: 0, name, z: 2, encode: { x: [0, 1], y: 2 }, itemStyle: { color: colours[kind] }, data: lines.flatMap((line, y) => line[kind].map(([from, to]) => [from, to, y])), renderItem: rectangle(colours[kind]) })),
        ],
      };
    },
  });
};

/** Occupancy from gates.csv, else from run.json. */
const occupancyOf = (run) => {
  const layers = new Map();
  for (const [layer, lines] of unitsOf(run)) layers.set("layer " + layer, lines.map((line) => ({ task: line.task, units: line.units, fresh: size(line.fresh), reused: size(line.reused), free: line.units - size(line.takenAfter) })));
  if (!layers.size) {
    for (const [task, layer, units, , fresh, reused, free] of run.ledger ?? []) {
      const name = layer.replace("_", " ");
      layers.set(name, [...(layers.get(name) ?? []), { task, units, fresh, reused, free }]);
    }
  }
  return layers;
};

const occupancyChart = (run, label) => {
  const layers = occupancyOf(run);
  if (!layers.size) return null;
  const tasks = [...layers.values()][0].map((line) => line.task);
  const rows = [...layers].flatMap(([layer, lines]) => lines.map((line) => [whole(report.tasks[line.task]), layer, line.units, line.fresh, line.reused, line.free, figure(1 - line.free / line.units, "share")]));
  return chart({
    id: "occupancy", title: "Occupancy over tasks, " + label, about: "Share of each layer\u2019s units that some task has frozen: how full the network is.",
    height: 330,
    summary: () => [...layers].map(([layer, lines]) => layer + " is full to " + figure(1 - lines.at(-1).free / lines.at(-1).units, "share") + " after the last task").join(", ") + ".",
    data: () => table("Units by task and layer", ["task", "layer", "units", "new", "reused", "free after", "occupancy"], rows, { textColumns: [0, 1] }),
    option: () => ({
      grid: { left: 50, right: 16, top: 34, bottom: 62 }, legend: legend(),
      tooltip: tooltip((points) => ["after " + afterLabel(points[0].dataIndex + 1, 40), ...points.map((point) => { const line = layers.get(point.seriesName)[point.dataIndex]; return point.seriesName + "  " + figure(point.value, "share") + ": " + line.fresh + " new, " + line.reused + " reused, " + line.free + " free"; })], { trigger: "axis" }),
      xAxis: axis({ type: "category", data: tasks.map((task) => String(task + 1)), name: "tasks learned", boundaryGap: false }),
      yAxis: axis({ type: "value", min: 0, max: 1, axisLabel: { formatter: (value) => 100 * value + " %" } }), dataZoom: zoom({ xAxisIndex: 0 }),
      series: [...layers].map(([layer, lines], index) => ({ type: "line", name: layer, symbol: symbols[index % symbols.length], symbolSize: 8, lineStyle: { width: 2.2 }, data: lines.map((line) => 1 - line.free / line.units) })),
    }),
  });
};

const squareMap = ({ wide = false, id, title, about, cells, rowNames, columnNames, low, high, digits, data, summary, controls, tip, rowAxis, columnAxis }) => {
  const tall = (width) => Math.min(720, Math.max(220, rowNames().length * (width < 480 ? 26 : 32)) + 100);
  const element = chart({
    id, title, about, controls, summary, data, wide, renderer: rendererOf(rowNames().length * columnNames().length),
    height: tall,
    option: (width) => {
      const colours = theme();
      const rows = rowNames();
      const left = width < 480 ? 74 : 110;
      const room = (width - left - 16) / columnNames().length;
      const columns = columnNames(room);
      const rowRoom = (tall(width) - 74) / rows.length;
      const rowLabels = rows.length > 30 ? rows.map((name) => "task " + (report.tasks.indexOf(name) + 1)) : labels(rows, width < 480 ? 8 : 13);
      return {
        grid: { left, right: 14, top: 12, bottom: 62 },
        xAxis: axis({ type: "category", data: columnLabels(columns, room, room > 80 ? 14 : room > 44 ? 8 : 5), name: columnAxis, splitLine: { show: false }, axisLabel: columnsWithin(room) }),
        yAxis: axis({ type: "category", data: rowLabels, inverse: true, splitLine: { show: false }, axisLabel: within(left - 14, { interval: rows.length > 30 ? "auto" : 0 }), name: rowAxis, nameGap: left - 16 }),
        tooltip: tooltip(({ value }) => tip(value)),
        dataZoom: zoom({ xAxisIndex: 0 }, false),
        series: [{ type: "heatmap", progressive: 0, data: cells().map(([x, y, value, share = value]) => { const fill = shade(colours.ramp, (share - low) / (high - low)); return { value: [x, y, value], itemStyle: { color: fill, borderColor: colours.card, borderWidth: borderWithin(Math.min(room, rowRoom)) }, label: { show: room > 30 && rowRoom > 14, color: inkOn(fill), fontSize: 11.5, formatter: () => digits(value) } }; }) }],
        visualMap: { show: false, min: low, max: high, seriesIndex: [] },
      };
    },
  });
  return element;
};

/** Where each of some tasks stands. */
const places = (tasks) => new Map(tasks.map((task, at) => [task, at]));

/** Per layer the pairs of tasks, as [task, earlier task, Jaccard index]. */
const overlapsOf = (run) => {
  const layers = new Map();
  for (const [task, layer, earlier, indices] of run.overlaps ?? []) {
    const pairs = layers.get(layer) ?? [];
    earlier.forEach((before, at) => pairs.push([task, before, indices[at]]));
    layers.set(layer, pairs);
  }
  return layers;
};

const overlapChart = (run, label) => {
  const overlaps = overlapsOf(run);
  if (!overlaps.size) return null;
  const layers = [...overlaps.keys()];
  let chosenLayer, pairs, later, earlier;
  const choose = (layer) => {
    chosenLayer = layer;
    pairs = overlaps.get(layer).filter(([, , jaccard]) => isNumber(jaccard));
    later = [...new Set(pairs.map(([task]) => task))].sort((a, b) => a - b);
    earlier = [...new Set(pairs.map(([, before]) => before))].sort((a, b) => a - b);
  };
  choose(layers[0]);
  const element = squareMap({
    id: "overlap", title: "Overlap between tasks, " + label, about: "Jaccard index: units open in both tasks, of those open in either.",
    low: 0, high: 1, digits: (value) => value.toFixed(2), columnAxis: "earlier task",
    controls: layers.length > 1 ? [choice("Layer", layers.map((layer) => [layer, layer.replace("_", " ")]), chosenLayer, (value) => { choose(value); element.draw(); })] : [],
    rowNames: () => later.map((task) => report.tasks[task]), columnNames: () => earlier.map((task) => report.tasks[task]),
    cells: () => { const [rows, columns] = [places(later), places(earlier)]; return pairs.map(([task, before, jaccard]) => [columns.get(before), rows.get(task), jaccard]); },
    tip: ([x, y, value]) => [short(report.tasks[later[y]], 40) + " and " + short(report.tasks[earlier[x]], 40), "Jaccard " + figure(value)],
    summary: () => chosenLayer.replace("_", " ") + ": " + pairs.slice(0, 15).map(([task, before, jaccard]) => short(report.tasks[task], 16) + " and " + short(report.tasks[before], 16) + " " + figure(jaccard)).join(", ") + ".",
    data: () => table("Jaccard index by pair of tasks and layer", ["task", "earlier task", "layer", "Jaccard"], layers.flatMap((layer) => overlaps.get(layer).map(([task, before, jaccard]) => [whole(report.tasks[task]), whole(report.tasks[before]), layer.replace("_", " "), figure(jaccard)])), { textColumns: [0, 1, 2] }),
  });
  return element;
};

const probabilityChart = (run, label) => {
  const layers = [...unitsOf(run)].filter(([, lines]) => lines.some((line) => line.bins));
  if (!layers.length) return null;
  let index = 0;
  const lines = () => layers[index][1].filter((line) => line.bins);
  const bins = Array.from({ length: 10 }, (_, bin) => (bin / 10).toFixed(1).replace("0.", ".") + "\u2013" + ((bin + 1) / 10).toFixed(1).replace("0.", "."));
  const total = (line) => Math.max(1, line.bins.reduce((sum, count) => sum + count, 0));
  const decided = (line) => (line.bins[0] + line.bins[9]) / total(line);
  const element = squareMap({
    id: "gate-probabilities", wide: true, title: "Gate probabilities at consolidation, " + label, about: "Gates by open probability; colour: share of the layer. Decided gates are at the ends.",
    low: 0, high: 1, digits: String, columnAxis: "open probability",
    controls: layers.length > 1 ? [choice("Layer", layers.map(([layer], at) => [at, "layer " + layer]), index, (value) => { index = Number(value); element.draw(); })] : [],
    rowNames: () => lines().map((line) => report.tasks[line.task]), columnNames: (room = Infinity) => (room > 40 ? bins : bins.map((bin) => bin.slice(0, 2))),
    cells: () => lines().flatMap((line, y) => line.bins.map((count, x) => [x, y, count, count / total(line)])),
    tip: ([x, y, value]) => [short(report.tasks[lines()[y].task], 60), plural(value, "gate") + " with open probability " + bins[x]],
    summary: () => "layer " + layers[index][0] + ": " + lines().slice(0, 12).map((line) => short(report.tasks[line.task], 20) + " " + figure(decided(line), "share") + " decided").join(", ") + ".",
    data: () => table("Gates by open probability", ["task", "layer", ...bins, "decided"], layers.flatMap(([layer, all]) => all.filter((line) => line.bins).map((line) => [whole(report.tasks[line.task]), layer, ...line.bins, figure(decided(line), "share")]))),
  });
  return element;
};

/** A setting as words: "linear, start 1, rate 0.5". */
const words = (value) => (value === null || value === undefined ? "\u2013" : Array.isArray(value) ? value.map(words).join(", ") : typeof value === "object" ? Object.entries(value).map(([key, inner]) => key.replaceAll("_", " ") + " " + words(inner)).join(", ") : String(value));

const gateSettings = (run) => {
  const gates = run.record?.settings?.gates;
  if (!gates) return null;
  const names = [["estimator", "Gradient estimator"], ["neuron", "Neuron"], ["sampling", "Sampling"], ["slope", "Slope (schedule)"], ["granularity", "Granularity"], ["sparsity", "Sparsity"], ["budget", "Budget"], ["learning_rate", "Gates\u2019 learning rate"]];
  return make("dl", { class: "settings", id: "gate-settings" }, names.filter(([key]) => key in gates).map(([key, title]) => make("div", {}, make("dt", { text: title }), make("dd", { text: short(words(gates[key]), 120) }))));
};

const gatesSection = () => {
  const run = state.detailRun();
  const gated = report.runs.some((one) => one.gates || one.ledger?.length);
  if (!gated) return null;
  if (!run?.gates && !run?.ledger?.length) {
    return section("gates", "Gates", make("p", { class: "hint", text: "The strategy chosen above has no gates, or this page holds them of another seed only: choose another to see its units." }));
  }
  const label = runLabel(run);
  const layers = unitsOf(run);
  return section("gates", "Gates", gateSettings(run),
    make("div", { class: "grid" }, [...layers].map(([layer, lines]) => unitMap(layer, lines, label)), occupancyChart(run, label), overlapChart(run, label), probabilityChart(run, label)),
    layers.size ? null : make("p", { class: "hint", style: "margin-top:10px", text: "The map of units by task is left out: the run has no gates.csv." }));
};
