// The accuracy matrix, accuracy over the sequence, and forgetting, of a strategy's mean or of one run.

/** What matrices are made of: shares of right answers, or errors of predicted numbers. */
const ACCURACY = { title: "Accuracy", word: "accuracy", matrix: "Accuracy matrix R", tested: "test accuracy on that task", metric: "acc", name: "ACC", format: "accuracy", most: 1 };
const RMSE = { title: "RMSE", word: "RMSE", matrix: "RMSE", tested: "root of the mean squared error on that task\u2019s test rows, in units of its target", metric: "rmse", name: "RMSE", format: "number" };
const score = () => (report.numbers ? RMSE : ACCURACY);

/** A figure of the matrix, and one with its interval. */
const scored = (value) => figure(value, score().format);
const scoredSpread = (summary) => withSpread(summary, score().format);

/** A number of at most five digits, fewer where there is no room; empty where there is none at all. */
const compact = (value, room) => [5, 4, 3, 2, 1].map((digits) => String(Number(value.toPrecision(digits)))).find((text) => 7.5 * text.length <= room - 4) ?? "";

/** A cell of the chosen run, or the mean over seeds with half the interval; null where missing. */
const cellOf = (cell, run) => (!cell ? null : run && report.numbers ? { mean: cell[0], r2: cell[1], rows: cell[2] } : run ? { mean: cell[0], correct: cell[1], total: cell[2] } : { mean: cell[0], half: cell[1] });

/** The rows and columns of R that the page holds, by their places in report.shown. */
const matrixOf = (strategy, run) => ((run ?? strategy).matrix ?? []).map((row) => row.map((cell) => cellOf(cell, run)));

/** Per task, all of them, the accuracy right after it was learned ("learned") or in the last row ("last"). */
const ofTasks = (strategy, run, which) => ((run ?? strategy)[which] ?? []).map((cell) => cellOf(cell, run));

const afterLabel = (i, length = 18) => (i === 0 ? "untrained" : i + ": " + short(report.tasks[i - 1], length));

const cellText = (cell) => {
  if (!cell) return "not evaluated";
  const spread = isNumber(cell.half) ? " \u00b1 " + scored(cell.half) : "";
  return scored(cell.mean) + spread + (cell.rows ? " (R2 " + figure(cell.r2) + ", " + grouped(cell.rows, 0) + " rows)" : "") + (cell.total ? " (" + grouped(cell.correct, 0) + " of " + grouped(cell.total, 0) + ")" : "");
};

const chosen = () => {
  const strategy = state.strategy();
  const run = state.run();
  return { strategy, run, matrix: matrixOf(strategy, run), label: run ? "seed " + run.seed : "mean over " + strategy.count + " seeds" };
};

/** The tasks that matrices show, and what is said where these are not all. */
const shownTasks = () => report.shown.columns.map((column) => report.tasks[column]);
const shownWords = () => (report.shown.words ? " Shown: " + report.shown.words + "." : "");

const heatMap = () => {
  const { matrix, label } = chosen();
  const rows = matrix.map((row, at) => ({ row, index: report.shown.rows[at] })).filter(({ row }) => row.some(Boolean));
  const tasks = shownTasks();
  const numbers = report.shown.columns.map((column) => column + 1);
  return chart({
    id: "accuracy-matrix", wide: true, renderer: rendererOf(rows.length * tasks.length), title: score().matrix + ", " + label,
    about: "Row: after learning that many tasks. Column: " + score().tested + ". Framed: the task just learned. Reading a column downwards from its frame shows what is kept." + shownWords(),
    height: (width) => Math.min(900, Math.max(150, rows.length * (width < 560 ? 30 : 38)) + 84),
    summary: () => rows.length + " rows by " + tasks.length + " tasks; the last row is " + tasks.slice(0, 12).map((task, j) => short(task, 20) + " " + scored(matrix.at(-1)[j]?.mean)).join(", ") + (tasks.length > 12 ? ", and so on" : "") + ".",
    data: () => table(score().title + ", " + label, ["after", ...tasks.map((task) => whole(task))],
      rows.map(({ row, index }) => [index === 0 ? "untrained" : make("span", {}, index + ": ", whole(report.tasks[index - 1])), ...row.map((cell) => (cell ? cellText(cell) : { text: "\u2013", class: "missing", title: "not evaluated" }))]), { compact: !tasks.some((task) => task.length > 120) }),
    option: (width) => {
      const colours = theme();
      const left = width < 560 ? 84 : 150;
      const room = (width - left - 20) / tasks.length;
      const most = score().most ?? Math.max(...rows.flatMap(({ row }) => row.map((cell) => cell?.mean ?? 0)), Number.MIN_VALUE);
      const decimals = room >= 54 ? 4 : room >= 42 ? 3 : room >= 28 ? 2 : -1;
      const cells = rows.flatMap(({ row, index }, y) => row.map((cell, x) => {
        if (!cell) return { value: [x, y, "-"] };
        const fill = shade(colours.ramp, cell.mean / most);
        return {
          value: [x, y, cell.mean],
          itemStyle: index === numbers[x] ? { borderColor: colours.ink, borderWidth: room < 10 ? 1 : 2 } : { borderColor: colours.card, borderWidth: borderWithin(room) },
          label: { show: decimals >= 0, color: inkOn(fill), formatter: () => (report.numbers ? compact(cell.mean, room) : cell.mean.toFixed(decimals < 0 ? 0 : decimals).replace(/^0(?=\.)/, decimals === 2 ? "" : "0")), fontSize: room < 42 ? 11 : 12.5 },
        };
      }));
      // a frame is drawn over the cells around it
      cells.sort((a, b) => (numbers[a.value[0]] === rows[a.value[1]].index) - (numbers[b.value[0]] === rows[b.value[1]].index));
      const names = columnLabels(tasks, room, room > 90 ? 16 : room > 50 ? 9 : 6, numbers);
      return {
        grid: { left, right: 12, top: 34, bottom: 46 },
        xAxis: axis({ type: "category", data: names, position: "top", splitLine: { show: false }, axisLine: { show: false }, axisLabel: columnsWithin(room) }),
        yAxis: axis({ type: "category", data: rows.map(({ index }) => (width < 560 && index > 0 ? "after " + index : afterLabel(index, 16))), inverse: true, splitLine: { show: false }, axisLine: { show: false }, axisLabel: within(left - 14, { interval: rows.length > 40 ? Math.ceil(rows.length / 50) - 1 : 0 }) }),
        visualMap: { type: "continuous", min: 0, max: most, calculable: true, orient: "horizontal", left: "center", bottom: 2, itemWidth: 12, itemHeight: Math.min(180, width / 3), precision: 2, inRange: { color: colours.ramp }, text: [report.numbers ? scored(most) : "1", "0"], textStyle: { color: colours.quiet } },
        tooltip: tooltip(({ value: [x, y] }) => [numbers[x] + ": " + short(tasks[x], 60), (rows[y].index === 0 ? "untrained" : "after " + afterLabel(rows[y].index, 40)), cellText(rows[y].row[x])]),
        dataZoom: tasks.length > 24 ? zoom({ xAxisIndex: 0 }, false).concat(zoom({ yAxisIndex: 0 }, false)) : zoom({ xAxisIndex: 0 }, false),
        series: [{ type: "heatmap", data: cells, progressive: 0, emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 2 } } }],
      };
    },
  });
};

const overSequence = () => {
  const { strategy, run, matrix, label } = chosen();
  const tasks = shownTasks();
  const numbers = report.shown.columns.map((column) => column + 1);
  const rows = matrix.map((row, at) => ({ row, index: report.shown.rows[at] })).filter(({ row }) => row.some(Boolean));
  const [learned, last] = [ofTasks(strategy, run, "learned"), ofTasks(strategy, run, "last")];
  return chart({
    id: "accuracy-sequence", renderer: rendererOf(rows.length * tasks.length), title: score().title + " over the sequence, " + label,
    about: "A line per task, from the moment it is learned; dashed before. A flat line is a task that is kept." + shownWords(),
    height: 340,
    summary: () => "Each task from when it was learned to the end: " + report.tasks.slice(0, 12).map((task, j) => short(task, 20) + " from " + scored(learned[j]?.mean) + " to " + scored(last[j]?.mean)).join(", ") + (report.tasks.length > 12 ? ", and so on" : "") + ".",
    data: () => table(score().title + " of each task, " + label, ["task", ...rows.map(({ index }) => (index === 0 ? "untrained" : "after " + index))], tasks.map((task, j) => [whole(task), ...rows.map(({ row }) => scored(row[j]?.mean))])),
    option: (width) => {
      const names = labels(tasks, 16);
      const colours = theme();
      const many = tasks.length > 20;
      const lines = tasks.flatMap((task, j) => {
        const colour = colours.series[j % colours.series.length];
        const base = { type: "line", name: names[j], symbol: symbols[j % symbols.length], symbolSize: 7, showSymbol: !many, itemStyle: { color: colour }, connectNulls: true, emphasis: { focus: "series" } };
        const before = rows.map(({ row, index }) => (index <= numbers[j] ? row[j]?.mean ?? null : null));
        return [
          { ...base, lineStyle: { color: colour, width: 2.2 }, data: rows.map(({ row, index }) => (index >= numbers[j] ? row[j]?.mean ?? null : null)) },
          ...(before.filter(isNumber).length > 1 ? [{ ...base, symbolSize: 3, lineStyle: { color: colour, width: 1.2, type: "dashed", opacity: 0.55 }, data: before }] : []),
        ];
      });
      return {
        grid: { left: report.numbers ? 66 : 46, right: 14, top: 34, bottom: 62 },
        legend: legend({ data: names }),
        tooltip: tooltip((points) => [points[0].axisValue === "0" ? "untrained" : "after " + afterLabel(Number(points[0].axisValue), 40),
          ...[...new Map(points.filter((point) => isNumber(point.value)).map((point) => [point.seriesName, point.seriesName + "  " + scored(point.value)])).values()]], { trigger: "axis" }),
        xAxis: axis({ type: "category", data: rows.map(({ index }) => String(index)), name: "tasks learned", boundaryGap: false, splitLine: { show: false } }),
        yAxis: axis({ type: "value", min: 0, max: score().most }),
        dataZoom: zoom({ xAxisIndex: 0 }),
        series: lines,
      };
    },
  });
};

const forgettingPerTask = () => {
  const { strategy, run, label } = chosen();
  const tasks = report.tasks;
  const [learned, last] = [ofTasks(strategy, run, "learned"), ofTasks(strategy, run, "last")];
  const values = tasks.map((task, j) => (run ? (isNumber(run.forgetting[j]) ? { mean: run.forgetting[j] } : { reason: run.forgetting[j] }) : strategy.forgetting?.[j] ?? { reason: "this page holds the strategy's figures only" }));
  if (!values.some((value) => isNumber(value?.mean))) return null;
  return chart({
    id: "forgetting-tasks", renderer: rendererOf(4 * tasks.length), title: "Forgetting per task, " + label,
    about: report.definition.word + ": " + report.definition.meaning + ". Above 0 is a loss.",
    height: 340,
    summary: () => tasks.slice(0, 16).map((task, j) => short(task, 20) + " " + scored(values[j].mean)).join(", ") + ".",
    data: () => table("Forgetting per task (" + report.definition.word + "), " + label, ["task", "right after learning", "after the last task", "forgetting", "remark"], tasks.map((task, j) => [whole(task), scoredSpread(learned[j]), scoredSpread(last[j]), scoredSpread(values[j]), isNumber(values[j].mean) ? "" : "undefined because " + oneLine(values[j].reason)]), { textColumns: [0, 4] }),
    option: (width) => {
      const colours = theme();
      const room = (width - 70) / tasks.length;
      const names = columnLabels(tasks, room, room > 72 ? 14 : 8);
      const ends = values.filter((value) => isNumber(value.mean)).flatMap((value) => [value.mean - (value.half ?? 0), value.mean + (value.half ?? 0)]);
      const reach = Math.max(report.numbers && ends.some((end) => end !== 0) ? 0 : 0.01, ...ends.map(Math.abs)) * 1.05;
      const spread = values.some((value) => value.half > 0);
      return {
        grid: { left: report.numbers ? 72 : 56, right: 14, top: 22, bottom: tasks.length > 24 ? 60 : 44 },
        tooltip: tooltip(({ dataIndex }) => [short(tasks[dataIndex], 60), isNumber(values[dataIndex].mean) ? "forgetting " + scoredSpread(values[dataIndex]) : "undefined because " + oneLine(values[dataIndex].reason)]),
        xAxis: axis({ type: "category", data: names, axisLabel: columnsWithin(room), axisLine: { onZero: true, lineStyle: { color: colours.quiet } } }),
        yAxis: axis({ type: "value", min: Math.min(0, ...ends) < 0 ? -reach : 0, max: reach, axisLabel: { showMaxLabel: false, formatter: (value) => String(Number(report.numbers ? value.toPrecision(4) : value.toFixed(4))) } }),
        dataZoom: zoom({ xAxisIndex: 0 }, tasks.length > 24),
        series: [
          { type: "bar", barMaxWidth: 46, data: values.map((value) => ({ value: isNumber(value.mean) ? value.mean : "-", itemStyle: { color: value.mean > 0 ? colours.fresh : colours.reused } })), label: { show: room > 50 && !spread, position: "top", color: colours.ink, formatter: ({ value }) => (isNumber(value) ? scored(value) : "") } },
          ...intervals(values.map((value) => value ?? {})),
        ],
      };
    },
  });
};

const accuracySection = () => {
  const { matrix } = chosen();
  const detail = state.detailRun();
  if (!matrix.some((row) => row.some(Boolean))) return section("accuracy", score().title + (ofOneTask() ? "" : " and forgetting"), make("p", { class: "hint", text: state.strategy().metrics?.[score().metric]?.reason === "no task was tested" ? "Not tested: no task has test examples, so there is no " + (report.numbers ? "error" : "accuracy") + " to show." : state.strategy().count ? "This page holds the figures of the strategy chosen above only: choose one of the first strategies." : "No run of this strategy went to its end, so there is nothing to show." }));
  return section("accuracy", score().title + (ofOneTask() ? "" : " and forgetting"), make("div", { class: "grid" }, [heatMap(), overSequence(), ofOneTask() ? null : forgettingPerTask(), continualChart(detail, detail ? runLabel(detail) : ""), budgetChart()].filter(Boolean)));
};
