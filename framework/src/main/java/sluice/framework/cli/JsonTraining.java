package sluice.framework.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.ValidationScore;

/** The events of one training. */
final class JsonTraining implements TrainingListener {
    private static final long SECOND = 1_000_000_000L;

    private final JsonEvents events;
    private final String run;
    private final long seed;
    private final LongSupplier nanos;
    private String task = "";
    private int position;
    private int tasks;
    private boolean numbers;
    private StepProgress progress = new StepProgress(0);
    private long told;

    /**
     * Tells of a training.
     *
     * @param run name of the script, or of the variant in a comparison
     * @param nanos a clock
     */
    JsonTraining(JsonEvents events, String run, long seed, LongSupplier nanos) {
        this.events = events;
        this.run = run;
        this.seed = seed;
        this.nanos = nanos;
        this.told = nanos.getAsLong() - SECOND;
    }

    /** Fields that every event of the run has. */
    Map<String, Object> event(String name) {
        Map<String, Object> event = events.event(name);
        event.put("run", run);
        event.put("seed", seed);
        return event;
    }

    @Override
    public void errorsEvaluated(RegressionMatrix errors, int afterTask) {
        numbers = true;
        List<Map<String, Object>> row = new ArrayList<>();
        errors.cells().row(afterTask).forEach((j, cell) -> {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("task", errors.tasks().get(j - 1));
            error.put("rows", cell.rows());
            error.put("rmse", cell.rmse());
            error.put("r2", JsonEvents.number(cell.r2().number()));
            row.add(error);
        });
        row("errors_evaluated", afterTask, errors.tasks().size(), row);
    }

    private void row(String name, int afterTask, int columns, List<Map<String, Object>> row) {
        Map<String, Object> event = event(name);
        event.put("after_task", afterTask);
        event.put("tasks", columns);
        event.put("row", row);
        events.write(event);
    }

    @Override
    public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
        tasks = matrix.tasks().size();
        if (numbers) {
            return;
        }
        List<Map<String, Object>> row = new ArrayList<>();
        for (int j = 1; j <= tasks; j++) {
            String name = matrix.tasks().get(j - 1);
            matrix.cell(afterTask, j).ifPresent(cell -> {
                Map<String, Object> accuracy = new LinkedHashMap<>();
                accuracy.put("task", name);
                accuracy.put("correct", cell.correct());
                accuracy.put("total", cell.total());
                accuracy.put("accuracy", cell.accuracy());
                row.add(accuracy);
            });
        }
        row("row_evaluated", afterTask, tasks, row);
    }

    @Override
    public void taskStarted(String name, int place, long steps) {
        task = name;
        position = place;
        // without rows, as of a network that generates, nothing has told of more
        tasks = Math.max(tasks, place);
        progress = new StepProgress(steps);
        Map<String, Object> event = event("task_started");
        event.put("task", name);
        event.put("position", place);
        event.put("tasks", tasks);
        event.put("steps", steps);
        events.write(event);
    }

    @Override
    public void networkGrown(List<Integer> before, List<Integer> now) {
        Map<String, Object> event = event("network_grown");
        event.put("before", before);
        event.put("now", now);
        events.write(event);
    }

    @Override
    public void resumed(String place, long steps) {
        Map<String, Object> event = event("run_resumed");
        event.put("task", task);
        event.put("position", position);
        event.put("steps", steps);
        events.write(event);
    }

    @Override
    public void stepDone(int epoch, double loss, double accuracy) {
        progress.step(epoch, loss, accuracy);
        tell();
    }

    @Override
    public void validated(int pass, ValidationScore score) {
        Map<String, Object> event = event("validated");
        event.put("task", task);
        event.put("position", position);
        event.put("epoch", pass);
        score.accuracy().ifPresent(accuracy -> event.put("accuracy", accuracy));
        event.put("loss", score.loss());
        event.put("examples", score.examples());
        events.write(event);
    }

    @Override
    public void referenceStarted(Reference reference, long steps) {
        task = "reference " + reference.word();
        position = 0;
        progress = new StepProgress(steps);
    }

    @Override
    public void referenceStepDone() {
        progress.step(0, Double.NaN, Double.NaN);
        tell();
    }

    private void tell() {
        long now = nanos.getAsLong();
        if (now - told < SECOND) {
            return;
        }
        told = now;
        Map<String, Object> event = event("progress");
        event.put("task", task);
        event.put("position", position);
        event.put("tasks", tasks);
        event.put("step", progress.done());
        event.put("steps", progress.steps());
        event.put("epoch", progress.epoch());
        event.put("loss", JsonEvents.number(progress.loss()));
        event.put("accuracy", JsonEvents.number(progress.accuracy()));
        event.put("seconds_left", JsonEvents.number(progress.secondsLeft()));
        events.write(event);
    }

    @Override
    public void imagesEvaluated(int begun, int all) {
        long now = nanos.getAsLong();
        if (now - told < SECOND) {
            return;
        }
        told = now;
        Map<String, Object> event = event("evaluation_progress");
        event.put("images", begun);
        event.put("all_images", all);
        events.write(event);
    }

    @Override
    public void taskConsolidated(TaskSummary summary) {
        Map<String, Object> event = event("task_consolidated");
        event.put("task", summary.task());
        event.put("position", position);
        event.put("tasks", tasks);
        event.put("steps", summary.steps());
        summary.chosen().ifPresent(chosen -> event.put("epoch_kept", chosen.pass()));
        event.put("train_seconds", summary.seconds());
        event.put("open_units", summary.openUnits());
        event.put("unchanged_logits", summary.unchanged());
        events.write(event);
    }

    @Override
    public void warning(String message) {
        Map<String, Object> event = event("warning");
        event.put("message", message);
        events.write(event);
    }
}
