package sluice.framework.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import sluice.evaluation.matrix.MatrixOptions;
import sluice.evaluation.report.Report;
import sluice.evaluation.report.ReportData;
import sluice.framework.internal.timing.CostCurve;

/** How reports grow with tasks and with runs: seconds that a page takes, and its size. The accuracies are random. */
public final class ReportGrowth {
    private static final int[] TASKS = {5, 20, 100, 500};
    private static final int[] RUNS = {1, 4, 16, 64};
    private static final int TASKS_OF_RUNS = 10;
    private static final double KILO = 1000;

    private ReportGrowth() {}

    private record Page(double seconds, double kilobytes) {}

    /** {@return curves of seconds and of kilobytes, each against tasks of one run and against runs of ten tasks} */
    public static ImmutableList<CostCurve> measure() {
        try {
            Path folder = Files.createTempDirectory("sluice-growth");
            try {
                ImmutableList.Builder<CostCurve> curves = ImmutableList.builder();
                curves.addAll(curves(folder, "tasks of a run", TASKS, false));
                curves.addAll(curves(folder, "runs of ten tasks", RUNS, true));
                return curves.build();
            } finally {
                MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImmutableList<CostCurve> curves(Path folder, String against, int[] counts, boolean ofRuns)
            throws IOException {
        ImmutableList.Builder<CostCurve.Point> seconds = ImmutableList.builder();
        ImmutableList.Builder<CostCurve.Point> kilobytes = ImmutableList.builder();
        // the first is not measured: classes are loaded
        page(folder, 1, counts[0]);
        for (int count : counts) {
            Page page = ofRuns ? page(folder, count, TASKS_OF_RUNS) : page(folder, 1, count);
            seconds.add(new CostCurve.Point(count, page.seconds()));
            kilobytes.add(new CostCurve.Point(count, page.kilobytes()));
        }
        return ImmutableList.of(
                new CostCurve("report", "s", against, seconds.build()),
                new CostCurve("report's page", "kB", against, kilobytes.build()));
    }

    private static Page page(Path folder, int runs, int tasks) throws IOException {
        ReportData data = null;
        for (int run = 0; run < runs; run++) {
            ReportData one = ReportData.ofMatrix(matrix(folder, run, tasks), MatrixOptions.DEFAULT)
                    .data();
            data = data == null ? one : data.and(one);
        }
        long begun = System.nanoTime();
        int bytes = Report.of(data).html().getBytes(StandardCharsets.UTF_8).length;
        return new Page((System.nanoTime() - begun) * 1e-9, bytes / KILO);
    }

    private static Path matrix(Path folder, int run, int tasks) throws IOException {
        SplittableRandom random = new SplittableRandom(run);
        StringBuilder csv = new StringBuilder("after_task,task,accuracy\n");
        for (int after = 1; after <= tasks; after++) {
            for (int task = 1; task <= tasks; task++) {
                csv.append(after)
                        .append(",t")
                        .append(task)
                        .append(',')
                        .append(random.nextInt(10_000) / 1e4)
                        .append('\n');
            }
        }
        return Files.writeString(folder.resolve("run-" + run + ".csv"), csv);
    }
}
