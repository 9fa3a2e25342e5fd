package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.regression.RegressionReport;
import sluice.framework.internal.file.FileChecksum;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.result.TestAnswers;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/**
 * What a saved model answers to test examples that a script names: of every task that both have.
 *
 * @param script its name
 * @param matrix how the model does now on each task, as the last row; rows before it are those that its run measured, if that
 *     was on the same data; without cells where numbers are predicted
 * @param errors the same of predicted numbers; empty where classes are told apart
 * @param answers to each task's test examples; none where numbers are predicted
 * @param sequence tasks that the script names
 * @param record what was asked and what with, as {@code evaluation.json} has it
 * @param warnings what to know, a line each
 */
public record ModelEvaluation(
        String script,
        AccuracyMatrix matrix,
        Optional<RegressionMatrix> errors,
        ImmutableList<TestAnswers> answers,
        TaskSequence sequence,
        ImmutableMap<String, Object> record,
        ImmutableList<String> warnings) {
    /**
     * Loads the data, and asks the model.
     *
     * @param run a run folder, or its model
     * @param script that names tasks; what it says of learning is not looked at
     * @param place where files of data are, unless the script names a folder of its own
     * @return what came of it
     * @throws InputException if there is no model that answers, the data cannot be had, or nothing of it is for the model
     */
    public static ModelEvaluation of(Path run, TaskSequenceScript script, DataPlace place) {
        Blas.coreType();
        Path file = ModelPlace.of(run, "a run whose model is kept, as it is with most strategies");
        AskedModel model = AskedModel.of(file);
        TaskSequence sequence = script.tasks(ScriptData.load(script, place, model.encodings()));
        checkInputs(model, run, sequence, script);
        List<String> warnings = new ArrayList<>();
        List<Task> tasks = tested(tasks(model, run, sequence, warnings), script, warnings);
        MeasuredThen then = new MeasuredThen(run);
        AccuracyMatrix matrix = AccuracyMatrix.empty(
                model.strategy(), model.seed(), tasks.stream().map(Task::name).toList());
        Optional<RegressionMatrix> errors = Optional.empty();
        ImmutableList.Builder<TestAnswers> answers = ImmutableList.builder();
        if (sequence.isRegression()) {
            errors = Optional.of(then.before(errors(model, run, tasks), sequence.checksums()));
        } else {
            for (int t = 0; t < tasks.size(); t++) {
                TestAnswers given = asked(model, run, tasks.get(t), sequence);
                answers.add(given);
                matrix = matrix.with(tasks.size(), t + 1, right(given), given.answers().length);
            }
            matrix = then.before(matrix, sequence.checksums());
        }
        return new ModelEvaluation(
                script.name(),
                matrix,
                errors,
                answers.build(),
                sequence,
                record(run, file, script, sequence, warnings),
                ImmutableList.copyOf(warnings));
    }

    /** {@return its figures: those that the last row and the answers give} */
    public RunMetrics metrics() {
        return errorReport()
                .map(RegressionReport::metrics)
                .orElseGet(() -> RunMetrics.of(report()).withAll(AnsweredClasses.metrics(matrix.tasks(), answers)));
    }

    private ForgettingReport report() {
        return ForgettingReport.of(matrix).withOwnHeads(hasOwnHeads());
    }

    private Optional<RegressionReport> errorReport() {
        return errors.map(all -> new RegressionReport(all, ForgettingDefinition.BEST_EARLIER, hasOwnHeads()));
    }

    private boolean hasOwnHeads() {
        return sequence.scenario() == Scenario.TASK;
    }

    /**
     * {@return what accuracies or errors say, for a terminal}
     *
     * @param width characters per line that a table of the matrix may take, at least 48
     */
    public String render(int width) {
        return errorReport().map(report -> report.render(width)).orElseGet(() -> report().render(metrics(), width));
    }

    private static void checkInputs(AskedModel model, Path run, TaskSequence sequence, TaskSequenceScript script) {
        if (sequence.features() != model.inputs()) {
            throw new InputException("%s takes examples of %d features, those of %s have %d: give it data of that form"
                    .formatted(run, model.inputs(), script.name(), sequence.features()));
        }
        if (model.permutedTasks() > 0 && script.seed() != model.seed()) {
            throw new InputException("%s permuted features by seed %d, %s by %d: write seed: %2$d (--set seed=%2$d)"
                    .formatted(run, model.seed(), script.name(), script.seed()));
        }
    }

    /** Those that are asked, in the order in which they were learned. */
    private static List<Task> tasks(AskedModel model, Path run, TaskSequence sequence, List<String> warnings) {
        if (model.tasks().isEmpty()) {
            return sequence.tasks();
        }
        Set<String> known = ImmutableSet.copyOf(model.tasks());
        Set<String> named = ImmutableSet.copyOf(sequence.names());
        if (Sets.intersection(known, named).isEmpty()) {
            throw new InputException(
                    "%s has learned none of the tasks %s: it knows %s".formatted(run, names(named), names(known)));
        }
        if (!known.containsAll(named)) {
            warnings.add("%s has not learned %s, which %s left out"
                    .formatted(run, names(Sets.difference(named, known)), isOrAre(Sets.difference(named, known))));
        }
        if (!named.containsAll(known)) {
            warnings.add("%s has learned %s, too, whose data are not given"
                    .formatted(run, names(Sets.difference(known, named))));
        }
        return sequence.tasks().stream()
                .filter(task -> known.contains(task.name()))
                .sorted(Comparator.comparing(task -> model.tasks().indexOf(task.name())))
                .toList();
    }

    /** What can be asked: of a task without test examples there is nothing to measure. */
    private static List<Task> tested(List<Task> tasks, TaskSequenceScript script, List<String> warnings) {
        Set<String> untested =
                tasks.stream().filter(task -> !task.isTested()).map(Task::name).collect(ImmutableSet.toImmutableSet());
        if (untested.size() == tasks.size()) {
            throw new InputException(
                    "%s has no test examples to evaluate on: set some aside (data.test_share above 0), or ask sluice predict for answers"
                            .formatted(script.name()));
        }
        if (!untested.isEmpty()) {
            warnings.add("%s %s no test examples and %s left out"
                    .formatted(names(untested), untested.size() == 1 ? "has" : "have", isOrAre(untested)));
        }
        return tasks.stream().filter(Task::isTested).toList();
    }

    private static String isOrAre(Set<String> names) {
        return names.size() == 1 ? "is" : "are";
    }

    private static String names(Set<String> names) {
        return String.join(", ", names.stream().map(Printable::of).toList());
    }

    private static RegressionMatrix errors(AskedModel model, Path run, List<Task> tasks) {
        RegressionMatrix.Builder errors = RegressionMatrix.builder(
                model.strategy(), model.seed(), tasks.stream().map(Task::name).toList());
        for (int t = 0; t < tasks.size(); t++) {
            Task task = tasks.get(t);
            double[] predicted = predictor(model, run, task).answers(task.test()).stream()
                    .mapToDouble(answer -> Double.parseDouble(answer.predicted()))
                    .toArray();
            errors.set(tasks.size(), t + 1, RegressionCell.of(task.test().targets(), predicted));
        }
        return errors.build();
    }

    /** One that answers with what the task asks for. What predictors hold is the model's, which is asked again. */
    private static Predictor predictor(AskedModel model, Path run, Task task) {
        Predictor predictor = model.asking().apply(task.name());
        if (predictor.predictsNumbers() == task.isRegression()) {
            return predictor;
        }
        throw new InputException((task.isRegression()
                        ? "task %s: %s tells classes apart, and the task has numbers to predict: leave out data.target"
                        : "task %s: %s predicts numbers, and the task has classes to tell apart: name the numbers' column by data.target")
                .formatted(Printable.of(task.name()), run));
    }

    private static TestAnswers asked(AskedModel model, Path run, Task task, TaskSequence sequence) {
        TestAnswers answers = TestAnswers.of(task);
        Predictor predictor = predictor(model, run, task);
        Map<String, Integer> labels = labels(predictor, task, sequence);
        Set<String> own = ImmutableSet.copyOf(
                predictor.answersPositions()
                        ? positions(task)
                        : task.classes().stream().map(sequence::className).toList());
        Set<String> unknown = Sets.difference(own, ImmutableSet.copyOf(predictor.classes()));
        if (!unknown.isEmpty()) {
            throw new InputException("task %s: %s does not know its class %s: it tells %s apart"
                    .formatted(
                            Printable.of(task.name()),
                            run,
                            names(unknown),
                            names(ImmutableSet.copyOf(predictor.classes()))));
        }
        List<Predictor.Answer> given = predictor.answers(task.test());
        for (int i = 0; i < given.size(); i++) {
            answers.answers()[i] = labels.getOrDefault(given.get(i).predicted(), TestAnswers.UNKNOWN);
        }
        return predictor.hasProbabilities() ? answers.with(outputs(predictor.classes(), labels, given)) : answers;
    }

    /** Classes that the data do not have get labels that no example has. */
    private static TestAnswers.Outputs outputs(
            List<String> classes, Map<String, Integer> labels, List<Predictor.Answer> given) {
        List<Integer> known = new ArrayList<>();
        classes.forEach(name -> known.add(labels.getOrDefault(name, TestAnswers.UNKNOWN - 1 - known.size())));
        TestAnswers.Outputs outputs = TestAnswers.Outputs.of(known, given.size());
        for (int i = 0; i < given.size(); i++) {
            for (int c = 0; c < known.size(); c++) {
                outputs.probabilities()[i * known.size() + c] =
                        (float) given.get(i).probabilities().get(c);
            }
        }
        return outputs;
    }

    private static List<String> positions(Task task) {
        List<String> positions = new ArrayList<>();
        for (int position = 0; position < task.classes().size(); position++) {
            positions.add(Integer.toString(position));
        }
        return positions;
    }

    /** Original labels of the data by what is answered. */
    private static Map<String, Integer> labels(Predictor predictor, Task task, TaskSequence sequence) {
        Map<String, Integer> labels = new HashMap<>();
        if (predictor.answersPositions()) {
            for (int position = 0; position < task.classes().size(); position++) {
                labels.put(Integer.toString(position), task.classes().get(position));
            }
        } else {
            sequence.tasks()
                    .forEach(each -> each.classes().forEach(label -> labels.put(sequence.className(label), label)));
        }
        return labels;
    }

    private static int right(TestAnswers answers) {
        int right = 0;
        for (int i = 0; i < answers.answers().length; i++) {
            right += answers.answers()[i] == answers.actual(i) ? 1 : 0;
        }
        return right;
    }

    private static ImmutableMap<String, Object> record(
            Path run, Path file, TaskSequenceScript script, TaskSequence sequence, List<String> warnings) {
        Map<String, Object> asked = new LinkedHashMap<>(script.settings());
        asked.keySet().retainAll(EarlierRun.TASKS);
        return ImmutableMap.<String, Object>builder()
                .put("model", run.toString())
                .put("model_sha256", FileChecksum.of(file))
                .put("script", asked)
                .put("data_checksums", sequence.checksums())
                .put("data_notes", sequence.notes())
                .put("warnings", ImmutableList.copyOf(warnings))
                .put("versions", RunRecords.versionsAndBuild())
                .buildOrThrow();
    }
}
