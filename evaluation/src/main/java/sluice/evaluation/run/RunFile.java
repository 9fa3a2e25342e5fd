package sluice.evaluation.run;

/** The names of a run folder's files, and of those that a comparison's folder adds. */
public final class RunFile {
    /** Correct answers per task and moment. */
    public static final String MATRIX = "accuracy-matrix.csv";

    /** How far numbers were off per task and moment, of runs whose tasks predict numbers. */
    public static final String ERRORS = "error-matrix.csv";

    /** The run's figures. */
    public static final String METRICS = "metrics.csv";

    /** Accuracies of reference models. */
    public static final String REFERENCES = "references.csv";

    /** How each task was learned: {@link LearningPoint}. */
    public static final String CURVES = "learning-curves.csv";

    /** How tasks did between the steps of others. */
    public static final String CONTINUAL = "continual-evaluation.csv";

    /** Which classes were taken for which: {@link ConfusionCount}. */
    public static final String CONFUSION = "confusion.csv";

    /** What was predicted of each test row: {@link PredictionsCsv}. */
    public static final String PREDICTIONS = "predictions.csv.gz";

    /** The examples that were most wrongly answered: {@link HardExample}. */
    public static final String HARDEST = "hardest.csv";

    /** What each task took of each layer: {@link LedgerCsv}. */
    public static final String LEDGER = "ledger.csv";

    /** What any two tasks share: {@link TaskOverlap}. */
    public static final String OVERLAP = "overlap.csv";

    /** The gates of each task: {@link GateLayer}. */
    public static final String GATES = "gates.csv";

    /** What a network with exits answers right for what: {@link BudgetPoint}. */
    public static final String BUDGETS = "budgets.csv";

    /** How often gates are open for each class: {@link GateShare}. */
    public static final String GATE_CLASSES = "gate-classes.csv";

    /** Which examples go how far: {@link StoppedExample}. */
    public static final String STOPPED = "stopped.csv";

    /** The search that chose a run's settings: {@link TuningTrial}. */
    public static final String TUNING = "tuning.csv";

    /** How a generator's bound grew: {@link BoundPoint}. */
    public static final String BOUNDS = "bounds.csv";

    /** A generator's bounds of test images: {@link ImageBound}. */
    public static final String TEST_BOUNDS = "bounds-test.csv";

    /** How much each latent variable of a generator is used: {@link LatentUse}. */
    public static final String LATENTS = "latents.csv";

    /** Pictures that a generator drew. */
    public static final String SAMPLES = "samples.png";

    /** Test images above what a generator makes of their latents. */
    public static final String RECONSTRUCTIONS = "reconstructions.png";

    /** What the values of a generator's most used latents do. */
    public static final String TRAVERSALS = "traversals.png";

    /** What a saved model was asked, where the folder is that of an evaluation. */
    public static final String EVALUATION = "evaluation.json";

    /** Where the results come from: {@link RunRecord}. */
    public static final String RECORD = "run.json";

    /** A comparison's figures, a line per run: {@link ComparisonCsv}. */
    public static final String COMPARISON = "comparison.csv";

    /** What became of a comparison's runs: {@link RunStatus}. */
    public static final String RUNS = "runs.csv";

    private RunFile() {}
}
