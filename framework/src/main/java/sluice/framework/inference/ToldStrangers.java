package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RocArea;
import sluice.tasks.Examples;
import sluice.tasks.LeftOut;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.Section;
import sluice.tasks.strangers.Strangers;

/**
 * How well the typicality by which a model says {@code unknown} tells test examples of its tasks from strangers.
 *
 * @param areas under the ROC curve, by kind
 * @param explanation what strangers there were, a line each
 */
public record ToldStrangers(ImmutableMap<Strangers, MetricValue> areas, ImmutableList<String> explanation) {
    /** Nobody asked. */
    public static final ToldStrangers NONE = new ToldStrangers(ImmutableMap.of(), ImmutableList.of());

    /** Of a kind, at the most. */
    private static final int MOST = 10_000;

    private static final int CHUNK = 1000;

    /**
     * @param model that is asked
     * @param sequence tasks that it learned
     * @param kinds of strangers
     * @param known typicality of test examples of those tasks
     */
    static ToldStrangers of(InferredModel model, TaskSequence sequence, ImmutableSet<Strangers> kinds, float[] known) {
        ImmutableMap.Builder<Strangers, MetricValue> areas = ImmutableMap.builder();
        ImmutableList.Builder<String> explanation = ImmutableList.builder();
        for (Strangers kind : kinds) {
            Examples strangers = kind.of(sequence, MOST, model.network().seed());
            areas.put(kind, RocArea.of(known, typicality(model, strangers)));
            explanation.add(String.format(
                    Locale.ROOT,
                    "strangers (%s): %s%s; %,d of them against %,d test examples of learned tasks",
                    Section.word(kind),
                    kind.description(),
                    kind == Strangers.LEFT_OUT ? classes(sequence) : "",
                    strangers.size(),
                    known.length));
        }
        return new ToldStrangers(areas.buildOrThrow(), explanation.build());
    }

    private static String classes(TaskSequence sequence) {
        return sequence.leftOut().stream()
                .map(LeftOut::classes)
                .map(classes -> classes.stream().map(sequence::className).collect(Collectors.joining(", ", " (", ")")))
                .collect(Collectors.joining());
    }

    private static float[] typicality(InferredModel model, Examples examples) {
        float[] all = new float[examples.size()];
        for (int start = 0; start < all.length; start += CHUNK) {
            int[] rows =
                    IntStream.range(start, Math.min(all.length, start + CHUNK)).toArray();
            double[] typicality =
                    model.find(examples.select(rows, label -> label)).typicality();
            for (int r = 0; r < rows.length; r++) {
                all[rows[r]] = (float) typicality[r];
            }
        }
        return all;
    }

    /** By metric. */
    ImmutableMap<String, MetricValue> metrics() {
        return areas.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(
                        entry -> metric(entry.getKey()).key(), entry -> entry.getValue()));
    }

    private static MeasuredMetric metric(Strangers kind) {
        return switch (kind) {
            case PERMUTATION -> MeasuredMetric.AUROC_PERMUTATION;
            case NOISE -> MeasuredMetric.AUROC_NOISE;
            case DIGITS -> MeasuredMetric.AUROC_DIGITS;
            case LEFT_OUT -> MeasuredMetric.AUROC_LEFT_OUT;
        };
    }

    /** A line for the terminal; none where nobody asked. */
    ImmutableList<String> lines() {
        if (areas.isEmpty()) {
            return ImmutableList.of();
        }
        return ImmutableList.of(areas.entrySet().stream()
                .map(entry -> "%s %s"
                        .formatted(
                                Section.word(entry.getKey()), entry.getValue().text()))
                .collect(Collectors.joining(", ", "strangers         AUROC of ", "")));
    }
}
