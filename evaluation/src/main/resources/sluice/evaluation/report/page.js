// The page as a whole: what is chosen, the sections of its kind, and what redraws them.

const report = JSON.parse(document.getElementById("data").textContent);

// what a strategy of one run says is said by that run
report.strategies.filter((strategy) => !strategy.metrics).forEach((strategy) => {
  const figures = Object.entries(report.runs[strategy.runs[0]].metrics);
  strategy.metrics = Object.fromEntries(figures.map(([key, value]) => [key, isNumber(value) ? { n: 1, mean: value } : { n: 0, reason: value }]));
});

const state = {
  at: Math.max(0, report.strategies.findIndex(kind.first)),
  seed: "mean",
  strategy: () => report.strategies[state.at],
  /** The run chosen, which is the only one where there is no other. */
  run: () => (state.strategy().count === 1 ? state.detailRun() : state.seed === "mean" ? null : state.strategy().runs.map((index) => report.runs[index]).find((run) => run.seed === state.seed)),
  /** The run whose details are shown: the one chosen, else the first. */
  detailRun: () => (state.strategy().count > 1 ? state.run() : null) ?? report.runs[state.strategy().runs[0]],
};

const runLabel = (run) => (report.strategies.length > 1 ? short(run.strategy, 24) + ", " : "") + "seed " + run.seed;

const content = document.getElementById("content");
const bar = document.getElementById("bar");

const fillBar = () => {
  const names = new Map(kind.sections.map(([id, name]) => [id, name]));
  const choices = [];
  if (report.strategies.length > 1) choices.push(choice(kind.strategy, report.strategies.map((strategy, index) => [index, strategy.name]), state.at, (value) => { state.at = Number(value); state.seed = "mean"; show(); }));
  const seeds = state.strategy().runs.map((index) => report.runs[index].seed);
  if (state.strategy().count > 1 && seeds.length) choices.push(choice("Seed", [["mean", "all, mean"], ...seeds.map((seed) => [seed, seed])], state.seed, (value) => { state.seed = value; show(); }));
  bar.replaceChildren(make("div", { class: "bar" },
    make("ul", { class: "links" }, [...content.querySelectorAll("section")].map((part) => make("li", {}, make("a", { href: "#" + part.id, text: names.get(part.id) })))),
    choices.length ? make("div", { class: "choices" }, choices) : null));
};

/** Says in the navigation which section is read. */
const followReading = () => {
  const links = [...bar.querySelectorAll(".links a")];
  const tops = links.map((link) => document.getElementById(link.hash.slice(1)).getBoundingClientRect().top);
  const at = Math.max(0, tops.filter((top) => top < 160).length - 1);
  links.forEach((link, index) => (index === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
};

const show = () => {
  const focused = document.activeElement?.closest?.("#bar label")?.firstChild?.textContent;
  const open = [...content.querySelectorAll("details[open]")].map((one) => one.id || one.parentElement.id);
  charts.length = 0;
  content.replaceChildren(...kind.sections.map(([, , made]) => made()).filter(Boolean));
  fillBar();
  drawInTurn(() => { document.documentElement.dataset.ready = "true"; });
  open.forEach((id) => { const one = document.getElementById(id); const box = one?.tagName === "DETAILS" ? one : one?.querySelector("details"); if (box) box.open = true; });
  if (focused) [...bar.querySelectorAll("label")].find((label) => label.firstChild.textContent === focused)?.querySelector("select").focus();
  followReading();
};

kind.fillHeader(document.getElementById("top"));
document.getElementById("foot").append(
  make("p", { text: kind.footer }),
  make("p", { text: "Charts: hold Ctrl and turn the wheel to zoom, drag to move; a click on a legend hides a line. This file loads nothing from anywhere. It contains Apache ECharts " + echarts.version + ", Copyright 2017-2022 The Apache Software Foundation, under the Apache License, Version 2.0." }));
show();

let pending = 0;
window.addEventListener("resize", () => { cancelAnimationFrame(pending); pending = requestAnimationFrame(() => charts.filter((one) => one.changed()).forEach((one) => one.draw())); });
window.addEventListener("scroll", followReading, { passive: true });
darkMedia.addEventListener("change", drawAll);
window.addEventListener("beforeprint", () => { printing = true; drawAll(); });
window.addEventListener("afterprint", () => { printing = false; drawAll(); });
