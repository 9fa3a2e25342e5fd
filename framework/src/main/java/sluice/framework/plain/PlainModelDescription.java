package sluice.framework.plain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sluice.framework.network.ShapeDescription;

/** What a model file says of a plain network. */
record PlainModelDescription(
        String kind,
        int format,
        String strategy,
        String scenario,
        long seed,
        ShapeDescription shape,
        float shift,
        float scale,
        List<Task> tasks,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Task> untaught,
        String answering,
        List<Entry> entries,
        Map<String, String> provenance,
        String parametersSha256) {
    record Task(String name, List<Integer> classes) {
        boolean complete() {
            return name != null
                    && classes != null
                    && !classes.isEmpty()
                    && classes.stream().allMatch(Objects::nonNull);
        }
    }

    /** An array, and the bytes that it takes. */
    record Entry(String name, int length) {
        boolean complete() {
            return name != null && length >= 0;
        }
    }

    boolean complete() {
        return strategy != null
                && scenario != null
                && shape != null
                && shape.complete()
                && tasks != null
                && !tasks.isEmpty()
                && all().stream().allMatch(task -> task != null && task.complete())
                && all().stream().map(Task::name).distinct().count() == all().size()
                && answering != null
                && entries != null
                && entries.stream().allMatch(entry -> entry != null && entry.complete())
                && provenance != null
                && provenance.values().stream().allMatch(Objects::nonNull)
                && parametersSha256 != null;
    }

    /** Those that were taught, and those after them. */
    private List<Task> all() {
        return Streams.concat(tasks.stream(), notTaught().stream()).toList();
    }

    private List<Task> notTaught() {
        return Objects.requireNonNullElse(untaught, List.of());
    }

    ImmutableList<PlainModel.KnownTask> known() {
        return known(tasks);
    }

    ImmutableList<PlainModel.KnownTask> unknown() {
        return known(notTaught());
    }

    private static ImmutableList<PlainModel.KnownTask> known(List<Task> described) {
        return described.stream()
                .map(task -> new PlainModel.KnownTask(task.name(), ImmutableList.copyOf(task.classes())))
                .collect(ImmutableList.toImmutableList());
    }

    /** Of all arrays. */
    long bytes() {
        return entries.stream().mapToLong(Entry::length).sum();
    }
}
