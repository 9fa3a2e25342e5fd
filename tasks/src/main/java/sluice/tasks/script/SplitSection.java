package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.tasks.ClassSplit;

/** Reads the section {@code split}. */
final class SplitSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("classes_per_task", "groups");
    private static final Range<Integer> LABELS = Range.closed(0, Integer.MAX_VALUE);
    private static final Range<Integer> COUNTS = Range.closed(1, Integer.MAX_VALUE);

    private SplitSection() {}

    static SplitSettings read(Section split) {
        return split.value("groups")
                .map(groups -> grouped(split, groups))
                .orElseGet(() -> new SplitSettings.ClassesPerTask(split.integer("classes_per_task", COUNTS, 2)));
    }

    private static SplitSettings grouped(Section split, Value groups) {
        split.refuse(
                "classes_per_task",
                "cannot stand beside groups: remove one of the two (--set split={groups: ...} replaces both)");
        return new SplitSettings.Groups(ClassSplit.of(groups(groups)));
    }

    private static List<List<Integer>> groups(Value groups) {
        Map<Integer, Integer> taskOf = new HashMap<>();
        ImmutableList.Builder<List<Integer>> found = ImmutableList.builder();
        int task = 0;
        for (Value group : groups.items("a list of groups of classes like [[0, 1], [2, 3]]")) {
            task++;
            ImmutableList.Builder<Integer> labels = ImmutableList.builder();
            for (Value item : group.items("a list of at least one class")) {
                int label = item.integer(LABELS);
                Integer earlier = taskOf.put(label, task);
                if (earlier != null) {
                    throw item.error("class %d is in task %d and in task %d: a class belongs to one task"
                            .formatted(label, earlier, task));
                }
                labels.add(label);
            }
            found.add(labels.build());
        }
        return found.build();
    }
}
