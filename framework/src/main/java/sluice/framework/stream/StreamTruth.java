package sluice.framework.stream;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.framework.inference.StreamBorder;

/** What a learner noticed of a stream, beside what the stream was. The learner knows nothing of it. Mutable. */
final class StreamTruth {
    private final StreamOrder order;
    private final int batchSize;
    private final List<Noticed> noticed = new ArrayList<>();
    /** By task that was found, how many examples of each task were answered while it was learned. */
    private final List<int[]> learned = new ArrayList<>();

    private long asked;
    private long right;

    /** What was noticed, in which mini-batch, from 0. */
    private record Noticed(int batch, StreamBorder border) {}

    StreamTruth(StreamOrder order, int batchSize) {
        this.order = order;
        this.batchSize = batchSize;
    }

    /** After a part of a mini-batch. */
    void learned(int from, int to, int[] labels, StreamStep step) {
        step.border().ifPresent(border -> {
            if (border.isNew()) {
                learned.add(new int[order.sequence().tasks().size()]);
            }
            if (from > 0) {
                noticed.add(new Noticed((to - 1) / batchSize, border));
            }
        });
        for (int i = from; i < to; i++) {
            asked++;
            right += step.answers()[i - from] == labels[i - from] ? 1 : 0;
            if (step.learned() > 0) {
                learned.get(learned.size() - 1)[order.tasks()[i]]++;
            }
        }
    }

    /** The task that a task that was found is for the most part. */
    int task(int found) {
        int[] counts = learned.get(found);
        return IntStream.range(0, counts.length)
                .reduce((a, b) -> counts[b] > counts[a] ? b : a)
                .orElseThrow();
    }

    private record Borders(int found, int falseOnes, int recognised, List<Integer> delays) {}

    /** A border is found by what is noticed first from its first example on to that of the next. */
    private Borders borders() {
        boolean[] used = new boolean[noticed.size()];
        int found = 0;
        int recognised = 0;
        List<Integer> delays = new ArrayList<>();
        for (int p = 1; p < order.parts().size(); p++) {
            StreamOrder.Part part = order.parts().get(p);
            int begins = part.first() / batchSize;
            int ends = p + 1 < order.parts().size() ? order.parts().get(p + 1).first() / batchSize : Integer.MAX_VALUE;
            for (int n = 0; n < used.length; n++) {
                Noticed what = noticed.get(n);
                boolean same = part.comesBack()
                        ? !what.border().isNew() && task(what.border().task()) == part.task()
                        : what.border().isNew() && task(what.border().task()) == part.task();
                if (!used[n] && what.batch() >= begins && what.batch() <= ends && same) {
                    used[n] = true;
                    found++;
                    recognised += part.comesBack() ? 1 : 0;
                    delays.add(what.batch() - begins);
                    break;
                }
            }
        }
        int falseOnes =
                (int) IntStream.range(0, used.length).filter(n -> !used[n]).count();
        return new Borders(found, falseOnes, recognised, delays);
    }

    private int comingBack() {
        return (int) order.parts().stream().filter(StreamOrder.Part::comesBack).count();
    }

    ImmutableMap<String, MetricValue> metrics() {
        Borders borders = borders();
        int all = order.parts().size() - 1;
        ImmutableMap.Builder<String, MetricValue> metrics = ImmutableMap.builder();
        metrics.put(
                MeasuredMetric.PREQUENTIAL_ACCURACY.key(),
                asked == 0 ? MetricValue.undefined("no example came") : MetricValue.of((double) right / asked));
        metrics.put(MeasuredMetric.BORDERS_FOUND.key(), MetricValue.of((double) borders.found() / all));
        metrics.put(MeasuredMetric.BORDERS_FALSE.key(), MetricValue.of(borders.falseOnes()));
        metrics.put(
                MeasuredMetric.BORDER_DELAY.key(),
                borders.delays().isEmpty()
                        ? MetricValue.undefined("no border was found")
                        : MetricValue.of(borders.delays().stream()
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElseThrow()));
        metrics.put(
                MeasuredMetric.TASKS_RECOGNISED.key(),
                comingBack() == 0
                        ? MetricValue.undefined("no task comes back")
                        : MetricValue.of((double) borders.recognised() / comingBack()));
        return metrics.buildOrThrow();
    }

    /** A line for who reads a run's end. */
    String line() {
        Borders borders = borders();
        return String.format(
                Locale.ROOT,
                "borders           %d of %d noticed, within %d mini-batches each, %d where there was none; %d of %d tasks recognised that came back; prequential accuracy %.4f",
                borders.found(),
                order.parts().size() - 1,
                borders.delays().stream().mapToInt(Integer::intValue).max().orElse(0),
                borders.falseOnes(),
                borders.recognised(),
                comingBack(),
                asked == 0 ? 0 : (double) right / asked);
    }
}
