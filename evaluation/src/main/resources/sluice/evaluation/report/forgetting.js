// A page that tells what was forgotten: its sections, and what is said above and below them.

const kind = {
  strategy: "Strategy",
  /** Which strategy is chosen at first. */
  first: (strategy) => strategy.retention.includes("exact"),
  sections: [
    ["summary", "Summary", () => summarySection()], ["accuracy", "Accuracy", () => accuracySection()], ["strategies", "Strategies", () => strategiesSection()],
    ["gates", "Gates", () => gatesSection()], ["tasks", "Tasks", () => tasksSection()], ["examples", "Examples", () => examplesSection()], ["tuning", "Search", () => tuningSection()], ["provenance", "Provenance", () => provenanceSection()],
  ],
  fillHeader: (header) => fillHeader(header),
  footer: "R[i][j] is the test accuracy on task j after learning task i; row 0 is the untrained network. A figure that cannot be computed is undefined, with its reason, and never shown as 0.",
};
