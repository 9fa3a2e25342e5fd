// A page that tells what was forgotten: its sections, and what is said above and below them.

const kind = {
  strategy: "Strategy",
  /** Which strategy is chosen at first. */
  first: (strategy) => strategy.retention.includes("exact"),
  get sections() { return [
    ["summary", "Summary", () => summarySection()], ["accuracy", score().title, () => accuracySection()], ["strategies", "Strategies", () => strategiesSection()],
    ["gates", "Gates", () => gatesSection()], ["tasks", "Tasks", () => tasksSection()], ["examples", "Examples", () => examplesSection()], ["tuning", "Search", () => tuningSection()], ["provenance", "Provenance", () => provenanceSection()],
  ]; },
  fillHeader: (header) => fillHeader(header),
  get footer() { return (report.numbers ? "E[i][j] is the RMSE on task j, R[i][j] its R2," : "R[i][j] is the test accuracy on task j") + " after learning task i; row 0 is the untrained network. A figure that cannot be computed is undefined, with its reason, and never shown as 0."; },
};
