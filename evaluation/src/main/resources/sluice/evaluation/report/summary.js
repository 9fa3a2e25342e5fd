// The top of the page: what was learned, whether anything was forgotten, and the figures.

// nothing can be forgotten of one task
const ofOneTask = () => report.tasks.length === 1;

const verdictOf = (strategy) => {
  const kinds = new Set(strategy.retention);
  const forgetting = strategy.metrics[report.definition.key];
  const measured = ofOneTask() ? "One task was learned, of which nothing can be forgotten." : isNumber(forgetting?.mean)
    ? "Measured forgetting (" + report.definition.word + "): " + withSpread(forgetting, report.definition.format) + "."
    : "Forgetting is undefined because " + (forgetting?.reason ?? "no run went to its end") + ".";
  const seeds = plural(strategy.count, "run");
  if (!strategy.count) return { kind: "bad", mark: "\u00d7", title: "No run went to its end", text: strategy.failed.map((run) => "seed " + run.seed + ": " + oneLine(run.reason)).join("; ") };
  if (ofOneTask() && !kinds.has("broken")) return { kind: "plain", mark: "\u2013", title: isNumber(strategy.metrics[score().metric]?.mean) ? score().title + " " + scoredSpread(strategy.metrics[score().metric]) : score().title + " is not known", text: measured };
  if (kinds.has("broken")) return { kind: "bad", mark: "\u00d7", title: "Exact retention is broken: something that was frozen changed", text: measured };
  if (kinds.size === 1 && kinds.has("exact")) {
    const early = forgetting?.mean > 0 && report.definition.word !== "first" ? " It counts " + score().word + " by chance from before a task was learned, which is no knowledge to forget: against right after learning nothing was lost." : "";
    return {
      kind: "good", mark: "\u2713", title: "Exact retention: nothing of earlier tasks changed",
      text: "Every frozen parameter" + (strategy.logits ? ", and " + grouped(strategy.logits, 0) + " logits of earlier tasks," : "") + " stayed the same, bit for bit, in " + seeds + ". " + measured + early,
    };
  }
  if (kinds.has("undefined")) return { kind: "plain", mark: "\u2013", title: "Exact retention is undefined because there is only one task", text: measured };
  if (kinds.has("unknown")) return { kind: "plain", mark: "?", title: "Exact retention is unknown: " + (report.numbers ? "errors" : "accuracies") + " alone cannot tell", text: measured };
  return { kind: forgetting?.mean > 0 ? "bad" : "plain", mark: forgetting?.mean > 0 ? "\u2193" : "\u2013", title: (!isNumber(forgetting?.mean) ? "Forgetting is undefined" : forgetting.mean > 0 ? "Earlier tasks were forgotten in part" : "No forgetting was measured") + "; exact retention is not promised", text: measured };
};

const verdict = (strategy) => {
  const { kind, mark, title, text } = verdictOf(strategy);
  return make("div", { class: "verdict " + kind, id: "verdict" },
    make("span", { class: "mark", "aria-hidden": "true", text: mark }),
    make("strong", { text: title }), make("p", { text }));
};

const card = (strategy, metric) => {
  const summary = strategy.metrics[metric.key];
  const isThere = isNumber(summary?.mean);
  const reason = summary?.reason ?? (strategy.count ? "it was not measured" : "no run went to its end");
  const value = isThere
    ? make("dd", { class: "value", "data-metric": metric.key, "data-value": summary.mean }, figure(summary.mean, metric.format),
      isNumber(summary.half) ? make("span", { class: "spread", text: " \u00b1 " + figure(summary.half, metric.format) }) : null)
    : make("dd", { class: "value none", "data-metric": metric.key, text: "undefined" });
  return make("div", {}, make("dt", { text: metric.title }), value,
    make("dd", { class: "small", text: isThere ? metric.definition : "because " + oneLine(reason) }),
    isThere && metric.formula ? make("dd", { class: "small" }, make("details", {}, make("summary", { text: "formula" }), make("span", { text: metric.formula }))) : null);
};

/** Runs that failed, of any strategy, unless the verdict above says it of all of the one chosen. */
const failures = (strategy) => {
  const failed = report.strategies.filter((one) => one !== strategy || one.count).flatMap((one) => one.failed.map((run) => short(one.name, 40) + ", seed " + run.seed + ": " + oneLine(run.reason)));
  if (!failed.length) return null;
  return make("div", { class: "verdict bad" }, make("span", { class: "mark", "aria-hidden": "true", text: "!" }), make("strong", { text: report.failedCount + " of " + plural(report.runCount + report.failedCount, "run") + " failed" }),
    make("p", { text: failed.slice(0, 4).join("; ") + (report.failedCount > 4 ? "; and " + (report.failedCount - 4) + " more, each told where its strategy is chosen" : "") }));
};

/** What metrics.csv has, of every strategy, filled when it is opened. */
const allFigures = () => {
  const keys = [...new Set(report.strategies.flatMap((strategy) => Object.keys(strategy.metrics)))];
  const format = (key) => report.headline.find((metric) => metric.key === key)?.format ?? (key.startsWith("rmse") && !key.includes("relative") ? "number" : report.strategies.some((strategy) => Math.abs(strategy.metrics[key]?.mean ?? 0) >= 10) ? "count" : "accuracy");
  const box = make("details", { id: "all-figures", ontoggle: () => {
    if (!box.open || box.children.length > 1) return;
    box.append(table("All figures by their names in metrics.csv, means over seeds \u00b1 half the 95 % interval", ["metric", ...report.strategies.map((strategy) => whole(strategy.name))],
      keys.map((key) => [key, ...report.strategies.map((strategy) => (isNumber(strategy.metrics[key]?.mean) ? withSpread(strategy.metrics[key], format(key)) : { text: "\u2013", class: "missing", title: "undefined because " + oneLine(strategy.metrics[key]?.reason ?? "it was not measured") }))]), { tall: true }));
  } }, make("summary", { text: "All " + keys.length + " figures" }));
  return keys.length ? box : null;
};

const summarySection = () => {
  const strategy = state.strategy();
  const runs = strategy.count;
  const spread = runs > 1
    ? "Means over " + runs + " seeds, \u00b1 half the width of the 95\u00a0% confidence interval (Student\u2019s t)."
    : runs === 1 ? "One run: there is no spread over seeds to show." : "";
  return section("summary", report.strategies.length > 1 ? "Summary: " + short(strategy.name, 60) : "Summary",
    make("div", { class: "verdicts" }, verdict(strategy),
      failures(strategy)),
    make("dl", { class: "cards" }, report.headline.map((metric) => card(strategy, metric))),
    make("p", { class: "hint", text: spread, style: "margin-top:10px" }),
    allFigures(),
    report.notes.length ? make("ul", { class: "notes" }, report.notes.map((note) => make("li", { text: note }))) : null);
};

const plural = (count, word) => count + " " + (count === 1 ? word : word + "s");

const fillHeader = (header) => {
  const settings = report.runs.map((run) => run.record?.settings).find(Boolean);
  const parts = [
    plural(report.tasks.length, "task"), report.strategyCount > 1 ? report.strategyCount + " strategies" : "strategy " + short(report.strategies[0].name, 60), plural(report.runCount, "run"),
    (report.seedCount === 1 ? "seed " : "seeds ") + report.seeds.join(", ") + (report.seedCount > report.seeds.length ? ", \u2026" : ""),
    settings?.data?.set ? "data " + short(settings.data.set, 40) : null, settings?.scenario ? "scenario " + short(settings.scenario, 40) : null,
  ];
  header.append(make("p", { class: "kicker", text: ofOneTask() ? "Sluice \u00b7 report" : "Sluice \u00b7 forgetting report" }), make("h1", { text: short(report.title, 120), title: report.title.length > 120 ? report.title : undefined }), make("p", { class: "lead", text: parts.filter(Boolean).join(" \u00b7 ") }));
};
