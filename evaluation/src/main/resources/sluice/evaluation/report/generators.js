// A page of networks that generate: how likely images are to them, what they draw, and what their latents say.

const label = (run) => (report.runCount > 1 ? ": " + short(run.strategy, 40) + ", seed " + run.seed : "");

const boundVerdict = () => make("div", { class: "verdict plain", id: "verdict" },
  make("span", { class: "mark", "aria-hidden": "true", text: "\u2264" }), make("strong", { text: report.verdict.title }), make("p", { text: report.verdict.text }));

const boundSummary = () => {
  const strategy = state.strategy();
  const spread = strategy.count > 1
    ? "Means over " + strategy.count + " seeds, \u00b1 half the width of the 95\u00a0% confidence interval (Student\u2019s t)."
    : "One run: there is no spread over seeds to show.";
  return section("summary", report.strategies.length > 1 ? "Summary: " + short(strategy.name, 60) : "Summary",
    make("div", { class: "verdicts" }, boundVerdict(), failures(strategy)),
    make("dl", { class: "cards" }, report.headline.map((metric) => card(strategy, metric))),
    make("p", { class: "hint", text: spread, style: "margin-top:10px" }),
    allFigures(),
    report.notes.length ? make("ul", { class: "notes" }, report.notes.map((note) => make("li", { text: note }))) : null);
};

const variantsTable = () => table("Means over seeds, \u00b1 half the 95 % interval (Student\u2019s t); the least NLL in bold", ["variant", "runs", ...report.headline.map((metric) => metric.title)],
  report.strategies.map((strategy) => [whole(strategy.name), strategy.count + (strategy.failedCount ? ", " + strategy.failedCount + " failed" : ""),
    ...report.headline.map((metric) => {
      const summary = strategy.metrics[metric.key];
      return isNumber(summary?.mean) ? { text: withSpread(summary, metric.format), class: strategy.best && metric.key === "nll" ? "best" : undefined }
        : { text: "\u2013", class: "missing", title: "undefined because " + oneLine(summary?.reason ?? "it was not measured") };
    })]), { tall: true, compact: true });

/** What a reader can follow in one chart. */
const MOST_VARIANTS = 100;

const variantsChart = () => {
  const variants = report.strategies.slice(0, MOST_VARIANTS);
  let metric = report.headline[0];
  const of = (strategy) => strategy.metrics[metric.key] ?? { reason: "it was not measured" };
  const runsOf = (strategy) => strategy.runs.map((index) => report.runs[index]).filter((run) => isNumber(run.metrics[metric.key]));
  const element = chart({
    id: "variants-chart", wide: true, title: "Variants by metric",
    about: "Diamonds: means over seeds; whiskers: 95 % confidence interval; dots: single runs. The axis does not begin at 0." + (report.strategies.length > MOST_VARIANTS ? " The first " + MOST_VARIANTS + " variants; the table above has more." : ""),
    height: () => Math.max(240, 90 + variants.length * 34),
    controls: [choice("Metric", report.headline.map((one) => [one.key, one.title]), metric.key, (value) => { metric = report.headline.find((one) => one.key === value); element.draw(); })],
    summary: () => metric.title + ": " + variants.slice(0, 12).map((strategy) => short(strategy.name, 24) + " " + withSpread(of(strategy), metric.format)).join(", ") + ".",
    data: () => table(metric.title + " of each run", ["variant", "mean", "half the 95 % interval", "runs"], variants.map((strategy) => [whole(strategy.name), figure(of(strategy).mean, metric.format), figure(of(strategy).half, metric.format), runsOf(strategy).map((run) => run.seed + ": " + figure(run.metrics[metric.key], metric.format)).join(", ")]), { textColumns: [0, 3] }),
    option: (width) => {
      const colours = theme();
      const left = width < 520 ? 96 : 150;
      const known = variants.map((strategy, y) => ({ strategy, y })).filter(({ strategy }) => isNumber(of(strategy).mean));
      return {
        grid: { left, right: 24, top: 10, bottom: 46 },
        tooltip: tooltip(({ seriesIndex, data, value }) => (seriesIndex === 0
          ? [short(variants[value[1]].name, 60), metric.title + " " + withSpread(of(variants[value[1]]), metric.format), "over " + plural(of(variants[value[1]]).n, "run")]
          : [short(variants[data[1]].name, 60) + ", seed " + data[2], metric.title + " " + figure(data[0], metric.format)])),
        xAxis: axis({ type: "value", scale: true, name: metric.title, splitNumber: width < 560 ? 3 : 5, axisLabel: { formatter: (value) => String(Number(value.toPrecision(6))) } }),
        yAxis: axis({ type: "category", inverse: true, data: labels(variants.map((strategy) => strategy.name), width < 520 ? 12 : 20), axisLabel: within(left - 14), splitLine: { show: true, lineStyle: { color: colours.line } } }),
        dataZoom: zoom({ xAxisIndex: 0 }, false),
        series: [
          { type: "scatter", symbol: "diamond", symbolSize: 13, z: 4, data: known.map(({ strategy, y }) => ({ value: [of(strategy).mean, y], itemStyle: { color: colours.series[y % colours.series.length] } })) },
          { type: "scatter", symbolSize: 6, z: 6, itemStyle: { color: colours.card, borderColor: colours.ink, borderWidth: 1.2 }, data: variants.flatMap((strategy, y) => (strategy.count > 1 ? runsOf(strategy).map((run) => [run.metrics[metric.key], y, run.seed]) : [])) },
          ...intervals(variants.map(of), false),
        ],
      };
    },
  });
  return element;
};

const variantsSection = () => (report.strategies.length < 2 ? null
  : section("variants", "Variants compared", make("p", { class: "hint", text: report.verdict.title + ". " + report.verdict.text }), variantsTable(), make("div", { class: "grid" }, variantsChart())));

const picturesSection = () => {
  const run = state.detailRun();
  const shown = report.pictures.filter((picture) => run?.pictures[picture.key]);
  return section("pictures", "What it draws" + (run ? label(run) : ""),
    shown.length
      ? make("div", { class: "grid" }, [shown.slice(0, 2), shown.slice(2)].filter((column) => column.length).map((column) => make("div", { class: "stack" }, column.map((picture) => make("figure", { id: picture.key },
        make("figcaption", {}, make("h3", { text: picture.title }), make("p", { class: "small", text: picture.about })),
        make("div", { class: "drawn" }, make("img", { src: run.pictures[picture.key], alt: picture.alternative + label(run) })))))))
      : make("p", { class: "hint", text: "There are no pictures of this run: its data are no images, or its folder holds none, or they are left out here as said above." }));
};

const boundSteps = (run) => {
  const firsts = report.strategies.map((strategy, number) => ({ run: report.runs[strategy.runs[0]], number })).filter(({ run: one }) => one?.curve.length);
  let lines = "run";
  const held = (points) => points.filter((point) => point.length > 2).map(([step, , bound]) => [step, bound]);
  const trained = (points) => points.map(([step, bound]) => [step, bound]);
  const drawn = () => (lines === "run"
    ? [{ name: "training", number: 0, points: trained(run.curve) }, { name: "validation", number: 1, points: held(run.curve) }]
    : firsts.map(({ run: one, number }) => ({ name: one.strategy, number, points: (lines === "train" ? trained : held)(one.curve) }))
  ).filter(({ points }) => points.length);
  const element = chart({
    id: "bound-steps", wide: true, title: "Negative bound over steps" + label(run),
    about: "In nats, less is better. Training: mean of the batches since the point before, of the bound that was trained. Validation: negative ELBO (Kingma & Welling 2014) of images that are held out, with hard latents. Of variants: the first seed of each.",
    height: 380,
    controls: firsts.length > 1 ? [choice("Lines", [["run", "this run"], ["train", "each variant, training"], ...(firsts.some(({ run: one }) => held(one.curve).length) ? [["validation", "each variant, validation"]] : [])], lines, (value) => { lines = value; element.draw(); })] : [],
    summary: () => drawn().slice(0, 12).map(({ name, points }) => short(name, 20) + ": first " + figure(points[0][1], "nats") + ", last " + figure(points.at(-1)[1], "nats") + " nats").join("; ") + ".",
    data: () => table("Negative bound over steps", ["line", "step", "nats"], drawn().flatMap(({ name, points }) => points.map(([step, bound]) => [short(name, 60), step, figure(bound, "nats")])), { tall: true }),
    option: () => {
      const colours = theme();
      const shown = drawn();
      const names = labels(shown.map(({ name }) => name), 16);
      return {
        grid: { left: 58, right: 18, top: 46, bottom: 66 },
        legend: legend({ data: names }),
        tooltip: tooltip((points) => ["step " + points[0].axisValue, ...points.map((point) => point.seriesName + "  " + figure(point.value[1], "nats"))], { trigger: "axis" }),
        xAxis: axis({ type: "value", min: 0, max: "dataMax", name: "step", splitLine: { show: false } }),
        yAxis: axis({ type: "value", scale: true }),
        dataZoom: zoom({ xAxisIndex: 0 }),
        series: shown.map(({ number, points }, index) => ({
          type: "line", name: names[index], showSymbol: points.length < 40, symbol: symbols[number % symbols.length], symbolSize: 6, lineStyle: { width: 1.8 }, emphasis: { focus: "series" },
          itemStyle: { color: colours.series[number % colours.series.length] }, data: points,
        })),
      };
    },
  });
  return element;
};

const trainingSection = () => {
  const run = state.detailRun();
  return run?.curve.length ? section("training", "Training", make("div", { class: "grid" }, boundSteps(run))) : null;
};

const latentName = ([layer, variable]) => (layer === 0 ? "class" : (report.layers > 1 ? "layer " + layer + ", " : "") + "variable " + variable);

const latentUse = (run) => {
  let what = "kl";
  const value = (latent) => (what === "kl" ? latent[3] : latent[4]);
  const title = () => (what === "kl" ? "KL (nats)" : "share of the most used value");
  const sorted = () => [...run.latents].sort((a, b) => value(b) - value(a));
  const used = run.latents.filter(([, , , kl]) => kl >= report.used).length;
  const element = chart({
    id: "latent-use", wide: true, title: "Use of each latent variable" + label(run),
    about: used + " of " + plural(run.latents.length, "variable") + " active: KL of at least " + report.used + " nats (after Burda et al. 2016). KL: mean divergence of a variable\u2019s posterior from its prior over test images; where there is no prior, from its own mean. Share of the most used value: mean probability of the value that is likeliest over all; 1 says that it always has the same. Largest first.",
    height: 340,
    controls: [choice("Show", [["kl", "KL (nats)"], ["share", "share of the most used value"]], what, (chosen) => { what = chosen; element.draw(); })],
    renderer: rendererOf(run.latents.length),
    summary: () => used + " of " + run.latents.length + " active. Largest " + title() + ": " + sorted().slice(0, 8).map((latent) => latentName(latent) + " " + figure(value(latent))).join(", ") + ".",
    data: () => table("Use of latent variables, largest " + title() + " first", ["variable", "values", "KL (nats)", "share of the most used value", "active"], sorted().map((latent) => [latentName(latent), latent[2], figure(latent[3]), figure(latent[4], "share"), latent[3] >= report.used ? "yes" : "no"])),
    option: () => {
      const colours = theme();
      const latents = sorted();
      return {
        grid: { left: 58, right: 18, top: 16, bottom: 66 },
        tooltip: tooltip(({ dataIndex }) => [latentName(latents[dataIndex]), "KL " + figure(latents[dataIndex][3]) + " nats", "most used of " + latents[dataIndex][2] + " values: " + figure(latents[dataIndex][4], "share"), latents[dataIndex][3] >= report.used ? "active" : "not active"]),
        xAxis: axis({ type: "category", name: "variables, largest first", data: latents.map((latent, index) => String(index + 1)), axisLabel: { interval: "auto" } }),
        yAxis: axis({ type: "value", min: 0, max: what === "kl" ? undefined : 1 }),
        dataZoom: zoom({ xAxisIndex: 0 }),
        series: [{ type: "bar", barMaxWidth: 26, data: latents.map((latent) => ({ value: value(latent), itemStyle: { color: latent[0] === 0 ? colours.series[1] : latent[3] >= report.used ? colours.series[0] : colours.taken } })) }],
      };
    },
  });
  return element;
};

const latentsSection = () => {
  const run = state.detailRun();
  if (!run?.latents.length) return null;
  report.layers = Math.max(...run.latents.map(([layer]) => layer));
  return section("latents", "Latent variables", make("p", { class: "hint", text: "Blue: variables that say something of the image; orange: the class; grey: those that say nothing." }), make("div", { class: "grid" }, latentUse(run)));
};

const fillGeneratorHeader = (header) => {
  const settings = report.runs.map((run) => run.record?.settings).find(Boolean);
  const parts = [
    report.strategyCount > 1 ? report.strategyCount + " variants" : "estimator " + short(settings?.generator?.estimator ?? report.strategies[0].name, 60), plural(report.runCount, "run"),
    (report.seedCount === 1 ? "seed " : "seeds ") + report.seeds.join(", ") + (report.seedCount > report.seeds.length ? ", \u2026" : ""),
    settings?.data?.set ? "data " + short(settings.data.set, 40) : null, settings?.generator?.kind ? "kind " + short(settings.generator.kind, 40) : null,
  ];
  header.append(make("p", { class: "kicker", text: "Sluice \u00b7 networks that generate" }), make("h1", { text: short(report.title, 120), title: report.title.length > 120 ? report.title : undefined }), make("p", { class: "lead", text: parts.filter(Boolean).join(" \u00b7 ") }));
};

const kind = {
  strategy: "Variant",
  /** Which variant is chosen at first. */
  first: (variant) => variant.best,
  sections: [
    ["summary", "Summary", () => boundSummary()], ["variants", "Variants", () => variantsSection()], ["pictures", "Pictures", () => picturesSection()],
    ["training", "Training", () => trainingSection()], ["latents", "Latents", () => latentsSection()], ["provenance", "Provenance", () => provenanceSection()],
  ],
  fillHeader: fillGeneratorHeader,
  footer: "Bounds are negative and in nats (natural logarithms) per image: less is better. Latents are hard, as drawn, in every figure. A figure that cannot be computed is undefined, with its reason, and never shown as 0.",
};
