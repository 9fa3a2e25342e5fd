package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/**
 * How tables became the inputs of a model that more tables are for: columns have its categories, and what it knows its scales.
 *
 * @param byTask encodings of the tasks that it has learned, in that order
 * @param one whether the first is that of every task, whatever its name
 */
public record KnownEncodings(ImmutableMap<String, TableEncoding> byTask, boolean one) {
    /** Of no model. */
    public static final KnownEncodings NONE = new KnownEncodings(ImmutableMap.of());

    /**
     * Each task has its own.
     *
     * @param byTask encodings of the tasks that the model has learned, in that order
     */
    public KnownEncodings(ImmutableMap<String, TableEncoding> byTask) {
        this(byTask, false);
    }

    /**
     * {@return that of a model that is not told tasks}
     *
     * @param encoding of all examples
     */
    public static KnownEncodings one(TableEncoding encoding) {
        return new KnownEncodings(ImmutableMap.of(TableEncoding.KEY, encoding), true);
    }

    /** That of the first task. */
    Optional<TableEncoding> first() {
        return byTask.values().stream().findFirst();
    }

    /**
     * The clusters that are the model's tasks; none where it has others.
     *
     * @param count how many are asked for
     * @throws InputException if the model has another number
     */
    TaskClusters clusters(int count) {
        TaskClusters known = byTask.values().stream()
                .map(TableEncoding::clusters)
                .filter(clusters -> !clusters.isNone())
                .findFirst()
                .orElse(TaskClusters.NONE);
        int has = known.tasks().size();
        if (!known.isNone() && has != count) {
            throw new InputException(
                    "data.clusters: %d are asked for, and the model's tasks are %d clusters, which rows are divided into: write clusters: %d"
                            .formatted(count, has, has));
        }
        return known;
    }

    /** The scales of a task that the model has learned. */
    Optional<ColumnScale[]> scales(String task) {
        return one ? firstScales() : Optional.ofNullable(byTask.get(task)).map(KnownEncodings::scales);
    }

    private Optional<ColumnScale[]> firstScales() {
        return first().map(KnownEncodings::scales);
    }

    /**
     * The scales of the first task, for new ones.
     *
     * @param fill what takes the place of a missing value in those
     * @throws InputException if that is the mean, and the first task filled nothing
     */
    Optional<ColumnScale[]> firstScales(Missing.Fill fill) {
        if (fill instanceof Missing.Fill.Mean
                && first().isPresent()
                && !first().get().fills()) {
            throw new InputException(
                    "missing.fill: mean is that of the model's first run, which filled nothing: write a number as fill, or standardise: per-task");
        }
        return firstScales()
                .map(scales -> fill instanceof Missing.Fill.Constant constant
                        ? Stream.of(scales)
                                .map(scale ->
                                        new ColumnScale((float) constant.number(), scale.mean(), scale.deviation()))
                                .toArray(ColumnScale[]::new)
                        : scales);
    }

    /** What of the scaling of new tasks will surprise, if anything. */
    Optional<String> note(Standardise standardise) {
        boolean scaled = first().stream()
                .flatMap(encoding -> encoding.columns().stream())
                .anyMatch(column -> column instanceof TableEncoding.Column.Scaled number
                        && (number.mean() != 0 || number.deviation() != 1));
        boolean numbers = first().stream()
                .flatMap(encoding -> encoding.columns().stream())
                .anyMatch(TableEncoding.Column.Scaled.class::isInstance);
        if (numbers && standardise == Standardise.FIRST_TASK && !scaled) {
            return Optional.of("standardise: first-task scales as the model's first run did, which scaled nothing");
        }
        return standardise == Standardise.NONE && scaled
                ? Optional.of("standardise: none leaves values as they are, and the model's first run scaled them")
                : Optional.empty();
    }

    private static ColumnScale[] scales(TableEncoding encoding) {
        ImmutableList.Builder<ColumnScale> scales = ImmutableList.builder();
        for (TableEncoding.Column column : encoding.columns()) {
            if (column instanceof TableEncoding.Column.OneHot category) {
                category.categories().forEach(each -> scales.add(ColumnScale.NONE));
            } else {
                TableEncoding.Column.Scaled number = (TableEncoding.Column.Scaled) column;
                scales.add(new ColumnScale(number.fill(), number.mean(), number.deviation()));
            }
        }
        return scales.build().toArray(new ColumnScale[0]);
    }

    /**
     * Makes sure that tables have the model's columns.
     *
     * @throws InputException if not
     */
    void check(List<FeatureColumn> columns) {
        for (TableEncoding encoding : byTask.values()) {
            List<String> wanted =
                    encoding.columns().stream().map(KnownEncodings::words).toList();
            List<String> found = columns.stream().map(KnownEncodings::words).toList();
            if (!wanted.equals(found)) {
                throw new InputException(
                        "the tables' features are %s, and those that the model learned from %s: give it the same columns, in that order"
                                .formatted(String.join(", ", found), String.join(", ", wanted)));
            }
        }
    }

    private static String words(TableEncoding.Column column) {
        return column.name() + (column instanceof TableEncoding.Column.OneHot ? " (categories)" : "");
    }

    private static String words(FeatureColumn column) {
        return column.name() + (column instanceof CategoricalColumn ? " (categories)" : "");
    }
}
