// What is computed for which example: blocks that gaters open, class by class, and examples by how far they went.

const gateClassChart = (run, label) => ([layer, classes, shares]) => {
  const widest = shares.flat().reduce((most, share) => Math.max(most, share), 1);
  return chart({
    id: "gate-classes-" + layer, wide: true, renderer: rendererOf(classes.length * shares[0].length), title: "Gates of layer " + layer + " by class, " + label,
    about: "Share of a class\u2019s test examples that have a block of units open. Rows that look alike mean gates that do not tell classes apart.",
    height: () => Math.min(900, 120 + classes.length * 24),
    summary: () => classes.slice(0, 12).map((name, y) => short(name, 20) + ": " + shares[y].filter((share) => share > 50).length + " blocks open for more than half").join(", ") + ".",
    data: () => table("Blocks open for more than half of a class", ["class", "blocks", "of"], classes.map((name, y) => [whole(name), shares[y].filter((share) => share > 50).length, shares[y].length]), { textColumns: [0] }),
    option: (width) => {
      const colours = theme();
      const left = width < 560 ? 60 : 110;
      return {
        grid: { left, right: 14, top: 34, bottom: 64 },
        tooltip: tooltip(({ data }) => ["class " + short(classes[data[1]], 40), "block " + (data[0] + 1), "open for " + data[2] + " %"], { trigger: "item" }),
        visualMap: { show: false, min: 0, max: widest, dimension: 2, inRange: { color: [colours.free, colours.fresh] } },
        xAxis: axis({ type: "category", data: shares[0].map((share, block) => String(block + 1)), name: "block", splitLine: { show: false } }),
        yAxis: axis({ type: "category", data: labels(classes, 14), inverse: true, splitLine: { show: false }, axisLabel: within(left - 14) }),
        dataZoom: zoom({ xAxisIndex: 0 }),
        series: [{ type: "heatmap", progressive: 0, data: shares.flatMap((row, y) => row.map((share, x) => [x, y, share])) }],
      };
    },
  });
};

const stoppedExamples = (run, label) => {
  if (!run.stopped) return null;
  const exits = [...new Set(run.stopped.map(([exit]) => exit))];
  return make("figure", { id: "stopped", class: "wide" },
    make("figcaption", {}, make("h3", { text: "Examples by how far they went, " + label }), make("p", { class: "small", text: "Test examples that stop at each exit, of as many classes as there are there." })),
    exits.map((exit) => make("div", {}, make("p", { class: "small", text: "exit " + exit }),
      make("ol", { class: "pictures" }, run.stopped.filter(([at]) => at === exit).map(([, spent, actual, predicted, width, height, kinds, pixels]) => make("li", {}, picture(width, height, kinds, pixels),
        make("span", { text: "class " + short(actual, 24) }), make("span", { text: "answered " + short(predicted, 24) }), make("span", { class: "small", text: grouped(spent, 0) + " multiply-adds" })))))));
};

const examplesSection = () => {
  const run = state.detailRun();
  if (!run || !(run.gateClasses || run.stopped)) return null;
  const label = runLabel(run);
  return section("examples", "Examples", make("div", { class: "grid" }, [...(run.gateClasses ?? []).map(gateClassChart(run, label)), stoppedExamples(run, label)].filter(Boolean)));
};
