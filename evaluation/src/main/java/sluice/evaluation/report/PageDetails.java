package sluice.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multimap;
import com.google.common.collect.Multimaps;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.evaluation.ClassificationReport;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.HardExample;
import sluice.evaluation.run.LearningPoint;
import sluice.evaluation.run.TaskOverlap;
import sluice.evaluation.run.TaskRecord;
import sluice.evaluation.run.TuningTrial;

/** A run's details as JSON, tasks by index from 0, in few characters. */
record PageDetails(ImmutableList<String> tasks, RunDetails details) {
    private static final MathContext SHOWN = new MathContext(5);

    void addTo(ObjectNode node) {
        curves(node);
        continual(node);
        confusion(node);
        hardest(node);
        gates(node);
        new PagePerExample(details.perExample()).addTo(node);
        provenance(node);
    }

    /** Per task: task, steps, losses, accuracies, epochs. */
    private void curves(ObjectNode node) {
        if (details.curves().isEmpty()) {
            return;
        }
        ArrayNode curves = node.putArray("curves");
        Multimap<String, LearningPoint> byTask = Multimaps.index(details.curves(), LearningPoint::task);
        for (String task : byTask.keySet()) {
            Collection<LearningPoint> points = byTask.get(task);
            ArrayNode curve = curves.addArray().add(tasks.indexOf(task));
            ArrayNode steps = curve.addArray();
            ArrayNode losses = curve.addArray();
            ArrayNode accuracies = curve.addArray();
            ArrayNode epochs = curve.addArray();
            for (LearningPoint point : points) {
                steps.add(point.step());
                losses.add(shown(point.loss()));
                accuracies.add(shown(point.accuracy()));
                epochs.add(point.epoch());
            }
        }
    }

    /** Per task that was learned: task, steps, and per task, from the first on, its accuracies, null where there is none. */
    private void continual(ObjectNode node) {
        if (details.continual().isEmpty()) {
            return;
        }
        ArrayNode continual = node.putArray("continual");
        Multimap<Integer, ContinualEvaluation.Point> byLearning =
                Multimaps.index(details.continual(), ContinualEvaluation.Point::learning);
        for (int learning : byLearning.keySet()) {
            ArrayNode during = continual.addArray().add(learning - 1);
            Multimap<Integer, ContinualEvaluation.Point> byTask =
                    Multimaps.index(byLearning.get(learning), ContinualEvaluation.Point::task);
            List<Long> moments = byLearning.get(learning).stream()
                    .map(ContinualEvaluation.Point::step)
                    .distinct()
                    .toList();
            ArrayNode steps = during.addArray();
            moments.forEach(steps::add);
            ArrayNode asked = during.addArray();
            for (int task = 1; task <= learning; task++) {
                Map<Long, Double> ofTask = new HashMap<>();
                byTask.get(task).forEach(point -> ofTask.put(point.step(), point.accuracy()));
                ArrayNode accuracies = asked.addArray();
                moments.forEach(step -> accuracies.add(shown(ofTask.getOrDefault(step, Double.NaN))));
            }
        }
    }

    static JsonNode shown(double value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return Double.isNaN(value) ? json.nullNode() : json.numberNode(new BigDecimal(value, SHOWN).doubleValue());
    }

    /**
     * Per task: task, classes, cells of actual, predicted (by index) and count, and of each class that has rows, which are the
     * first, and then their macro average: precision, null where it is never predicted, recall, F1 and rows.
     */
    private void confusion(ObjectNode node) {
        if (details.confusion().isEmpty()) {
            return;
        }
        ArrayNode matrices = node.putArray("confusion");
        Map<String, ClassificationReport> reports = ConfusionCount.reports(details.confusion());
        Multimap<String, ConfusionCount> byTask = Multimaps.index(details.confusion(), ConfusionCount::task);
        for (String task : byTask.keySet()) {
            Set<String> names = new LinkedHashSet<>();
            byTask.get(task).forEach(count -> names.add(count.actual()));
            byTask.get(task).forEach(count -> names.add(ConfusionCount.shown(count.predicted())));
            List<String> classes = new ArrayList<>(names);
            ArrayNode matrix = matrices.addArray().add(tasks.indexOf(task));
            ArrayNode columns = matrix.addArray();
            classes.forEach(columns::add);
            ArrayNode cells = matrix.addArray();
            for (ConfusionCount count : byTask.get(task)) {
                cells.addArray()
                        .add(classes.indexOf(count.actual()))
                        .add(classes.indexOf(ConfusionCount.shown(count.predicted())))
                        .add(count.count());
            }
            figures(reports.get(task), matrix.addArray());
        }
    }

    private static void figures(ClassificationReport report, ArrayNode figures) {
        for (ClassificationReport.OfClass each : report.classes()) {
            figures.addArray()
                    .add(fourDecimals(each.precision().orElse(Double.NaN)))
                    .add(fourDecimals(each.recall()))
                    .add(fourDecimals(each.f1()))
                    .add(each.support());
        }
        figures.addArray()
                .add(fourDecimals(report.macroPrecision()))
                .add(fourDecimals(report.balancedAccuracy()))
                .add(fourDecimals(report.macroF1()))
                .add(report.examples());
    }

    /** To as many digits as the page shows: classes are many. */
    private static JsonNode fourDecimals(double value) {
        return Double.isNaN(value) ? shown(value) : shown(Math.rint(value * 1e4) / 1e4);
    }

    private void hardest(ObjectNode node) {
        if (details.hardest().isEmpty()) {
            return;
        }
        ArrayNode examples = node.putArray("hardest");
        for (HardExample example : details.hardest()) {
            examples.addArray()
                    .add(tasks.indexOf(example.task()))
                    .add(example.rank())
                    .add(example.actual())
                    .add(ConfusionCount.shown(example.predicted()))
                    .add(shown(example.probability()))
                    .add(example.picture().width())
                    .add(example.picture().height())
                    .add(example.picture().channels())
                    .add(example.picture().pixels());
        }
    }

    private void gates(ObjectNode node) {
        if (!details.gates().isEmpty()) {
            ArrayNode gates = node.putArray("gates");
            for (GateLayer layer : details.gates()) {
                gates.addArray()
                        .add(tasks.indexOf(layer.task()))
                        .add(layer.layer())
                        .add(layer.units())
                        .add(layer.open())
                        .add(layer.probabilities());
            }
        }
        if (!details.overlaps().isEmpty()) {
            overlaps(node.putArray("overlaps"));
        }
    }

    /** Per task and layer: task, layer, earlier tasks, Jaccard indices. */
    private void overlaps(ArrayNode overlaps) {
        Map<String, Integer> places = new HashMap<>();
        tasks.forEach(task -> places.put(task, places.size()));
        Multimap<OverlapLine, TaskOverlap> lines =
                Multimaps.index(details.overlaps(), overlap -> new OverlapLine(overlap.task(), overlap.layer()));
        for (OverlapLine line : lines.keySet()) {
            ArrayNode node = overlaps.addArray().add(places.get(line.task())).add(line.layer());
            ArrayNode earlier = node.addArray();
            ArrayNode indices = node.addArray();
            for (TaskOverlap overlap : lines.get(line)) {
                earlier.add(places.get(overlap.earlier()));
                indices.add(shown(overlap.jaccard()));
            }
        }
    }

    private record OverlapLine(String task, String layer) {}

    /** run.json without what tasks took; of that, what became of the units, and seconds. */
    private void provenance(ObjectNode node) {
        details.provenance().ifPresent(file -> {
            node.set("record", file.withoutTasks());
            ArrayNode ledger = node.putArray("ledger");
            file.record().tasks().forEach(task -> ledger(task, ledger));
            passes(file.record().tasks(), node);
        });
        tuning(node);
    }

    /** The search's metric, and per settings that were tried: name, settings, whether chosen, and per seed the value, null where there is none. */
    private void tuning(ObjectNode node) {
        if (details.tuning().isEmpty()) {
            return;
        }
        ObjectNode tuning = node.putObject("tuning");
        tuning.put("metric", details.tuning().get(0).metric());
        ArrayNode candidates = tuning.putArray("candidates");
        Multimap<String, TuningTrial> byName = Multimaps.index(details.tuning(), TuningTrial::candidate);
        for (String name : byName.keySet()) {
            TuningTrial first = byName.get(name).iterator().next();
            ArrayNode candidate =
                    candidates.addArray().add(name).add(first.settings()).add(first.chosen());
            ArrayNode values = candidate.addArray();
            byName.get(name).forEach(trial -> values.add(shown(trial.value())));
        }
    }

    /**
     * Per task of which examples were held out: task, pass that was kept, those trained, most, right (null of numbers) and all held-out
     * examples, and how far numbers were off, in the deviations that targets are scaled by.
     */
    private void passes(List<TaskRecord> learned, ObjectNode node) {
        if (learned.stream().allMatch(task -> task.validation().isEmpty())) {
            return;
        }
        ArrayNode passes = node.putArray("passes");
        for (TaskRecord task : learned) {
            task.validation().ifPresent(chosen -> {
                ArrayNode pass = passes.addArray()
                        .add(tasks.indexOf(task.task()))
                        .add(chosen.pass())
                        .add(chosen.trained())
                        .add(chosen.most());
                if (chosen.correct().isPresent()) {
                    pass.add(chosen.correct().getAsInt()).add(chosen.examples());
                } else {
                    pass.addNull().add(chosen.examples()).add(shown(Math.sqrt(chosen.loss())));
                }
            });
        }
    }

    private void ledger(TaskRecord task, ArrayNode ledger) {
        for (TaskRecord.Layer layer : task.capacity()) {
            ledger.addArray()
                    .add(tasks.indexOf(task.task()))
                    .add(layer.layer())
                    .add(layer.units())
                    .add(layer.openUnits())
                    .add(layer.newUnits())
                    .add(layer.reusedUnits())
                    .add(layer.freeUnits())
                    .add(layer.undecidedGates());
        }
    }
}
