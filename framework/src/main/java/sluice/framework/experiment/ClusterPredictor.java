package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.Ints;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.tasks.Examples;
import sluice.tasks.csv.TableEncoding;
import sluice.tasks.csv.TableReading;
import sluice.tasks.csv.TaskClusters;

/**
 * A model whose tasks are clusters of rows: each row is asked of the task whose centre is nearest, so that nobody need tell it. Mutable: it
 * answers the rows that it read last.
 */
final class ClusterPredictor implements Predictor {
    private final ImmutableList<Predictor> ofTasks;
    private final TableEncoding encoding;
    private final ImmutableList<String> classes;
    private int[] tasks = new int[0];

    /**
     * @param ofTasks what answers for each of the clusters, in their order; the first closes what they share
     * @param encoding of one of the tasks, which has the clusters
     */
    ClusterPredictor(ImmutableList<Predictor> ofTasks, TableEncoding encoding) {
        this.ofTasks = ofTasks;
        this.encoding = encoding;
        this.classes = ofTasks.stream()
                .flatMap(predictor -> predictor.classes().stream())
                .collect(ImmutableSet.toImmutableSet())
                .asList();
    }

    /** Whether tasks are clusters, all of them and no others. */
    static boolean isOf(List<String> tasks, List<Optional<TableEncoding>> encodings) {
        return !encodings.isEmpty()
                && encodings.stream()
                        .allMatch(encoding -> encoding.stream()
                                .anyMatch(table -> ImmutableSet.copyOf(
                                                table.clusters().tasks())
                                        .equals(ImmutableSet.copyOf(tasks))));
    }

    /** Every row as the inputs of its own task. */
    @Override
    public GivenExamples read(Path input, Optional<String> label) {
        List<GivenExamples> given =
                ofTasks.stream().map(predictor -> predictor.read(input, label)).toList();
        TaskClusters clusters = encoding.clusters();
        List<String> names = clusters.tasksOf(
                TableReading.read(clusters.encoding(encoding), input).examples());
        tasks = names.stream().mapToInt(clusters.tasks()::indexOf).toArray();
        float[][] rows = new float[tasks.length][];
        Arrays.setAll(rows, row -> given.get(tasks[row]).examples().row(row));
        return given.get(0).with(Examples.of(rows, new int[rows.length]));
    }

    @Override
    public ImmutableList<String> classes() {
        return classes;
    }

    @Override
    public boolean hasProbabilities() {
        return ofTasks.stream().allMatch(Predictor::hasProbabilities);
    }

    @Override
    public ImmutableList<String> remarks() {
        String found = IntStream.range(0, ofTasks.size())
                .mapToObj(task -> "%,d of %s"
                        .formatted(
                                IntStream.of(tasks).filter(of -> of == task).count(),
                                encoding.clusters().tasks().get(task)))
                .collect(Collectors.joining(", "));
        return ImmutableList.<String>builder()
                .addAll(ofTasks.get(0).remarks())
                .add("each row is of the task whose centre is nearest: " + found)
                .build();
    }

    @Override
    public ImmutableList<Answer> answers(Examples rows) {
        Answer[] answers = new Answer[rows.size()];
        for (int task = 0; task < ofTasks.size(); task++) {
            int own = task;
            int[] places = IntStream.range(0, tasks.length)
                    .filter(row -> tasks[row] == own)
                    .toArray();
            if (places.length > 0) {
                Predictor predictor = ofTasks.get(task);
                List<Answer> given = predictor.answers(rows.select(places, label -> label));
                Ints.asList(places)
                        .forEach(place -> answers[place] =
                                among(given.get(Arrays.binarySearch(places, place)), predictor.classes()));
            }
        }
        return ImmutableList.copyOf(answers);
    }

    /** The answer with a probability for each class of any task. */
    private Answer among(Answer answer, List<String> own) {
        double[] probabilities = classes.stream()
                .mapToDouble(name -> own.contains(name) ? answer.probabilities().get(own.indexOf(name)) : 0)
                .toArray();
        return new Answer(
                answer.predicted(),
                answer.probability(),
                ImmutableDoubleArray.copyOf(probabilities),
                answer.multiplyAdds());
    }

    @Override
    public void close() {
        ofTasks.get(0).close();
    }
}
