// The search that chose a run's settings, judged by held-out training examples.

const tuningMean = (values) => { const known = values.filter(isNumber); return known.length === values.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null; };

const tuningSection = () => {
  const run = state.detailRun();
  if (!run?.tuning) return null;
  const { metric, candidates } = run.tuning;
  const shown = candidates.slice(0, 200);
  return section("tuning", "Search for settings",
    make("p", { class: "hint", text: "Before this run, settings were tried and judged by " + metric + " on training examples that were held out; test examples had no part in it. The run then learned from all training examples, by the settings chosen." }),
    make("div", { class: "grid" }, chart({
      id: "tuning-chart", wide: true, title: metric + " of the settings tried, " + runLabel(run),
      about: "A point per seed of the search; the line is their mean. The settings chosen stand out.", height: 360,
      summary: () => shown.filter(([, , chosen]) => chosen).map(([, settings, , values]) => "Chosen: " + short(settings, 200) + ", mean " + figure(tuningMean(values))).join("") + ".",
      data: () => table("Settings tried" + (shown.length < candidates.length ? ", the first " + shown.length + " of " + candidates.length + "; tuning.csv has all" : ""), ["settings", "chosen", "mean", "seeds"], shown.map(([, settings, chosen, values]) => [whole(settings), chosen ? "yes" : "", figure(tuningMean(values)), values.map((value) => figure(value)).join(", ")]), { tall: true, textColumns: [0, 1, 3] }),
      option: () => {
        const colours = theme();
        return {
          grid: { left: 56, right: 24, top: 30, bottom: 66 },
          tooltip: tooltip((point) => [short(shown[point.data.value?.[0] ?? point.value[0]][1], 160), metric + "  " + figure(point.data.value?.[1] ?? point.value[1])], { trigger: "item" }),
          xAxis: axis({ type: "value", min: 0, max: Math.max(1, shown.length - 1), minInterval: 1, name: "settings, in the order tried", axisLabel: { formatter: (at) => (Number.isInteger(at) && shown[at] ? short(shown[at][0], 8) : "") } }),
          yAxis: axis({ type: "value", scale: true }),
          dataZoom: zoom({ xAxisIndex: 0 }),
          series: [
            { type: "line", showSymbol: false, lineStyle: { width: 1.4, color: colours.quiet }, data: shown.map(([, , , values], at) => [at, tuningMean(values)]) },
            { type: "scatter", symbolSize: 8, data: shown.flatMap(([, , chosen, values], at) => values.filter(isNumber).map((value) => ({ value: [at, value], symbolSize: chosen ? 13 : 8, itemStyle: { color: colours.series[chosen ? 1 : 0] } }))) },
          ],
        };
      },
    })));
};
