package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.tasks.ClassSplit;
import sluice.tasks.Scenario;

/** Reads the section {@code split}. */
final class SplitSection {
    static final ImmutableList<String> KEYS =
            ImmutableList.of("classes_per_task", "class_order", "groups", "permuted", "rotated", LeavingOut.KEY);
    private static final ImmutableList<String> ALONE = ImmutableList.of("groups", "permuted", "rotated");
    private static final Range<Integer> LABELS = Range.closed(0, Integer.MAX_VALUE);
    private static final Range<Integer> COUNTS = Range.closed(1, Integer.MAX_VALUE);
    private static final Range<Integer> STREAM_TASKS = Range.closed(1, 10_000);
    private static final Range<Double> DEGREES = Range.closed(-360.0, 360.0);

    private SplitSection() {}

    static SplitSettings read(Section split, Scenario scenario) {
        SplitSettings others = others(split, scenario);
        return split.value(LeavingOut.KEY)
                .<SplitSettings>map(leftOut -> LeavingOut.read(leftOut, others))
                .orElse(others);
    }

    private static SplitSettings others(Section split, Scenario scenario) {
        return ALONE.stream()
                .filter(key -> split.value(key).isPresent())
                .findFirst()
                .map(key -> alone(split, key))
                .orElseGet(() -> dealt(split, scenario));
    }

    private static SplitSettings dealt(Section split, Scenario scenario) {
        SplitSettings.ClassOrder order = split.choice("class_order", SplitSettings.ClassOrder.GIVEN);
        int count = split.integer("classes_per_task", COUNTS, 2);
        return count == 2 ? new SplitSettings.InTwos(order, scenario) : new SplitSettings.ClassesPerTask(count, order);
    }

    private static SplitSettings alone(Section split, String key) {
        for (String other : KEYS) {
            if (!other.equals(key) && !other.equals(LeavingOut.KEY)) {
                split.refuseBeside(
                        key,
                        other,
                        "cannot stand beside %s: remove one of the two (--set split={%s: ...} replaces both)"
                                .formatted(key, key));
            }
        }
        Value value = split.value(key).orElseThrow();
        return switch (key) {
            case "groups" -> new SplitSettings.Groups(ClassSplit.of(groups(value)));
            case "permuted" -> new SplitSettings.Permuted(value.integer(STREAM_TASKS));
            default -> new SplitSettings.Rotated(degrees(value));
        };
    }

    private static ImmutableList<Double> degrees(Value value) {
        Set<Double> degrees = new LinkedHashSet<>();
        for (Value item : value.items("a list of an angle in degrees per task like [0, 20, 40]")) {
            if (!degrees.add(item.real(DEGREES))) {
                throw item.error("angle %s is there already: remove one".formatted(item.real(DEGREES)));
            }
        }
        return ImmutableList.copyOf(degrees);
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
