// Where the figures come from, and how to have them again; and every figure of every run.

/** {a: {b: 1}} as [["a.b", 1]]; lists stay as they are. */
const flat = (value, prefix = "") => Object.entries(value ?? {}).flatMap(([key, inner]) => (inner !== null && typeof inner === "object" && !Array.isArray(inner) && Object.keys(inner).length ? flat(inner, prefix + key + ".") : [[prefix + key, inner]]));

const plain = (value) => (value === null ? "\u2013" : typeof value === "object" ? JSON.stringify(value) : String(value));

const pairs = (caption, head, entries) => (entries.length ? table(caption, head, entries.map(([key, value]) => [whole(key), whole(plain(value))]), { textColumns: [0, 1], tall: true }) : null);

const allMetrics = () => {
  const strategy = state.strategy();
  const keys = Object.keys(strategy.metrics);
  const runs = strategy.runs.map((index) => report.runs[index]);
  return make("details", { id: "all-metrics" }, make("summary", { text: "Every metric of every run of " + short(strategy.name, 40) + " (" + keys.length + ")" }),
    table("As metrics.csv names them; evaluation/README.md says what each is", ["metric", "mean", "half the 95 % interval", ...runs.map((run) => "seed " + run.seed)],
      keys.map((key) => [whole(key), exact(strategy.metrics[key].mean), exact(strategy.metrics[key].half), ...runs.map((run) => (isNumber(run.metrics[key]) ? exact(run.metrics[key]) : { text: "\u2013", class: "missing", title: "undefined because " + oneLine(run.metrics[key] ?? "it was not measured") }))]), { compact: true }));
};

const exact = (value) => (isNumber(value) ? (Math.abs(value) >= 1e6 ? value.toExponential(4) : String(Number(value.toPrecision(8)))) : "\u2013");

const provenanceSection = () => {
  const run = state.detailRun();
  const record = run?.record;
  const runs = table("Runs in this report", ["strategy", "seed", "folder or file", "Sluice", "seconds in all"], report.runs.map((one) => [whole(one.strategy), one.seed, whole(one.place), whole(one.record?.versions?.sluice ?? "\u2013"), figure(one.record?.seconds?.total, "seconds").replace("\u00a0s", "")]), { textColumns: [0, 2, 3] });
  if (!record) return section("provenance", "Provenance", allMetrics(), runs, make("p", { class: "hint", style: "margin-top:10px", text: run ? "There is no run.json of the run chosen above, so settings, versions and machine are unknown." : "" }));
  const script = JSON.stringify(record.settings ?? {}, null, 2);
  const name = (String(record.name ?? "script").replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+/, "").slice(0, 60) || "script") + "-seed" + run.seed + ".yaml";
  return section("provenance", "Provenance", allMetrics(), runs,
    make("h3", { style: "margin-top:22px", text: "The same run again: " + runLabel(run) }),
    make("p", { class: "hint", text: "Save the settings as a script (JSON is YAML, too) and run it; on the same kind of machine, with the same number of threads, it gives the same bits." }),
    make("pre", { tabindex: 0, id: "command", text: "./sluice run " + name }),
    make("button", { type: "button", onclick: () => saveText(name, "text/yaml", script + "\n"), text: "Save the settings as " + name }),
    make("div", { class: "grid" },
      make("div", {}, make("h3", { text: "Settings" }), pairs("Every setting as resolved, defaults included", ["setting", "value"], flat(record.settings))),
      make("div", {}, make("h3", { text: "Data" }), pairs("SHA-256 of the data", ["file", "checksum"], Object.entries(record.data_checksums ?? {})),
        record.data_notes?.length ? make("ul", { id: "data-notes" }, record.data_notes.map((note) => make("li", { text: note }))) : null,
        record.warnings?.length ? [make("h3", { style: "margin-top:16px", text: "Warnings" }), make("ul", { id: "warnings" }, record.warnings.map((line) => make("li", { text: line })))] : null,
        make("h3", { style: "margin-top:16px", text: "Machine, versions, seconds" }), pairs("Where it ran", ["what", "value"], [...flat(record.machine), ...flat(record.versions).map(([key, value]) => ["version of " + key, value]), ...flat(record.seconds).map(([key, value]) => ["seconds, " + key, exact(value)])]),
        record.capacity ? [make("h3", { style: "margin-top:16px", text: "Capacity" }), pairs("What is left of the network", ["what", "value"], flat(record.capacity))] : null)));
};
