package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
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
                && tasks.stream().allMatch(task -> task != null && task.complete())
                && tasks.stream().map(Task::name).distinct().count() == tasks.size()
                && answering != null
                && entries != null
                && entries.stream().allMatch(entry -> entry != null && entry.complete())
                && provenance != null
                && provenance.values().stream().allMatch(Objects::nonNull)
                && parametersSha256 != null;
    }

    ImmutableList<PlainModel.KnownTask> known() {
        return tasks.stream()
                .map(task -> new PlainModel.KnownTask(task.name(), ImmutableList.copyOf(task.classes())))
                .collect(ImmutableList.toImmutableList());
    }

    /** Of all arrays. */
    long bytes() {
        return entries.stream().mapToLong(Entry::length).sum();
    }
}
