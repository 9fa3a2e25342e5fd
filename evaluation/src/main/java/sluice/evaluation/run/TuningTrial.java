package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.evaluation.CsvLine;

/**
 * A run of the search that chose a run's settings: training examples that were held out judged it.
 *
 * @param candidate name of the settings
 * @param settings keys and their values, as YAML on one line
 * @param seed of the search
 * @param metric that chose
 * @param value of that metric; NaN where the run failed or has none
 * @param chosen whether these settings are those of the run
 */
public record TuningTrial(String candidate, String settings, long seed, String metric, double value, boolean chosen) {
    private static final String CANDIDATE = "candidate";
    private static final String SETTINGS = "settings";
    private static final String SEED = "seed";
    private static final String METRIC = "metric";
    private static final String VALUE = "value";
    private static final String CHOSEN = "chosen";

    /** A line per run, settings by settings, seed by seed within each. */
    public static final RunCsv<TuningTrial> FILE = RunCsv.ofOneRun(
            RunFile.TUNING,
            ImmutableMap.of(
                    CANDIDATE,
                    trial -> Cells.name(trial.candidate()),
                    SETTINGS,
                    trial -> Cells.name(trial.settings()),
                    SEED,
                    TuningTrial::seed,
                    METRIC,
                    trial -> Cells.name(trial.metric()),
                    VALUE,
                    trial -> Cells.known(trial.value()),
                    CHOSEN,
                    TuningTrial::chosen),
            ImmutableList.of(),
            TuningTrial::read);

    private static TuningTrial read(CsvLine line) {
        String chosen = line.text(CHOSEN);
        if (!chosen.equals("true") && !chosen.equals("false")) {
            throw line.refusal(CHOSEN, "must be true or false");
        }
        return new TuningTrial(
                line.name(CANDIDATE),
                line.name(SETTINGS),
                line.seed(),
                line.name(METRIC),
                line.isEmpty(VALUE) ? Double.NaN : line.decimal(VALUE),
                chosen.equals("true"));
    }
}
