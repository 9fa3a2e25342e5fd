package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.util.Optional;
import sluice.evaluation.ContinualEvaluation.Point;

/** A continual evaluation by the task that was asked for and the task that was being learned; tasks from 1. */
final class ContinualCurves {
    private final int tasks;
    private final ImmutableListMultimap<Pair, Point> points;

    private record Pair(int task, int learning) {}

    ContinualCurves(ContinualEvaluation evaluation) {
        this.tasks = evaluation.tasks().size();
        this.points = Multimaps.index(evaluation.points(), point -> new Pair(point.task(), point.learning()));
    }

    int tasks() {
        return tasks;
    }

    /** The accuracies on a task while another, or itself, was learned, in order; empty where none was measured. */
    ImmutableList<Double> accuracies(int task, int learning) {
        return points.get(new Pair(task, learning)).stream()
                .map(Point::accuracy)
                .collect(ImmutableList.toImmutableList());
    }

    /** Why there is nothing of a task while another, or itself, was learned; empty if there is. */
    Optional<MetricValue> gap(int task, int learning) {
        if (points.containsKey(new Pair(task, learning))) {
            return Optional.empty();
        }
        return Optional.of(MetricValue.undefined(
                points.isEmpty()
                        ? "no task was evaluated between the steps of another: report.continual asks for it, of what learns tasks step by step, one after another"
                        : "task " + task + " was not evaluated while task " + learning + " was learned"));
    }

    /** The accuracy on a task after so many steps of its own; undefined if it was not measured. */
    MetricValue ownAccuracy(int task, long step) {
        return points.get(new Pair(task, task)).stream()
                .filter(point -> point.step() == step)
                .findFirst()
                .map(point -> MetricValue.of(point.accuracy()))
                .orElseGet(() -> gap(task, task)
                        .orElseGet(() -> MetricValue.undefined(
                                "task " + task + " was not evaluated after step " + step + " of its own")));
    }
}
